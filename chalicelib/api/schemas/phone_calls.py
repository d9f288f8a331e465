"""Phone calls, as messages tell of them."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.domain.call import MAX_SECONDS


class PhoneCall(Struct, forbid_unknown_fields=True):
    """A phone call: `in` is one that the customer made. One that he made is answered, missed or ended in voicemail,
    one of ours never missed; only where somebody spoke, or left words, did it take seconds."""

    direction: Literal["in", "out"]
    outcome: Literal["answered", "missed", "voicemail", "busy", "no_answer", "failed"]
    seconds: Annotated[int, Meta(ge=0, le=MAX_SECONDS)] = 0
