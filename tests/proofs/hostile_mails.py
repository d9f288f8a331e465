"""Mails made to hurt the reader: each is small to make, and named for what it would do to a careless one."""

import base64
import random
from collections.abc import Callable

from tests.channels import winmail

_HEAD = b"From: alice@example.com\r\nSubject: Hurt\r\nMIME-Version: 1.0\r\n"
_HTML = _HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
_TEXT = _HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
_MIXED = _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
_TNEF = _HEAD + b"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n"
_ENDLESS = 20_000_000


def mails() -> dict[str, Callable[[], bytes]]:
    """What makes each mail, by its name."""
    return {
        "20,000 nested parts": lambda: _nested(20_000, b"mixed"),
        "20,000 nested alternatives": lambda: _nested(20_000, b"alternative"),
        "20,000 nested mails": lambda: _HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 20_000 + b"Hi",
        "1,000,000 nested parts of one boundary": lambda: _MIXED + _nested_once * 200_000,
        "10 MB of one subject": lambda: _HEAD + b"Subject: " + b"=?utf-8?q?x?= " * 700_000 + b"\r\n\r\nHi",
        "10 MB of headers": lambda: _HEAD + b"X-Y: z\r\n" * 1_250_000 + b"\r\nHi",
        "10 MB of a folded header": lambda: _HEAD + b"References:\r\n" + b" <a@b.example>\r\n" * 600_000 + b"\r\nHi",
        "10 MB of addresses": lambda: _HEAD + b"To: " + b"Bob <bob@c.example>, " * 500_000 + b"\r\n\r\nHi",
        "10 MB of parameters": lambda: _HEAD + b"Content-Type: text/plain" + b"; a*1*=b" * 1_200_000 + b"\r\n\r\nHi",
        "a head that never ends": lambda: b"X" * _ENDLESS,
        "lines that are no headers": lambda: _HEAD + b"no header\r\n" * 900_000 + b"Subject: x\r\n\r\nHi",
        "a million boundary lines": lambda: _MIXED + b"--b\r\n" * 1_000_000,
        "a million boundaries in a row": lambda: _MIXED + b"--b" * 6_000_000,
        "a million closing boundaries": lambda: _MIXED + b"--b--x\r\n" * 1_000_000,
        "a million spaces after a boundary": lambda: _MIXED + (b"--b" + b" " * 1_000_000 + b"x\r\n") * 10,
        "a boundary that must be guessed": lambda: _typed(b"multipart/mixed") + b"--x\r\n" * 3_000_000,
        "40 MB of base64": _base64_file,
        "20 MB of base64 with blanks": lambda: _encoded("base64", b"QUJD RE\t\r\n" * 2_000_000),
        "20 MB of padding": lambda: _encoded("base64", b"QQ==" * 5_000_000),
        "20 MB of =": lambda: _encoded("quoted-printable", b"=" * _ENDLESS),
        "20 MB of soft line ends": lambda: _encoded("quoted-printable", b"=\r\n" * 7_000_000),
        "20 MB of uuencode": lambda: _encoded("x-uuencode", b"begin 644 a\n" + b"M!!\n" * 5_000_000),
        "files without end in the text": lambda: _TEXT + b"begin 644 a\n#86)C\n" * 1_000_000,
        "20 MB of NULs": lambda: _TEXT + b"\0" * _ENDLESS,
        "NULs in the head": lambda: b"From: a@b.example\0\r\nSubject: \0x\0\r\n\0\r\n\r\n\0Hi\0",
        "5,000 nested divs": lambda: _HTML + b"<div>" * 5_000 + b"Hi" + b"</div>" * 5_000,
        "a million nested divs": lambda: _HTML + b"<div>" * 1_000_000,
        "a million quotes in HTML": lambda: _HTML + b"<blockquote>x" * 300_000,
        "nested tables": lambda: _HTML + b"<table><tr><td>" * 300_000,
        "open comments": lambda: _HTML + b"<!--" * 1_000_000 + b">",
        "open styles": lambda: _HTML + b"<style><script>" * 200_000 + b">",
        "open attributes": lambda: _HTML + b'<a "' * 1_000_000 + b">",
        "quotes within quotes": lambda: _HTML + b"<a \">\"'>'" * 400_000 + b">",
        "entities": lambda: _HTML + b"&amp" * 1_000_000 + b"&#x110000;" * 100_000,
        "open tags": lambda: _HTML + b"<" * 5_000_000,
        "links": lambda: _HTML + b"<a href='http://x.example/'>x" * 200_000,
        "metas": lambda: _HTML + b"<meta " * 1_000_000,
        "a million quoted lines": lambda: _TEXT + b"> x\n" * 1_000_000,
        "a million quote marks": lambda: _TEXT + b">" * 1_000_000 + b"\n" + b"> " * 500_000,
        "answers between quotes": lambda: _TEXT + b"> q\na\n" * 500_000,
        "header blocks in the text": lambda: _TEXT + b"From: x\nSent: y\nTo: z\nSubject: q\n" * 200_000,
        "attributions": lambda: _TEXT + b"On Mon, 2 Mar 2026 at 10:15, Alice <a@b.example> wrote:\n" * 100_000,
        "half attributions": lambda: _TEXT + b"On " * 3_000_000,
        "a line of digits": lambda: _TEXT + b"1 " * 3_000_000 + b":",
        "a line of one letter": lambda: _TEXT + b"a" * 10_000_000,
        "blank lines": lambda: _TEXT + b"\n" * 10_000_000 + b"x",
        "spaces": lambda: _TEXT + b" " * 10_000_000 + b"x" + b" " * 10_000_000,
        "dashes": lambda: _TEXT + b"-" * 5_000_000 + b"\n" + b"_" * 5_000_000 + b"\n" + b"-- \n" * 500_000,
        "carriage returns": lambda: _TEXT + b"\r" * 10_000_000 + b"x",
        "flowed lines": lambda: _typed(b"text/plain; format=flowed") + b"> x \n" * 500_000,
        "one flowed paragraph": lambda: _typed(b"text/plain; format=flowed") + b"words \n" * 700_000,
        "words never closed": lambda: _HEAD + b"From: " + b"=?utf-8?b?" * 100_000 + b"\r\n\r\nHi",
        "quotes never closed": lambda: b'From: "' + b'\\"' * 500_000 + b"\r\nTo: " + b'"' * 500_000 + b"\r\n\r\nHi",
        "comments never closed": lambda: b"From: " + b"(" * 900_000 + b"\r\n\r\nHi",
        "angles never closed": lambda: (
            b"From: " + b"<" * 900_000 + b"\r\nReferences: " + b"<" * 900_000 + b"\r\n\r\nHi"
        ),
        "at signs": lambda: b"From: " + b"a@" * 500_000 + b"\r\nReferences: " + b"@" * 900_000 + b"\r\n\r\nHi",
        "idna": lambda: _encoded_as("idna", b"xn--a." * 1_000_000),
        "punycode": lambda: _encoded_as("punycode", b"a" * 1_000_000 + b"-" + b"9" * 1_000_000),
        "utf-7": lambda: _encoded_as("utf-7", b"+2AA-" * 2_000_000),
        "utf-16 halves": lambda: _encoded_as("utf-16-le", b"\x00\xd8" * 4_000_000),
        "iso-2022-jp": lambda: _encoded_as("iso-2022-jp", b"\x1b$B" * 3_000_000),
        "hz": lambda: _encoded_as("hz-gb-2312", b"~{" * 4_000_000),
        "unknown charset": lambda: _encoded_as("x" * 1_000_000, bytes(range(256)) * 40_000),
        "a signature of a million pieces": lambda: _signed(b"\x24\x80" + b"\x04\x00" * 5_000_000),
        "a signature of values within values": lambda: _signed(b"\x30\x80" * 5_000_000),
        "a bounce of a million blocks": _blocks,
        "a bounce of a million addresses": lambda: _bounced(b"a@b.example\n" * 800_000),
        "a bounce of a million codes": lambda: _bounced(b"550 5.1.1 " * 900_000),
    } | _packed()


