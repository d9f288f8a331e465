"""The text of an SMS: as it is, or, of a long one or one with files, its beginning and a link to the whole."""

import re
import unicodedata

from chalicelib import render
from chalicelib.channels import sms_text

# SNS, Publish, says characters in its reference and octets in its guide: what holds both is taken anywhere.
# End User Messaging, SendTextMessage: 1,600 characters.
MAX_OCTETS = 1_600
# Who must open a link for the rest needs no long beginning.
_BEGINNING_PARTS = 3
_MOST_A_PART = 160
_JOINER = "\u200d"
_SPACE = re.compile(r"\s")
# A word this long is no word: a beginning may be cut within it.
_LONGEST_WORD = 40


def of_answer(text: str, files: int, link: str, locale: str, max_parts: int, linked: bool = False) -> str:
    """What goes out of an agent's `text` with so many files, within `max_parts` parts.

    `link` leads to the whole and stands at the end, unless the text says it all and need not be `linked`; `locale` is
    the language of the words before it. Where not even they have room it is the link alone.
    """
    whole = sms_text.clean(text)
    linked = linked or bool(files) or not whole
    complete = _with_link(whole, files, False, link, locale) if linked else whole
    if _fits(complete, max_parts):
        return complete
    return _shortened(whole, files, link, locale, min(max_parts, _BEGINNING_PARTS))


def _fits(body: str, parts: int) -> bool:
    return len(body.encode()) <= MAX_OCTETS and sms_text.count(body).parts <= parts


def _with_link(text: str, files: int, cut: bool, link: str, locale: str) -> str:
    # "…" is not in GSM 03.38 and would more than halve the room of a text that is.
    dots = "" if not cut else "..." if sms_text.count(text).encoding == "GSM-7" else "…"
    return render.sms("answer", locale, text=text + dots, files=files, cut=cut, url=link)


def _shortened(text: str, files: int, link: str, locale: str, parts: int) -> str:
    """The longest beginning that fits. The longer the text, the more parts: so it is found by halving."""
    fitting, too_long = 0, min(len(text), parts * _MOST_A_PART + 1)
    while too_long - fitting > 1:
        middle = (fitting + too_long) // 2
        if _fits(_with_link(text[:middle], files, True, link, locale), parts):
            fitting = middle
        else:
            too_long = middle
    beginning = _whole_words(text, fitting)
    body = _with_link(beginning, files, True, link, locale)
    return body if beginning and _fits(body, parts) else link


def _whole_words(text: str, end: int) -> str:
    """The text to its last whole word before `end`; where there is none near, to its last whole character."""
    if not _SPACE.match(text, end):
        spaces = [match.start() for match in _SPACE.finditer(text, max(0, end - _LONGEST_WORD), end)]
        end = spaces[-1] if spaces else _whole_character(text, end)
    return text[:end].rstrip(" \n,;:،؛-–—")


def _whole_character(text: str, end: int) -> int:
    """The last place up to `end` where no accent, joined emoji or flag is cut through."""
    while end > 0 and _belongs_together(text, end):
        end -= 1
    return end


def _belongs_together(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at : at + 1]
    if after and (unicodedata.category(after)[0] == "M" or after == _JOINER or "\U0001f3fb" <= after <= "\U0001f3ff"):
        return True
    if before == _JOINER:
        return True
    run = len(text[:at]) - len(text[:at].rstrip(_FLAG_LETTERS))
    return run % 2 == 1 and after in _FLAG_LETTERS


# A flag is two of these.
_FLAG_LETTERS = "".join(chr(code) for code in range(0x1F1E6, 0x1F200))
