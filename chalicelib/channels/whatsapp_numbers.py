"""Numbers as WhatsApp writes them: E.164 without its +, and for two countries as they were years ago.

Mexico dropped the 1 of its mobile numbers in 2019, Brazil put a 9 before its own by 2016; accounts that are older keep
what they had, and Meta takes either form when it sends:
https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers (Brazil and Mexico).
"""

import re

from chalicelib.channels import phone_numbers

_OLD_FORMS = (
    (re.compile(r"521(\d{10})"), r"52\1"),
    (re.compile(r"55([1-9]\d)([6-9]\d{7})"), r"55\g<1>9\2"),
)


def parse(wa_id: str) -> str | None:
    """The number in E.164 as it is dialled today; None for what is none (a user id)."""
    digits = wa_id.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return None
    for old, new in _OLD_FORMS:
        if old.fullmatch(digits):
            digits = old.sub(new, digits)
    return phone_numbers.parse(f"+{digits}")
