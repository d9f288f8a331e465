"""The proofs in full size, one JSON object a line: python -m tests.proofs [doubles|paging|following|swarm|loop|…]"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.product import Product, running
from tests.proofs import burst, doubles, following, fuzz_email, loop, paging, sending, swarm

Proof = Callable[[Path], dict[str, Any]]


def main(wanted: list[str]) -> None:
    for name in wanted or PROOFS:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps({"proof": name, **PROOFS[name](Path(folder) / "data")}), flush=True)


def _on_a_product(prove: Callable[[Product], dict[str, Any]]) -> Proof:
    def proven(data: Path) -> dict[str, Any]:
        with running(data, "empty") as product:
            return prove(product)

    return proven


PROOFS: dict[str, Proof] = {
    "doubles": lambda data: doubles.prove(data, 1000),
    "paging": _on_a_product(lambda product: paging.prove(product, 5000, 500)),
    "following": _on_a_product(lambda product: following.prove(product, 2000)),
    "swarm": _on_a_product(lambda product: swarm.prove(product, 500)),
    "loop": loop.prove,
    "sending": lambda data: sending.prove(),
    "burst": lambda data: burst.prove(200),
    "fuzz_email": lambda data: fuzz_email.prove(20_000),
}

main(sys.argv[1:])