def _packed() -> dict[str, Callable[[], bytes]]:
    """What winmail.dat may do; most of its lengths are lies."""
    made = winmail
    return {
        "winmail.dat: RTF that says 4 GB": lambda: _squeezed(2**32 - 1, _TWICE + b"\xff" * 20_000_000),
        "winmail.dat: RTF of one letter": lambda: _squeezed(2**31, _TWICE * 700_000),
        "winmail.dat: nested groups": lambda: _rtf(b"{" * 900_000),
        "winmail.dat: signs": lambda: _rtf(b"\\'e9" * 240_000),
        "winmail.dat: escapes": lambda: _rtf(b"\\u-10179?" * 110_000),
        "winmail.dat: fonts": lambda: _rtf(b"{\\fonttbl" + b"{\\f1\\fcharset178 x;}" * 45_000),
        "winmail.dat: HTML tags": lambda: _rtf(b"\\fromhtml1" + b"{\\*\\htmltag64 <div>}" * 45_000),
        "winmail.dat: a million files": lambda: _tnef(made.file(b"a.txt", b"x") * 150_000),
        "winmail.dat: files without octets": lambda: _tnef(made.attribute(2, 0x9002, b"") * 1_000_000),
        "winmail.dat: a length of 4 GB": lambda: _tnef(made.attribute(2, 0x800F, b"x", 2**32 - 1)),
        "winmail.dat: 4,000,000,000 properties": lambda: _tnef(made.attribute(1, 0x9003, b"\xff" * 10_000_000)),
        "winmail.dat: values without octets": lambda: _tnef(made.attribute(1, 0x9003, _NO_OCTETS)),
        "winmail.dat: many values": lambda: _tnef(made.attribute(1, 0x9003, _MANY_VALUES)),
        "winmail.dat: 200 messages within each other": _nested_messages,
        "winmail.dat: messages of many files": _wide_messages,
        "a hundred winmail.dat": _many_packed,
        "winmail.dat: 25 MB": lambda: _tnef(made.file(b"a.bin", random.Random(3).randbytes(25_000_000))),
    }


