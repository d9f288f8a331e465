"""What the document calls an operation: named for its address, which is the contract; modules are our own affair."""

from chalicelib.api.routes import Route


def tag(route: Route) -> str:
    """What the operation is about, as `tickets`: its module where the address says so too, else the address itself."""
    module = route.operation.partition(".")[0]
    words = route.path.replace("-", "_").strip("/").split("/")
    if words[0] != "v1" or module in (*words, "meta"):
        return module
    below = f"{_one_of(words[1])}_{words[-1]}"
    return module if module == below else words[1]


def operation_id(route: Route) -> str:
    """`tickets_merge` of POST /v1/tickets/{id}/merge, whatever the function behind it is called."""
    about = tag(route)
    name = route.operation.partition(".")[2]
    return f"{about}_{name.removesuffix(f'_{_one_of(about)}')}"


def _one_of(things: str) -> str:
    return things[:-3] + "y" if things.endswith("ies") else things.removesuffix("s")
