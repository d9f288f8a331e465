"""Codes of six digits, sent to somebody who types them in: signatures over a name, so that none is ever stored."""

import unicodedata

from chalicelib import signing

_COUNT = 6


def of(purpose: str, name: str) -> str:
    """The code for `name`; `purpose` keeps one from passing as another, as in `signing`."""
    signed = signing.digest(purpose, name, 16)
    return f"{int.from_bytes(signed) % 10**_COUNT:0{_COUNT}}"


def are_typed(code: str, typed: str) -> bool:
    """Whether that is the code: digits of any script, whatever stands between them."""
    digits = (str(unicodedata.digit(one, "")) for one in typed if one.isdigit())
    return signing.same(code, "".join(digits))
