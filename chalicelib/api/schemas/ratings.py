"""What customers say of solved tickets."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.values import Time
from chalicelib.domain.rating import MAX_WORDS

RatingAnswer = Literal["yes", "partly", "no"]


class Rating(Struct, kw_only=True):
    """Whether the customer found his question answered, in his own words if he added some."""

    ticket_id: str
    customer_id: str
    answer: RatingAnswer
    words: str
    rated_at: Time
    changed_at: Time
    version: int


class NewRating(Struct, forbid_unknown_fields=True, kw_only=True):
    """What the customer says of a ticket that was solved."""

    answer: RatingAnswer
    words: Annotated[str, Meta(max_length=MAX_WORDS)] = ""
