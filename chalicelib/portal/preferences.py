"""What a customer wants of us: how we answer him, in which language, where, and where not; and what else is his.

Whoever came by the link of a text sees nothing of it: such a link may be passed on. He signs in, or types the code that
is sent to where the link was sent, which signs him in.
"""

from typing import Any

from chalice import Response

from chalicelib import settings
from chalicelib.actions import change_consent, change_customer, prove_by_code, sign_out
from chalicelib.actions.change_consent import Said
from chalicelib.actions.change_customer import ContactWish
from chalicelib.channels import phone_numbers
from chalicelib.domain import channel as channels
from chalicelib.domain.contact import sendable_email
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid, NotFound, TooManyRequests
from chalicelib.portal import own_wishes, pages, readers
from chalicelib.portal.readers import Reader
from chalicelib.web import answer, session
from chalicelib.web.doors import Doors
from chalicelib.web.session import Session
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

DONE = ("saved", "added", "verified", "merged", "known", "stopped", "started", "shown", "removed", "first")
CODE_FAULTS = ("code-wrong", "code-spent", "too-many-contacts", "too-many-merged", "contact-anothers")


@doors.get("/{lang}/preferences")
def show(visit: Visit) -> Response:
    reader = readers.known(visit)
    return _start(visit, reader) if reader else pages.sign_in_first(visit)


@doors.post("/{lang}/preferences")
def save(visit: Visit) -> Response:
    """How to answer him, in which language, and when not; an empty channel means the one he wrote on last."""
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    channel, (fields, wrong) = visit.line("channel"), own_wishes.read(visit, viewer)
    if (channel and channel not in choices(viewer)) or "locale" not in fields:
        raise NotFound("There is no such choice.")
    if wrong:
        return _page(visit, viewer, 422, errors=wrong, typed=dict(visit.form))
    fields |= {"preferred_channel": channel or None} if "channel" in visit.form else {}
    change_customer.change(viewer.id, fields, None, Actor("customer", viewer.id), source="portal")
    return answer.redirect(visit, f"/{fields['locale']}/preferences?done=saved")


@doors.post("/{lang}/preferences/sign-out")
def sign_out_everywhere(visit: Visit) -> Response:
    """In every browser, this one too; links to single conversations open nothing more until they are used again."""
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    sign_out.everywhere(viewer.id)
    ended = [*session.end("customer"), *session.end("conversation")]
    return answer.redirect(visit, f"/{pages.language(visit)}/sign-in", ended)


@doors.post("/{lang}/preferences/consent")
def consent(visit: Visit) -> Response:
    """Stop what is sent to a contact of his on one channel, or let it be sent again."""
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    type, value, channel = (visit.line(name) for name in ("type", "value", "channel"))
    if not viewer.has(type, value) or channel not in channels.reaching(type):
        raise NotFound("There is no such address.")
    stop = visit.line("wanted") != "yes"
    said = Said("portal", Actor("customer", viewer.id))
    change_consent.set_opted_out(type, value, channel, stop, said)
    return answer.redirect(visit, f"{_here(visit)}?done={'stopped' if stop else 'started'}")


@doors.post("/{lang}/preferences/contacts")
def add(visit: Visit) -> Response:
    """Send a code to the address or number he typed; to where his link was sent, as long as he is not signed in."""
    reader, typed = readers.known(visit), visit.line("contact")[:320]
    if reader is None:
        return pages.sign_in_first(visit)
    contact = _of(reader.came_from) if reader.came_from else _read(typed)
    wrong = "form-expired" if not visit.is_ours else "contact-invalid" if contact is None else ""
    if not wrong and contact:
        wrong = _ask(visit, reader, contact)
    if wrong:
        status = 429 if wrong == "too-many-codes" else 422
        return _start(visit, reader, status, errors={"contact": wrong}, typed={"contact": typed})
    return answer.redirect(visit, f"{_here(visit)}/code")


@doors.get("/{lang}/preferences/code")
def code(visit: Visit) -> Response:
    reader = readers.known(visit)
    return _code_page(visit, reader) if reader else pages.sign_in_first(visit)


@doors.post("/{lang}/preferences/code")
def prove(visit: Visit) -> Response:
    visit.refuse_forged()
    reader = readers.known(visit)
    if reader is None:
        return pages.sign_in_first(visit)
    try:
        spent, proven = prove_by_code.check(reader.own.id, visit.line("code")[:40])
    except (Invalid, Conflict) as error:
        return _code_page(visit, reader, error.code if error.code in CODE_FAULTS else "code-spent")
    shown = reader.came_from is not None and _of(reader.came_from) == (spent.contact_type, spent.contact)
    begun = session.begin("customer", Session(reader.own.id, spent.contact)) if shown else []
    return answer.redirect(visit, f"{_here(visit)}?done={'shown' if shown else proven.outcome}", begun)


