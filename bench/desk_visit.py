"""An agent's browser without a browser: signed in, through the same gateway as `make run`."""

from collections.abc import Callable

from chalicelib.domain.agent import Agent


def visitor(agent: Agent, address: str) -> Callable[[str], bytes]:
    """A function that gets a page of the desk.

    Raises:
        AssertionError: the desk answered other than 200.
    """
    import app
    from chalicelib.web import session
    from infra.local.gateway import Gateway, Request

    gateway = Gateway(app.app)
    cookie = session.begin("agent", session.Session(agent.id, agent.email))[0].partition(";")[0]
    host = address.partition("//")[2]

    def get(path: str) -> bytes:
        bare, _, query = path.partition("?")
        response = gateway.answer(Request("GET", bare, query, [("Host", host), ("Cookie", cookie)], b"", "127.0.0.1"))
        assert response.status == 200, (path, response.status)
        return response.body

    return get
