"""How the desk answers: nobody sees a page here but a signed-in agent, in the language he chose."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chalice import Response

from chalicelib import ids, render
from chalicelib.domain.agent import Agent
from chalicelib.domain.event import Actor
from chalicelib.store import shop as shops
from chalicelib.store import staff, suspended
from chalicelib.store.staff import Staff
from chalicelib.web import answer, numbers, session
from chalicelib.web.visit import Visit

MOST_COUNTED = 99


@dataclass(frozen=True)
class Desk:
    """A visit by `agent`, with everybody who works here."""

    visit: Visit
    agent: Agent
    staff: Staff

    @property
    def lang(self) -> str:
        return self.visit.wished_language(self.agent.locale) if "locale" in self.visit.cookies else self.agent.locale

    @property
    def actor(self) -> Actor:
        """In whose name something is done here."""
        return Actor("agent", self.agent.id)

    @property
    def version(self) -> int | None:
        """The version that the form was made of; None when it names none."""
        return numbers.whole(self.visit.line("version"))


def for_agents(view: Callable[[Desk], Response]) -> Callable[[Visit], Response]:
    """Only a signed-in agent who still works here gets to `view`; others go to the sign-in page, and then back.

    A form must also be ours: what it changes is done in the agent's name.
    """

    def guarded(visit: Visit) -> Response:
        known = staff.read()
        agent = _signed_in(visit, known)
        if agent is None:
            back = visit.address if visit.method == "GET" else "/agent/tickets"
            return answer.redirect(visit, "/agent/sign-in", [answer.flash("next", back)])
        if visit.method == "POST":
            visit.refuse_forged()
        return view(Desk(visit, agent, known))

    guarded.__name__, guarded.__doc__ = view.__name__, view.__doc__
    return guarded


def _signed_in(visit: Visit, known: Staff) -> Agent | None:
    """Whose session it is, if he still works here and has the address he proved."""
    signed_in = session.read(visit.cookies, "agent")
    agent = known.agents.get(signed_in.person_id) if signed_in else None
    return agent if signed_in and agent and agent.active and agent.email == signed_in.address else None


def show(desk: Desk, template: str, *, status: int = 200, **context: Any) -> Response:
    """The page `templates/agent/<template>.html`."""
    frame = _frame(desk.visit, desk.lang) | {
        "viewer": desk.agent,
        "time_zone": shops.read().time_zone,
        "teams": list(desk.staff.teams.values()),
        "team": None,
        "area": "tickets",
        "suspended_count": _count(),
    }
    return answer.html(desk.visit, render.page(f"agent/{template}", desk.lang, **frame | context), status)


def _count() -> str:
    """How many mails are kept out of the tickets, as the navigation says it; an agent looks whether it is none."""
    found = suspended.count(MOST_COUNTED + 1)
    return f"{MOST_COUNTED}+" if found > MOST_COUNTED else str(found or "")


def show_outside(
    visit: Visit, template: str, *, status: int = 200, set_cookies: Iterable[str] = (), **context: Any
) -> Response:
    """A page for somebody who is not signed in."""
    lang = visit.wished_language("en")
    body = render.page(f"agent/{template}", lang, **_frame(visit, lang) | {"status": status} | context)
    return answer.html(visit, body, status, set_cookies)


def refuse(visit: Visit, status: int) -> Response:
    """The page that says what went wrong; it needs nothing from the table."""
    return show_outside(visit, "error", status=status, request_id=visit.request_id if status >= 500 else None)


def _frame(visit: Visit, lang: str) -> dict[str, Any]:
    return {
        "time_zone": "UTC",
        "theme": visit.theme,
        "csrf": visit.csrf,
        "once": ids.new("req"),
        "path": visit.address,
        "other": "ar" if lang == "en" else "en",
        "errors": {},
        "typed": {},
    }
