"""winmail.dat as Outlook packs it, and as nobody should: what is in it comes out, whatever it claims."""

import struct
from pathlib import Path

import pytest

from chalicelib.channels import email_in, email_rtf, email_tnef
from tests.channels import winmail

FIXTURES = Path(__file__).parents[1] / "fixtures" / "mail"


def test_a_file_keeps_its_long_name_its_octets_and_its_type() -> None:
    named = winmail.text(winmail.LONG_NAME, "فاتورة الشهر.pdf")
    opened = email_tnef.open_packed(winmail.winmail(winmail.file(b"F~1.PDF", b"%PDF", named)))

    assert [(file.name, file.content_type, file.content) for file in opened.files] == [
        ("فاتورة الشهر.pdf", "application/pdf", b"%PDF")
    ]
    assert opened.whole


def test_an_image_within_the_text_can_be_found_by_its_content_id() -> None:
    image = winmail.file(
        b"a.png", b"png", winmail.text(winmail.CONTENT_ID, "a@x"), winmail.text(winmail.TYPE, "image/png")
    )
    (file,) = email_tnef.open_packed(winmail.winmail(image)).files

    assert (file.content_id, file.inline, file.content_type) == ("a@x", True, "image/png")


def test_the_octets_of_winmail_dat_itself_stay_when_it_could_not_be_read_whole() -> None:
    mail = email_in.read((FIXTURES / "winmail-cut-short.eml").read_bytes())

    assert [file.name for file in mail.attachments] == ["winmail.dat", "a.txt", "attachment-1"]
    assert email_tnef.is_tnef(mail.attachments[0].content)


@pytest.mark.parametrize("cut", range(0, 600, 7))
def test_wherever_it_ends_what_came_before_is_read(cut: int) -> None:
    whole = winmail.winmail(
        winmail.message(winmail.text(winmail.PLAIN, "Hello")),
        winmail.file(b"a.txt", b"abc", winmail.text(winmail.LONG_NAME, "long name.txt")),
        winmail.inner(winmail.winmail(winmail.message(winmail.text(winmail.PLAIN, "deep")))),
    )
    opened = email_tnef.open_packed(whole[:cut])

    assert opened.text in ("", "Hello")
    assert [file.content for file in opened.files][:1] in (
        [],
        [b"abc"[: len(file.content)] for file in opened.files[:1]],
    )


def test_what_claims_to_be_longer_than_it_is_is_read_as_far_as_it_goes() -> None:
    opened = email_tnef.open_packed(winmail.winmail(winmail.attribute(2, 0x800F, b"abc", 2**32 - 1)))

    assert not opened.whole
    assert opened.files[0].content.startswith(b"abc")


def test_unpacking_stops_at_a_million_octets_whatever_the_rtf_claims() -> None:
    _, _, packed = winmail.squeezed_rtf(
        2**32 - 1, b"\x00{\\rtf1 x" + b"\xff" + b"\x10\x0f" * 8 + (b"\xff" + b"\x0d\x7f" * 8) * 90_000
    )

    assert 0 < len(email_rtf.unpack(packed)) <= 1_000_000


def test_packed_rtf_may_refer_to_what_it_is_just_writing() -> None:
    # [MS-OXRTFCP] 3.2.3: an "x" written once and referred to across the end of the ring.
    packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")

    assert email_rtf.unpack(packed) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi Hello\par there}", "Hello\nthere"),
        (rb"{\rtf1\ansi\ansicpg1256 " + "مرحبا".encode("cp1256") + b"}", "مرحبا"),
        (rb"{\rtf1\ansi\uc1 \u1605?\u1585?\u-10179?\u-8704?}", "مر😀"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator x;}{\info{\title t}}Seen{\pict 00ff}}", "Seen"),
        (rb"{\rtf1 a\{b\}c\\d\~e}", "a{b}c\\d\xa0e"),
        (rb"{\rtf1 never closed {{{", "never closed "),
        (b"{\\rtf1" + b"{" * 5_000 + b"deep", ""),
        (b"no RTF at all", ""),
    ],
    ids=["lines", "code page", "units", "unseen", "signs", "open", "deep", "none"],
)
def test_the_words_of_rtf(rtf: bytes, text: str) -> None:
    assert email_rtf.read(rtf).text == text


def test_html_within_rtf_comes_out_as_html() -> None:
    rtf = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf\par\htmlrtf0 Hello {\*\mhtmltag84 <b>}{\*\htmltag84 <i>}"
        rb"you{\*\htmltag92 </i>}{\*\htmltag84 &amp;}\htmlrtf {\b\htmlrtf0 all\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}}"
    )
    assert email_rtf.read(rtf).html == "<p>Hello <i>you</i>&amp;all</p>"


@pytest.mark.parametrize("kind", [0x02, 0x03, 0x05, 0x0B, 0x14, 0x40, 0x48, 0x1002, 0x1003, 0x101F, 0x1102])
def test_a_name_is_found_behind_properties_of_every_type(kind: int) -> None:
    lengths = {0x02: 4, 0x03: 4, 0x0B: 4, 0x05: 8, 0x14: 8, 0x40: 8, 0x48: 16, 0x1002: 4, 0x1003: 4}
    before = struct.pack("<HH", kind, 0x3705)
    if kind in (0x1002, 0x1003):
        before += struct.pack("<I", 2) + b"\1" * 8
    elif kind in (0x101F, 0x1102):
        before += struct.pack("<I", 2) + (struct.pack("<I", 3) + b"abc\0") * 2
    else:
        before += b"\1" * lengths[kind]
    named = winmail.packed([winmail.text(winmail.LONG_NAME, "a.txt")])[4:]
    properties = winmail.attribute(2, 0x9005, struct.pack("<I", 2) + before + named)
    packed = winmail.winmail(winmail.attribute(2, 0x9002, b""), winmail.attribute(2, 0x800F, b"abc"), properties)

    opened = email_tnef.open_packed(packed)
    assert ([file.name for file in opened.files], opened.whole) == (["a.txt"], True)


def test_a_property_with_a_name_of_its_own_is_passed_by() -> None:
    custom = struct.pack("<HH", 0x03, 0x8001) + b"\0" * 16 + struct.pack("<II", 1, 6) + b"a\0b\0\0\0\0\0" + b"\1" * 4
    named = winmail.packed([winmail.text(winmail.LONG_NAME, "a.txt")])[4:]
    properties = winmail.attribute(2, 0x9005, struct.pack("<I", 2) + custom + named)
    packed = winmail.winmail(winmail.attribute(2, 0x9002, b""), winmail.attribute(2, 0x800F, b"abc"), properties)

    assert email_tnef.open_packed(packed).files[0].name == "a.txt"
