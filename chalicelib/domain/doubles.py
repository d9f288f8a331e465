"""Which two customers may be one person, and why one may think so. Reasons add up; nothing is merged by them alone.

What two may have in common are keys: a customer is found by his own, among all who have the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.domain.customer import Customer

# What more than so many have in common tells nothing of any two of them, and nobody pays for reading it.
MOST_ALIKE = 20
MOST_SUGGESTED = 5
# One weak reason is none: there are many called Alice.
ENOUGH = 30
# Countries write one number with many beginnings, and shops none: the end of it is enough to ask about.
_LAST_DIGITS = 8

_GENERIC = frozenset(
    {"accounts", "admin", "billing", "contact", "customercare", "enquiries", "hello", "help", "info", "mail", "office"}
    | {"orders", "post", "postmaster", "sales", "service", "shop", "support", "team", "webmaster"}
)
# Arabic letters that people write one for the other (as `search/text` has them; this layer stands alone).
_ONE_LETTER = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ىیئ", "ي"), "ؤ": "و", "ة": "ه", "ک": "ك", "ء": ""}
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Reason:
    """`weight` is how much it tells, of 100."""

    weight: int
    english: str
    arabic: str

    def words(self, language: str) -> str:
        return self.arabic if language == "ar" else self.english


REASONS = {
    "shown-contact": Reason(
        70,
        "One showed by a code that an address or number of the other is theirs",
        "أثبت أحدهما برمز أن عنوانًا أو رقمًا للآخر له",
    ),
    "wrote-in-ticket": Reason(
        60, "One wrote into a ticket of the other, by its signed address", "كتب أحدهما في تذكرة الآخر من عنوانها الموقّع"
    ),
    "same-order": Reason(55, "Both have the same order", "لكليهما الطلب نفسه"),
    "number-as-id": Reason(50, "The number of one is an id of the other", "رقم أحدهما هو معرّف الآخر"),
    "same-name": Reason(45, "The same name", "الاسم نفسه"),
    "same-mail-name": Reason(
        35, "The same name before the @ of their mail, and a similar name", "الاسم نفسه قبل @ في بريدهما، واسم متشابه"
    ),
    "same-organization": Reason(
        30, "The same organization, and the same first name", "المؤسسة نفسها، والاسم الأول نفسه"
    ),
    "same-first-name": Reason(15, "The same first name, and no other", "الاسم الأول نفسه دون اسم آخر"),
}


@dataclass(frozen=True)
class Suggestion:
    """Somebody who may be the same person, with the codes of the reasons; `score` is at most 100."""

    customer: Customer
    score: int
    reasons: tuple[str, ...]


def keys_of(customer: Customer) -> set[tuple[str, str]]:
    """By what the customer is found: pairs of kind and value. Contacts of those he stands for are theirs."""
    name = folded(customer.name)
    found = {("name", " ".join(name))} if name else set()
    found |= {("mail", part) for part in _mail_names(customer)}
    found |= {("number", digits) for type in ("phone", "external") for digits in _endings(customer, type)}
    if customer.organization_id and name:
        found.add(("member", f"{customer.organization_id} {first_name(customer)}"))
    return found


def compare(one: Customer, other: Customer, shared: Iterable[str]) -> set[str]:
    """The codes of what speaks for the two being one person; `shared` are the kinds of what they have in common.

    What a profile tells is looked at anew: what they were found by may be a moment old.
    """
    tests = {
        "shown-contact": "claimed" in shared,
        "wrote-in-ticket": "wrote" in shared,
        "same-order": "order" in shared,
        "number-as-id": _number_is_id(one, other) or _number_is_id(other, one),
        "same-mail-name": bool(_mail_names(one) & _mail_names(other)) and _alike(one, other),
        **_by_name(one, other),
    }
    return {code for code, holds in tests.items() if holds}


def score(reasons: Iterable[str]) -> int:
    return min(100, sum(REASONS[code].weight for code in reasons))


def in_order(reasons: Iterable[str]) -> tuple[str, ...]:
    """The codes, what tells most first."""
    return tuple(sorted(reasons, key=lambda code: -REASONS[code].weight))


def best(found: Iterable[Suggestion]) -> list[Suggestion]:
    """At most five, the likeliest first; what is no more than a common name is not among them."""
    enough = [one for one in found if one.score >= ENOUGH]
    return sorted(enough, key=lambda one: (-one.score, one.customer.id))[:MOST_SUGGESTED]


def folded(name: str) -> tuple[str, ...]:
    """The words of a name in one spelling and one order: without case, accents, tashkeel and Arabic letters' forms."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    plain = bare.casefold().replace("ـ", "").translate(_ONE_LETTER)
    return tuple(sorted(set(_WORD.findall(plain))))


def first_name(customer: Customer) -> str:
    words = customer.name.split()
    return " ".join(folded(words[0])) if words else ""


def _by_name(one: Customer, other: Customer) -> dict[str, bool]:
    same, name = folded(one.name) == folded(other.name), folded(one.name)
    first = bool(name) and first_name(one) == first_name(other)
    together = one.organization_id is not None and one.organization_id == other.organization_id
    return {
        "same-name": same and len(name) > 1,
        "same-first-name": same and len(name) == 1 and not together,
        "same-organization": first and together,
    }


def _alike(one: Customer, other: Customer) -> bool:
    """Whether their names have a word in common; of one without a name, what his address is called by."""
    return bool(set(_words_of(one)) & set(_words_of(other)))


def _words_of(customer: Customer) -> Sequence[str]:
    return folded(customer.name) or [word for part in _local_parts(customer) for word in folded(part)]


def _mail_names(customer: Customer) -> set[str]:
    """What stands before the @, without what people and providers put in between; not what any shop's is called."""
    bare = {"".join(_WORD.findall(part.casefold())) for part in _local_parts(customer)}
    return {name for name in bare if len(name) > 2 and name not in _GENERIC}


def _local_parts(customer: Customer) -> list[str]:
    emails = (one.value for one in customer.contacts if one.type == "email")
    return [email.rpartition("@")[0].partition("+")[0] for email in emails]


def _number_is_id(one: Customer, other: Customer) -> bool:
    return bool(_endings(one, "phone") & _endings(other, "external"))


def _endings(customer: Customer, type: str) -> set[str]:
    """The last digits of his numbers, or of his ids that are nothing but a number."""
    values = (re.sub(r"[\s().+/-]", "", one.value) for one in customer.contacts if one.type == type)
    return {value[-_LAST_DIGITS:] for value in values if value.isdecimal() and len(value) >= _LAST_DIGITS}
