"""Synonyms, and what was searched for."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.articles import Audience
from chalicelib.api.schemas.values import ONE_LINE, Cursor, Limit, Locale, Time
from chalicelib.domain.synonyms import LEAST_WORDS, LONGEST_WORD, MOST_WORDS

Word = Annotated[str, Meta(max_length=LONGEST_WORD, pattern=ONE_LINE)]
Words = Annotated[
    list[Word],
    Meta(min_length=LEAST_WORDS, max_length=MOST_WORDS, description="Each of one word or several, such as `sign in`."),
]
Days = Annotated[int, Meta(ge=1, le=90, description="The newest so many days, today among them.")]


class SynonymSet(Struct, kw_only=True):
    """Words that stand for each other when somebody searches in their language."""

    id: str
    locale: Locale
    words: list[str]
    visibility: Audience
    created_at: Time
    updated_at: Time
    version: int


class NewSynonymSet(Struct, forbid_unknown_fields=True, kw_only=True):
    """Words that are to stand for each other."""

    locale: Locale
    words: Words
    visibility: Audience = "public"


class SynonymSetChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays."""

    locale: Locale | UnsetType = UNSET
    words: Words | UnsetType = UNSET
    visibility: Audience | UnsetType = UNSET


class SynonymQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    locale: Locale | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class Searched(Struct, kw_only=True):
    """What customers searched for: a query in one language, over the days asked for."""

    id: str
    query: str
    locale: Locale
    searches: int
    in_vain: int
    opened: int
    hits: int
    searched_at: Time


class SearchedQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """With `found=false`, those whose last search found nothing; with `found=true`, those whose last one did."""

    found: bool | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    days: Days = 30
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
