"""Every mail in tests/fixtures/mail is read as the JSON beside it says; mails too large to keep are made here."""

import base64
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.channels import email_in
from chalicelib.channels.email_in import IncomingEmail

FIXTURES = Path(__file__).parents[1] / "fixtures" / "mail"
MAILS = sorted(FIXTURES.glob("*.eml"))


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_a_mail_is_read_as_its_writer_meant_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    del expected["area"], expected["language"]
    read = email_in.summary(path.read_bytes())
    assert {name: read[name] for name in expected} == expected


def test_there_are_fixtures_to_read() -> None:
    assert len(MAILS) >= 150


def test_addresses_are_bare_and_in_lower_case() -> None:
    mail = email_in.read(
        b"From: Alice@Example.COM\r\nTo: Ghusn <Help@ghusn.example>, reply+AB@in.ghusn.example\r\n"
        b"Cc: Friends: charlie@example.org, <Charlie@Example.org>;\r\nReply-To: alice@home.example\r\n\r\nHi"
    )
    assert mail.to == ("help@ghusn.example", "reply+ab@in.ghusn.example")
    assert mail.cc == ("charlie@example.org",)
    assert mail.reply_to == ("alice@home.example",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"<a@b.example> (Monday) <c@d.example>", ("a@b.example", "c@d.example")),
        (b"a@b.example", ("a@b.example",)),
        (b"010701805bea386d-7411ef0f-15be-4188-a177-595ef58bd5b9-000000", None),
        (b"Your message of Monday, 2 March 2026 10:15:00 in the afternoonandevening", ()),
    ],
    ids=["two", "without brackets", "of SES", "a sentence"],
)
def test_the_mails_that_it_answers_are_named_in_every_way(written: bytes, meant: tuple[str, ...] | None) -> None:
    mail = email_in.read(b"From: a@b.example\r\nIn-Reply-To: " + written + b"\r\n\r\nHi")
    assert mail.answers == ((written.decode(),) if meant is None else meant)
    assert mail.in_reply_to == next(iter(mail.answers), None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"Mon, 2 Mar 2026 10:15:00 +0100", datetime(2026, 3, 2, 9, 15, tzinfo=UTC)),
        (b"2 Mar 2026 10:15:00", datetime(2026, 3, 2, 10, 15, tzinfo=UTC)),
        (b"the day before yesterday", None),
        (b"Mon, 99 Mar 99999 10:15:00 +9999999999", None),
        (b"", None),
    ],
)
def test_the_date_is_in_utc_or_unknown(written: bytes, meant: datetime | None) -> None:
    assert email_in.read(b"From: a@b.example\r\nDate: " + written + b"\r\n\r\nHi").date == meant


def test_a_forwarded_mail_is_attached_octet_for_octet() -> None:
    mail = email_in.read((FIXTURES / "forwarded-as-attachment.eml").read_bytes())
    assert mail.attachments[0].content.startswith(b"From: Charlie <charlie@example.org>\r\nSubject: My order\r\n")
    assert mail.attachments[0].content.endswith(b"Where is it?")


def test_an_inline_image_can_be_found_by_its_content_id() -> None:
    mail = email_in.read((FIXTURES / "alternative-with-inline-image.eml").read_bytes())
    assert mail.html is not None and "cid:board@x" in mail.html
    assert [(file.content_id, file.inline) for file in mail.attachments] == [("board@x", True)]


def test_quoted_text_is_kept_apart_and_nothing_is_dropped() -> None:
    mail = email_in.read((FIXTURES / "html-only-outlook-reply.eml").read_bytes())
    assert mail.visible_text == "Thank you, the new board is here.\n\nAlice"
    assert mail.quoted_text.startswith("From: Ghusn")
    assert "A new board is on its way." in mail.quoted_text
    assert "A new board is on its way." in mail.text


REPORTED_AS_PART = b"""Return-Path: <>\r
From: MAILER-DAEMON@mx.example.net\r
Content-Type: multipart/report; report-type=delivery-status; boundary=r\r
\r
--r\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example.net\r
\r
Final-Recipient: rfc822; alice@example.com\r
Action: failed\r
Status: 5.1.1\r
\r
--r\r
Content-Type: message/rfc822\r
\r
Message-ID: <0102@eu-west-1.amazonses.com>\r
References: <tkt_1.thread@ghusn.example>\r
Reply-To: <reply+abc@in.ghusn.example>\r
\r
A new board\r
--r--\r
"""
REPORTED_IN_TEXT = b"""Return-Path: <>\r
From: MAILER-DAEMON@mx.example.net\r
Subject: failure notice\r
\r
Hi. This is the mail program at mx.example.net. I was not able to deliver your message to the following\r
addresses. This is a permanent error; I have given up. Sorry it did not work out.\r
\r
<alice@example.com>:\r
Sorry, no mailbox here by that name. (#5.1.1)\r
\r
--- Below this line is a copy of the message.\r
\r
Message-ID: <0102@eu-west-1.amazonses.com>\r
References: <tkt_1.thread@ghusn.example>\r
Reply-To: <reply+abc@in.ghusn.example>\r
\r
A new board\r
"""


