"""Turns one mail into another that nobody wrote: octets changed, lines moved, claims made false, parts of two mixed."""

import base64
import random
from collections.abc import Callable

MAX_MAIL = 200_000

_TOKENS = [
    b"\r\n",
    b"\n\n",
    b"\r",
    b"\r\n\r\n",
    b"--",
    b"\r\n--",
    b"=?utf-8?B?",
    b"=?utf-8?Q?",
    b"?=",
    b'"',
    b"'",
    b"(",
    b")",
    b"<",
    b">",
    b";",
    b",",
    b":",
    b"@",
    b"=",
    b"=\r\n",
    b"\\",
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xd8\x00",
    b"%00",
    b"*0*=",
    b"*1=",
    b"''",
    b"boundary=",
    b"charset=",
    b"filename*=",
    b"begin 644 x\n",
    b"\nend\n",
    b"> ",
    b"-- \n",
    b" ",
    b"From: ",
    b"Content-Type: multipart/mixed; boundary=x\r\n",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: text/html\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Type: application/ms-tnef\r\n",
    b"Content-Disposition: attachment\r\n",
    b"<div>",
    b"<blockquote>",
    b"<!--",
    b"&#x",
    b"<style>",
    b"\x1b$B",
    b"~{",
    b"+AD",
    b"\x78\x9f\x3e\x22",
]
_CHARSETS = [
    b"utf-7",
    b"utf-16",
    b"utf-32",
    b"iso-2022-jp",
    b"iso-2022-kr",
    b"hz",
    b"big5",
    b"gb18030",
    b"euc-kr",
    b"shift_jis",
    b"koi8-u",
    b"cp1256",
    b"idna",
    b"punycode",
    b"unicode_escape",
    b"zlib",
    b"mac-roman",
    b"x-unknown",
    b"",
    b"\xff",
    b"utf-8-sig",
    b"tis-620",
    b"undefined",
]


def mutated(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """`raw` after one to twelve changes, some of which take pieces of `other`; at most 200,000 octets."""
    octets = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 12))):
        chance.choice(_CHANGES)(octets, other, chance)
        del octets[MAX_MAIL:]
    return bytes(octets)


def _place(octets: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(octets) + 1)


def _change_octet(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at = _place(octets, chance)
    octets[at : at + 1] = bytes([chance.randrange(256)])


def _cut(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at = _place(octets, chance)
    del octets[at : at + chance.choice((1, 2, 10, 60, 500))]


def _end_early(octets: bytearray, other: bytes, chance: random.Random) -> None:
    del octets[_place(octets, chance) :]


def _put_token(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at = _place(octets, chance)
    octets[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 1, 2, 50, 2_000))


def _put_rubbish(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at = _place(octets, chance)
    octets[at:at] = chance.randbytes(chance.choice((1, 8, 200)))


def _repeat(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at = _place(octets, chance)
    octets[at:at] = octets[at : at + chance.choice((4, 40, 400))] * chance.choice((1, 2, 30, 300))


def _take_from_other(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at, there = _place(octets, chance), chance.randrange(len(other) + 1)
    octets[at:at] = other[there : there + chance.choice((10, 100, 5_000))]


def _move_line(octets: bytearray, other: bytes, chance: random.Random) -> None:
    lines = bytes(octets).splitlines(keepends=True)
    if lines:
        moved = lines.pop(chance.randrange(len(lines)))
        lines.insert(chance.randrange(len(lines) + 1), moved)
        octets[:] = b"".join(lines)


def _lie_about_charset(octets: bytearray, other: bytes, chance: random.Random) -> None:
    at = bytes(octets).find(b"charset=", _place(octets, chance))
    if at >= 0:
        end = next((stop for stop in range(at + 8, len(octets)) if octets[stop] in b";\r\n"), len(octets))
        octets[at + 8 : end] = chance.choice(_CHARSETS)


def _encode_again(octets: bytearray, other: bytes, chance: random.Random) -> None:
    """The body in base64, under whatever the head says."""
    at = bytes(octets).find(b"\r\n\r\n", _place(octets, chance))
    if at >= 0:
        octets[at + 4 :] = base64.encodebytes(bytes(octets[at + 4 :]))


def _change_within_base64(octets: bytearray, other: bytes, chance: random.Random) -> None:
    """What is packed is changed, not its letters: that is how files within files are reached."""
    head, gap, body = bytes(octets).rpartition(b"base64\r\n")
    start = body.find(b"\r\n\r\n") + 4
    block = body[start:].split(b"--", 1)[0]
    try:
        inner = bytearray(base64.b64decode(block))
    except ValueError:
        return
    if gap and inner:
        chance.choice((_change_octet, _cut, _repeat, _put_rubbish, _end_early))(inner, other, chance)
        octets[:] = head + gap + body[:start] + base64.encodebytes(bytes(inner)) + body[start + len(block) :]


_CHANGES: list[Callable[[bytearray, bytes, random.Random], None]] = [
    _change_octet,
    _cut,
    _end_early,
    _put_token,
    _put_token,
    _put_token,
    _put_rubbish,
    _repeat,
    _take_from_other,
    _take_from_other,
    _move_line,
    _lie_about_charset,
    _encode_again,
    _change_within_base64,
    _change_within_base64,
]