# Sixteen octets that become a hundred and fifty.
_TWICE = b"\x00{\\rtf1 xx" + b"\xff" + b"\x10\x0f" * 8
_nested_once = b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
_NO_OCTETS = b"\xd0\x07\x00\x00" + b"\x01\x10\x01\x00\xff\xff\xff\xff" * 1_000
_MANY_VALUES = b"\xd0\x07\x00\x00" + b"\x03\x10\x01\x00" + (2_000_000).to_bytes(4, "little") + b"\0" * 8_000_000


def _nested(levels: int, kind: bytes) -> bytes:
    each = (b'Content-Type: multipart/%b; boundary="b%d"\r\n\r\n--b%d\r\n' % (kind, at, at) for at in range(levels))
    return _HEAD + b"".join(each) + b"Content-Type: text/plain\r\n\r\nHi"


def _base64_file() -> bytes:
    head = _HEAD + b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64.encodebytes(random.Random(1).randbytes(29_500_000))


def _typed(content_type: bytes) -> bytes:
    return _HEAD + b"Content-Type: " + content_type + b"\r\n\r\n"


def _encoded(encoding: str, body: bytes) -> bytes:
    return _HEAD + f"Content-Type: text/plain\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def _encoded_as(charset: str, body: bytes) -> bytes:
    return _HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + body


def _tnef(*attributes: bytes) -> bytes:
    return _TNEF + base64.encodebytes(winmail.winmail(*attributes))


def _squeezed(claimed: int, octets: bytes) -> bytes:
    return _tnef(winmail.message(winmail.squeezed_rtf(claimed, octets)))


def _rtf(words: bytes) -> bytes:
    return _tnef(winmail.message(winmail.stored_rtf(b"{\\rtf1" + words)))


def _wide_messages() -> bytes:
    inner = winmail.winmail(winmail.file(b"a", b"b") * 99)
    return _tnef(winmail.inner(winmail.winmail(winmail.inner(inner) * 99)) * 20)


def _signed(octets: bytes) -> bytes:
    """A signed mail (RFC 8551) that encloses `octets`."""
    begun = bytes.fromhex("308006092a864886f70d010702a0803080020101310030800609 2a864886f70d010701a080")
    head = _HEAD + b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64.encodebytes(begun + octets)


def _nested_messages() -> bytes:
    packed = winmail.winmail(winmail.message((winmail.PLAIN, 0x1E, b"deep")))
    for _ in range(200):
        packed = winmail.winmail(winmail.inner(packed))
    return _TNEF + base64.encodebytes(packed)


def _many_packed() -> bytes:
    body = base64.encodebytes(winmail.winmail(winmail.file(b"a.bin", bytes(50_000))))
    part = b"--b\r\nContent-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body
    return _MIXED + part * 100 + b"--b--\r\n"


def _bounced(text: bytes) -> bytes:
    return (
        b"From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nSubject: Undeliverable mail\r\n\r\nfatal errors\n" + text
    )


def _blocks() -> bytes:
    head = b"From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
    block = b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n"
    return head + b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + block * 150_000 + b"--b--"