@pytest.mark.parametrize("raw", [REPORTED_AS_PART, REPORTED_IN_TEXT], ids=["as a part", "in the text"])
def test_a_bounce_tells_which_mail_of_ours_came_back(raw: bytes) -> None:
    bounce = email_in.read(raw).bounce
    assert bounce is not None
    assert (bounce.recipients, bounce.status) == (("alice@example.com",), "5.1.1")
    assert bounce.returned_ids == ("0102@eu-west-1.amazonses.com", "tkt_1.thread@ghusn.example")
    assert bounce.returned_reply_to == ("reply+abc@in.ghusn.example",)


def test_twenty_thousand_nested_parts_end_as_one_attachment() -> None:
    head = b"From: alice@example.com\r\nSubject: Deep\r\n"
    levels = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(20_000))
    mail = _quickly(head + levels + b"Content-Type: text/plain\r\n\r\nHi")
    assert mail.subject == "Deep"
    assert [file.content_type for file in mail.attachments] == ["multipart/mixed"]
    assert "nested deeper than 30" in mail.problems[0]


def test_a_thousand_attachments_are_listed_up_to_a_hundred_and_the_rest_named() -> None:
    part = b'--b\r\nContent-Type: image/png; name="photo-%d.png"\r\n\r\nx\r\n'
    parts = b"".join(part % number for number in range(900))
    mail = _quickly(b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"--b--")
    assert len(mail.attachments) == 100
    assert mail.problems[0].startswith("800 more attachments are only in the raw mail: photo-100.png, photo-101.png")


def test_ten_megabytes_of_one_header_do_no_harm() -> None:
    mail = _quickly(b"From: alice@example.com\r\nSubject: " + b"=?utf-8?q?x?= " * 700_000 + b"\r\n\r\nHi")
    assert mail.from_email == "alice@example.com"
    assert mail.text == "Hi"
    assert "the head is longer" in mail.problems[0]


def test_a_million_headers_do_no_harm() -> None:
    mail = _quickly(b"From: alice@example.com\r\n" + b"X: y\r\n" * 1_700_000 + b"\r\nHi")
    assert (mail.from_email, mail.text) == ("alice@example.com", "Hi")


def test_thirty_megabytes_of_attachment_are_read_whole() -> None:
    content = random.Random(1).randbytes(28_000_000)
    head = (
        b"From: a@b.example\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    mail = _quickly(head + base64.encodebytes(content))
    assert mail.attachments[0].content == content


@pytest.mark.parametrize(
    "text",
    [b"> x\n" * 1_000_000, b"From: x\nSent: y\n" * 400_000, b"> q\na\n" * 500_000, b"a <a@b.c> 10:00:\n" * 400_000],
    ids=["quotes", "header blocks", "inline answers", "attributions"],
)
def test_endless_text_takes_no_time_and_is_cut_with_a_word_about_it(text: bytes) -> None:
    mail = _quickly(b"From: a@b.example\r\n\r\n" + text)
    assert len(mail.text) == 500_000
    assert "only in the raw mail" in mail.problems[0]


@pytest.mark.parametrize("seed", range(8))
def test_no_mutation_of_a_mail_makes_the_reader_fail(seed: int) -> None:
    chance = random.Random(seed)
    for path in MAILS:
        mail = email_in.read(_mutated(path.read_bytes(), chance))
        assert not any("the reader failed" in problem for problem in mail.problems), path.stem
        _assert_storable(mail)


def test_a_fault_in_the_reader_still_gives_a_mail_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email_in.email_parts, "parse", lambda raw: 1 / 0)
    assert email_in.read(b"From: a@b.example\r\n\r\nHi").problems == ("the reader failed: ZeroDivisionError",)


def _quickly(raw: bytes) -> IncomingEmail:
    """Read `raw`; generous with time, since what it guards against is quadratic and would take minutes."""
    start = time.process_time()
    mail = email_in.read(raw)
    assert time.process_time() - start < 10
    assert not any("the reader failed" in problem for problem in mail.problems)
    return mail


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    octets = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(octets) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            octets[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del octets[at : at + chance.randint(1, 60)]
        elif kind == 2:
            octets[at:at] = octets[chance.randrange(len(octets) + 1) :][:200]
        elif kind == 3:
            octets[at:at] = chance.choice(
                [b"\r\n", b"\n\n", b"=?utf-8?B?", b'"', b"(", b";", b"--", b"\x00", b"\xff\xfe"]
            )
        else:
            octets[at:at] = chance.randbytes(chance.randint(1, 20))
    return bytes(octets)


def _assert_storable(mail: IncomingEmail) -> None:
    texts = [mail.subject, mail.from_name, mail.text, mail.html or "", mail.visible_text, mail.quoted_text]
    texts += [file.name for file in mail.attachments] + [*mail.to, *mail.cc, *mail.references, *mail.problems]
    for text in texts:
        text.encode("utf-8")
        assert "\x00" not in text
