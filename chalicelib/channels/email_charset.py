"""Octets of a mail into text. What a mail says of its own charset is a hint, not a fact: many a broken one is UTF-8.

Whatever comes out can be stored as UTF-8: no lone surrogates, no NUL, no control characters but tab and line ends.
"""

import codecs
import re

from chalicelib.channels import email_charset_guess, email_shifted

# Names that mailers write and Python does not know, or knows as a smaller set than the mailers mean.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "iso2022_jp": email_shifted.JAPANESE,
}
_ALIASES = {
    "unicode-1-1-utf-7": "utf-7",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-6-i": "iso8859_6",
    "iso-8859-6-e": "iso8859_6",
    "asmo-708": "iso8859_6",
    "windows-874": "cp874",
    "unicode": "utf-16",
    "ansi_x3.4-1968": "cp1252",
    "windows-31j": "cp932",
    "gb_2312-80": "gb18030",
    "mac": "mac_roman",
    "x-mac-ce": "mac_latin2",
    "utf8mb4": "utf-8",
    "koi8": "koi8_r",
    "koi8-ru": "koi8_u",
    "x-windows-949": "cp949",
    "windows-949": "cp949",
    "windows-936": "gb18030",
    "windows-950": "big5hkscs",
    "x-big5": "big5hkscs",
    "hz-gb-2312": "hz",
    "x-euc-kr": "cp949",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "cp50222": "iso2022_jp",
    "windows-50221": "iso2022_jp",
    "windows-50220": "iso2022_jp",
    "x-windows-iso2022jp": "iso2022_jp",
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,40}")
_WINDOWS = re.compile(r"x-(?=cp|windows|iso|utf|mac)|^(cp|win|windows)-(?=125\d)")
_CODE_PAGE = re.compile(r"^(?:cp|ibm|dos|oem)[-_](?=\d{3}$)")
# Codecs of Python that are no charsets; two of them take quadratic time.
_NOT_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
# One octet a letter, and text in them is never valid UTF-8 by chance. Thai is: its letters fill both ranges.
_SINGLE_OCTET = re.compile(r"cp125\d|iso8859-(?!11)\d+|koi8|mac|cp(437|720|85\d|86\d)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(octets: bytes, declared: str | None = None, fallback: str | None = None) -> str:
    """The text in `octets`, always: declared charset, then UTF-8, then `fallback`, then a guess, then windows-1252.

    `fallback` is the charset of the mail's other parts. UTF-8 goes before a declared one-octet charset when the octets
    are valid UTF-8, since no real text in those charsets is. Text spoilt in a few places keeps its charset and shows
    U+FFFD there.
    """
    return storable(_decode(octets, charset(declared), charset(fallback)))


def charset(name: str | None) -> str | None:
    """Python's codec for a charset as mails name it, or None when there is no such charset."""
    if not name:
        return None
    plain = name.strip().strip("\"'").lower()
    plain = _WINDOWS.sub(lambda match: "windows-" if match[1] else "", plain)
    plain = _CODE_PAGE.sub("cp", plain)
    if not _NAME.fullmatch(plain):
        return None
    try:
        known = codecs.lookup(_ALIASES.get(plain, plain)).name
        b"\0\0\0\0".decode(known)  # refuses codecs that are no charsets, such as zlib
    except (LookupError, ValueError):
        return None
    return None if known in _NOT_CHARSETS else _MEANT.get(known, known)


def storable(text: str) -> str:
    """`text` as UTF-8 can hold it: halves of surrogate pairs joined or replaced, control characters dropped."""
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", text)


def _decode(octets: bytes, declared: str | None, fallback: str | None) -> str:
    for mark, name in _MARKS:
        if octets.startswith(mark):
            return octets[len(mark) :].decode(name, "replace")
    if octets.isascii() and declared in (None, "cp1252", "utf-8"):
        declared = email_shifted.JAPANESE if b"\x1b$B" in octets else "ascii"
    if email_shifted.is_written(octets, declared):
        return email_shifted.decode(octets, str(declared))
    if declared == "ascii":
        return octets.decode("ascii", "replace")
    names = [name for name in _order(octets, declared, fallback) if name]
    for name in names:
        text = _strictly(octets, name)
        if text is not None:
            return text
    for name in names:
        text = octets.decode(name, "replace")
        if _is_spoilt_in_places(text, name):
            return text
    return octets.decode(email_charset_guess.guess(octets) or "cp1252", "replace")


def _is_spoilt_in_places(text: str, name: str) -> bool:
    """Whether the charset is right though a few octets are not. UTF-8 must have been seen more often than not: text in
    a Latin charset has few letters outside ASCII, and all of them are wrong in it."""
    lost = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", "ignore")) - lost
    return lost * 20 <= len(text) and (name != "utf-8" or lost < letters or not lost)


def _order(octets: bytes, declared: str | None, fallback: str | None) -> list[str | None]:
    if declared is None:
        return ["utf-8", fallback, email_charset_guess.guess(octets)]
    if declared == "cp1252":
        # Latin is what mailers say when they do not know.
        return ["utf-8", email_charset_guess.guess(octets), declared]
    if declared == "utf-16":
        return [_endianness(octets), "utf-8", fallback]
    if _SINGLE_OCTET.match(declared):
        return ["utf-8", declared, fallback]
    return [declared, "utf-8", fallback]


def _endianness(octets: bytes) -> str:
    """Which UTF-16 this is without a byte order mark: the octets of high value (0 or 6, say) are the rarer ones."""
    head = octets[:2000]
    return "utf-16-be" if len(set(head[0::2])) <= len(set(head[1::2])) else "utf-16-le"


def _strictly(octets: bytes, name: str) -> str | None:
    try:
        return octets.decode(name)
    except (UnicodeError, ValueError):
        return None
