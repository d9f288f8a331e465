"""Reads a text that is nothing but STOP, HELP, START or one of their kin; any further word makes it an ordinary text.

Case, punctuation, accents, harakat, tatweel, the forms of alef and signs that nobody sees are put aside first.
"""

import unicodedata
from dataclasses import dataclass

from chalicelib.domain.message import Message

# Longer is no single word, and need not be looked at.
_LONGEST = 60

# AWS, "Required opt-out list keywords"; 47 CFR 64.1200(a)(10) adds REVOKE and OPT OUT, CTIA's handbook STOPALL. What is
# also an ordinary answer ("cancel", "end") counts all the same: the law says that it does.
_STOP = (
    "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke", "remove", "arret", "td",
    "unsubscribe me", "stop sms", "stop msg", "stop promotions", "stop texting", "stop stop", "stop stop stop",
    "arreter", "annuler", "annulez", "desabonner", "me desabonner", "se desabonner", "desabonnement",
    "desinscrire", "me desinscrire", "se desinscrire", "desinscription",
    "parar", "alto", "baja", "detener", "cancelar", "anular", "darme de baja", "cancelar suscripcion",
    "إيقاف", "ايقاف", "توقف", "توقفوا", "إلغاء", "ألغ", "أوقف", "أوقفوا", "قف", "وقف", "ستوب",
    "إلغاء الاشتراك", "إيقاف الاشتراك", "أوقف الاشتراك", "وقف الاشتراك",
    "إيقاف الرسائل", "أوقف الرسائل", "أوقفوا الرسائل", "وقف الرسائل",
    "stopp", "abmelden", "abbestellen",
    "pare", "sair", "cancelar inscricao",
)  # fmt: skip
_HELP = ("help", "aide", "ayuda", "مساعدة", "المساعدة", "hilfe", "ajuda")
_START = ("start", "unstop", "optin", "ابدأ", "إبدأ", "بدء", "اشتراك", "iniciar", "comenzar", "demarrer", "starten")
# Ordinary answers, unless there is nothing else to answer.
_HELP_IF_ALONE = ("info", "information", "informacion", "معلومات")
_START_IF_OUT = (
    "yes", "oui", "si", "نعم", "ja", "sim", "continue", "resume", "subscribe", "reprendre", "commencer", "debut",
    "inicio", "alta", "reanudar", "استمرار", "متابعة",
)  # fmt: skip


@dataclass(frozen=True)
class Word:
    """`asks` is `stop`, `help` or `start`.

    One that is not `plain` is also an ordinary answer: it asks for a start only of somebody who is out, and for help
    only where no conversation is open that it could answer.
    """

    asks: str
    plain: bool = True


def word_in(text: str) -> Word | None:
    """The word that the text is, and nothing beside it; None for every other text."""
    return _WORDS.get(_bare(text)) if len(text) <= _LONGEST else None


def asks_to_stop(text: str) -> bool:
    """Whether it is nothing but STOP or one of its kin."""
    return word_in(text) == Word("stop")


def is_stop(message: Message) -> bool:
    """Whether a customer's message was heeded as STOP: such a one is kept as automatic."""
    return message.automatic and message.author.type == "customer" and asks_to_stop(message.text)


def presses_stop(label: str) -> bool:
    """Whether a button that the shop labelled so asks to stop; “Cancel” on one is of what it offers."""
    return asks_to_stop(label) and _bare(label) not in _OFFERED


def _bare(text: str) -> str:
    """Its letters and digits alone, without marks upon them: `Opt-Out!` and `opt out` are one."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in parted if unicodedata.category(one)[0] in "LN" and one != "\u0640")
    return kept.translate(_ALIKE)


# Ways to write one letter: the forms of alef, alef maqsura for ya, ta marbuta for ha, Persian kaf and ya.
_ALIKE = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ı": "i"})

_WORDS = {
    _bare(written): Word(asks, plain)
    for asks, plain, listed in (
        ("stop", True, _STOP),
        ("help", True, _HELP),
        ("start", True, _START),
        ("help", False, _HELP_IF_ALONE),
        ("start", False, _START_IF_OUT),
    )
    for written in listed
}
_OFFERED = frozenset(
    map(_bare, ("cancel", "end", "quit", "remove", "annuler", "annulez", "cancelar", "anular", "إلغاء", "ألغ"))
)
