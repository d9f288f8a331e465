"""What was typed into the ticket form, read once, and what is wrong with it, by field, in the order of the form."""

from chalicelib.domain.contact import normal_email
from chalicelib.domain.message import MAX_TEXT
from chalicelib.domain.storable_text import storable
from chalicelib.domain.ticket import MAX_SUBJECT
from chalicelib.errors import Invalid
from chalicelib.portal import asking_fields
from chalicelib.web.visit import Visit

Typed = dict[str, str]

MAX_NAME = 200
_LINES = ("email", "name", "subject", "files", "after_suggested", "after_article")


def begun(visit: Visit) -> Typed:
    """What a link to the form fills in: `?subject=` and `?topic=`."""
    topic = {asking_fields.TOPIC: visit.query.get("topic", "")}
    return {"subject": storable(visit.query.get("subject", ""))[:MAX_SUBJECT]} | topic


def read(visit: Visit) -> Typed:
    """All fields of the form as text, without what cannot be kept (NUL, control characters)."""
    lines = {name: storable(visit.line(name)) for name in _LINES}
    return lines | {"text": storable(visit.text("text"))} | asking_fields.read(visit)


def faults(typed: Typed, signed_in: bool) -> dict[str, str]:
    """What is wrong, by field; nothing when all is well."""
    found = asking_fields.topic_fault(typed)
    found |= {"subject": _subject_fault(typed["subject"]), "text": text_fault(typed["text"], "text-missing")}
    found |= asking_fields.faults(typed)
    if not signed_in:
        found |= {"email": _email_fault(typed["email"]), "name": _name_fault(typed["name"])}
    return {name: code for name, code in found.items() if code}


def text_fault(text: str, missing: str) -> str:
    return "text-too-long" if len(text) > MAX_TEXT else "" if text else missing


def as_text(typed: Typed) -> str:
    """The words with the fields below them: for a mail, which has no fields."""
    told = [f"{name}: {value}" for name, value in asking_fields.values(typed).items()]
    return "\n".join([typed["text"], *(["", *told] if told else [])])


def _subject_fault(subject: str) -> str:
    return "subject-too-long" if len(subject) > MAX_SUBJECT else "" if subject else "subject-missing"


def _name_fault(name: str) -> str:
    return "name-too-long" if len(name) > MAX_NAME else ""


def _email_fault(email: str) -> str:
    if not email:
        return "email-missing"
    try:
        normal_email(email)
    except Invalid:
        return "email-invalid"
    return ""