@doors.post("/{lang}/preferences/contacts/remove")
def remove(visit: Visit) -> Response:
    """Any but the one that he is signed in by, so that he always has one."""
    viewer, contact = _named(visit)
    if viewer is None or contact is None:
        return pages.sign_in_first(visit)
    signed_in = session.read(visit.cookies, "customer")
    if signed_in and _of(contact) == (signed_in.address_type, signed_in.address):
        return _page(visit, viewer, 422, errors={"contact": "contact-signed-in"})
    return _rewrite(visit, viewer, [one for one in viewer.all_contacts if one != contact], "removed")


@doors.post("/{lang}/preferences/contacts/first")
def put_first(visit: Visit) -> Response:
    """Where an answer goes, of several of its type, when it could go to any."""
    viewer, contact = _named(visit)
    if viewer is None or contact is None:
        return pages.sign_in_first(visit)
    others = [one for one in viewer.all_contacts if one != contact]
    return _rewrite(visit, viewer, [contact, *others], "first")


def choices(customer: Customer) -> dict[str, str]:
    """The channels by which he may be answered, each with the first of his contacts that it reaches."""
    found = {}
    for name in channels.REACHING:
        reached = next((one.value for one in customer.all_contacts if one.reachable_on(name)), None)
        if reached and (name != "whatsapp" or settings.whatsapp_phone_number_id()):
            found[name] = reached
    return found


def _named(visit: Visit) -> tuple[Customer | None, Contact | None]:
    """Who is signed in, and the contact of his that the form names. Raises NotFound when he has no such one."""
    visit.refuse_forged()
    viewer, wanted = pages.customer(visit), (visit.line("type"), visit.line("value"))
    found = next((one for one in viewer.all_contacts if _of(one) == wanted), None) if viewer else None
    if viewer and (found is None or found.type == "external"):
        raise NotFound("There is no such address.")
    return viewer, found


def _rewrite(visit: Visit, viewer: Customer, contacts: list[Contact], done: str) -> Response:
    wishes = [ContactWish(one.type, one.value) for one in contacts]
    actor = Actor("customer", viewer.id)
    change_customer.change(viewer.id, {}, wishes, actor, version=viewer.version, source="portal")
    return answer.redirect(visit, f"{_here(visit)}?done={done}#contacts")


def _here(visit: Visit) -> str:
    return f"/{pages.language(visit)}/preferences"


def _of(contact: Contact) -> tuple[str, str]:
    return contact.type, contact.value


def _read(typed: str) -> tuple[str, str] | None:
    """The address or number that was typed, in its one spelling; None when it is neither."""
    try:
        return ("email", sendable_email(typed)) if "@" in typed else ("phone", phone_numbers.normal_phone(typed))
    except Invalid:
        return None


def _ask(visit: Visit, reader: Reader, contact: tuple[str, str]) -> str:
    """Let a code be sent there; what stands in the way."""
    shown = reader.came_from is None
    try:
        prove_by_code.ask(reader.own.id, *contact, pages.language(visit), visit.client, shown)
    except TooManyRequests:
        return "too-many-codes"
    except Invalid as error:
        return error.code
    return ""


def _start(visit: Visit, reader: Reader, status: int = 200, **context: Any) -> Response:
    """What he wants of us; for who came by a link, how he shows who he is."""
    if reader.came_from is None:
        return _page(visit, reader.viewer, status, **context)
    given: dict[str, Any] = {"came_from": reader.came_from}
    return pages.show(visit, "preferences_first", None, area="preferences", status=status, **given | context)


def _page(visit: Visit, viewer: Customer, status: int = 200, **context: Any) -> Response:
    done = visit.query.get("done", "")
    given: dict[str, Any] = {
        "choices": choices(viewer),
        "contacts": [one for one in viewer.all_contacts if one.type != "external"],
        "ways_of": _ways,
        "zones": own_wishes.zones(viewer),
        "signed_in_by": signed_in.address if (signed_in := session.read(visit.cookies, "customer")) else "",
        "done": done if done in DONE else "",
        "typed": own_wishes.shown(viewer) | context.pop("typed", {}),
    }
    return pages.show(visit, "preferences", viewer, area="preferences", status=status, **given | context)


def _ways(type: str) -> list[str]:
    """The channels of a type of contact, as far as the shop is on them."""
    return [one for one in channels.reaching(type) if one != "whatsapp" or settings.whatsapp_phone_number_id()]


def _code_page(visit: Visit, reader: Reader, wrong: str = "") -> Response:
    """Where the digits are typed; back to the start where none were sent, or no more may be tried."""
    waiting = prove_by_code.waiting(reader.own.id)
    if (wrong and wrong != "code-wrong") or waiting is None:
        return _start(visit, reader, 422 if wrong else 200, errors={"contact": wrong} if wrong else {})
    return pages.show(
        visit,
        "preferences_code",
        None if reader.came_from else reader.viewer,
        area="preferences",
        status=422 if wrong else 200,
        sent_to=waiting,
        minutes=int(prove_by_code.LIFE.total_seconds() // 60),
        errors={"code": wrong} if wrong else {},
    )
