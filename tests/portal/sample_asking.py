"""What the pages of asking are given on that morning: the form, the page after sending, and the one that is glad."""

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.domain.message import Attachment
from chalicelib.portal import attaching
from chalicelib.portal.attaching import PlainForm
from tests.portal import samples

TOPICS = (
    Option("care", {"en": "Care and repair", "ar": "العناية والإصلاح"}),
    Option("delivery", {"en": "Delivery", "ar": "التوصيل"}),
)
WOODS = (Option("olive", {"en": "Olive wood", "ar": "خشب الزيتون"}), Option("ash", {"en": "Ash", "ar": "الدردار"}))
_UPLOAD = PlainForm("https://files.example.org/", {"key": "uploads/att_1/${filename}"})


def _field(key: str, type: str, en: str, ar: str, **more: Any) -> FieldDefinition:
    names, born = {"en": en, "ar": ar}, samples.BORN
    return FieldDefinition(f"fld_{key}", key, type, "ticket", names, born, born, shown_to_customers=True, **more)


TOPIC = _field("topic", "select", "Topic", "الموضوع", options=TOPICS)
FIELDS = [
    ("field_order", _field("order", "text", "Order number", "رقم الطلب")),
    ("field_wood", _field("wood", "select", "Wood", "الخشب", options=WOODS, topics=("care",), required=True)),
    ("field_woods", _field("woods", "multi_select", "Other woods", "أخشاب أخرى", options=WOODS)),
    ("field_gift", _field("gift", "boolean", "It is a gift", "هي هديّة", topics=("delivery",))),
    ("field_bought", _field("bought", "date", "Bought on", "تاريخ الشراء")),
    ("field_pieces", _field("pieces", "number", "How many pieces", "عدد القطع")),
]


def form() -> dict[str, Any]:
    """What the form needs beside its frame."""
    return {
        "reply_by": None,
        "began": "sealed",
        "topic": None,
        "fields": [],
        "purchases": [],
        "attached": [],
        "takes": attaching.LIMITS,
        "reply_to": None,
    }


def sent(lang: str) -> dict[str, Any]:
    title = {"en": "My board has split. Can it be saved?", "ar": "تشقّق اللوح. هل يمكن إنقاذه؟"}[lang]
    marked = title.replace("split", "<mark>split</mark>").replace("تشقّق", "<mark>تشقّق</mark>")
    return {
        "ticket_number": 2041,
        "answer_way": None,
        "reply_by": None,
        "articles": [{"title": title, "title_html": Markup(marked), "url": "/a"}],
        "upload": _UPLOAD,
        "takes": attaching.LIMITS,
        "arrived": None,
    }


def own_fields(lang: str) -> list[tuple[str, str]]:
    """What the desk shows of them."""
    return [(TOPIC.names[lang], TOPICS[0].names[lang]), ("tracking", "LP-88213")]


def pages(lang: str, base: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of the picture -> template and what it is given."""
    out = base | {"viewer": None}
    photo = Attachment("att_1", "board.jpg", "image/jpeg", 1_800_000, "uploads/att_1")
    bought = [replace(samples.purchase(lang), external_id="GH-88213")]
    fields = form() | {"topic": TOPIC, "fields": FIELDS, "purchases": bought, "reply_by": samples.BORN}
    wrong = {"field_topic": "choice-missing", "field_wood": "choice-missing", "field_woods": "choice-missing"}
    wrong |= {"field_pieces": "number-invalid", "field_bought": "date-invalid", "files": "files-lost"}
    return {
        "ticket-new-fields": ("portal/ticket_new", out | fields),
        "ticket-new-fields-wrong": ("portal/ticket_new", out | fields | {"errors": wrong, "attached": [photo]}),
        "ticket-sent-promised": (
            "portal/ticket_sent",
            out | sent(lang) | {"reply_by": samples.BORN, "arrived": {"name": "board.jpg"}},
        ),
        "ticket-sent-file-lost": ("portal/ticket_sent", out | sent(lang) | {"arrived": {"error": "No such file."}}),
        "ticket-sent-held": ("portal/ticket_sent", out | sent(lang) | {"ticket_number": None, "articles": []}),
        "ticket-answered": ("portal/ticket_answered", out),
    }
