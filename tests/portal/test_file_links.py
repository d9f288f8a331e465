"""Files that would make a mail too large: linked in it, fetched without signing in for a month, then in the ticket."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib import clock, ids, signing
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain import mail_files
from chalicelib.domain.message import Attachment
from chalicelib.store import files, messages
from tests.actions.conftest import run, sent_mail  # noqa: F401 (fixture)

SITE = "https://help.ghusn.example"
ALICE = Person("email", "alice@example.org", "Alice")


def attached(name, size):
    file = Attachment(ids.new("att"), name, "application/pdf", size, f"attachments/{name}")
    files.put(file.key, b"x" * size, file.content_type)
    return file


@pytest.fixture
def answer(bob, run):  # noqa: F811
    """Answers Alice with files; gives the mail and the message."""

    def answered(*attachments, locale="en"):
        opened = receive(Incoming("email", "Which saw?", ALICE, subject="Saws", locale=locale, answerable=False)).ticket
        sent = reply(opened.id, bob, Reply("Both catalogues.", attachments=attachments))
        run()
        return sent_mail()[-1], sent.message

    return answered


def links(mail, kind="plain"):
    words = mail.get_body((kind,)).get_content()
    return [word.strip('<>"') for word in words.replace('href="', " ").split() if "/files/" in word]


def test_a_file_that_fits_travels_and_one_that_does_not_is_linked_in_both_forms(answer):
    mail, _ = answer(attached("saws.pdf", 6_000_000), attached("oil.pdf", 1_000), attached("boards.pdf", 2_000_000))

    assert sorted(part.get_filename() for part in mail.iter_attachments()) == ["boards.pdf", "oil.pdf"]
    text = mail.get_body(("plain",)).get_content()
    assert "saws.pdf (6 MB)" in text and "Too large for an email" in text
    assert len(links(mail)) == 1
    assert links(mail)[0] in mail.get_body(("html",)).get_content()


def test_without_large_files_nothing_is_said_of_links(answer):
    mail, _ = answer(attached("oil.pdf", 1_000))

    assert "Too large" not in mail.as_string()


def test_no_mail_passes_the_limit_however_many_files_it_has(answer):
    mail, message = answer(*[attached(f"{number}.pdf", 400_000) for number in range(15)])

    travelling = list(mail.iter_attachments())
    assert len(mail.as_bytes()) < mail_files.MOST_OCTETS
    assert len(travelling) + len(links(mail)) == len(message.attachments) == 15
    assert len(travelling) > 10


def test_the_link_works_without_signing_in_and_tells_nobody(answer, browse):
    mail, _ = answer(attached("saws.pdf", 8_000_000))
    stranger = browse()

    for _ in range(2):
        stranger.go(links(mail)[0].removeprefix(SITE))
        assert "attachment" in parse_qs(urlsplit(stranger.header("location")).query)["response-content-disposition"][0]
        assert parse_qs(urlsplit(stranger.header("location")).query)["X-Amz-Expires"] == ["300"]
        assert stranger.header("referrer-policy") == "no-referrer"
        assert "noindex" in stranger.header("x-robots-tag")
        assert stranger.header("cache-control") == "no-store"


def test_after_a_month_it_leads_to_the_ticket_which_asks_who_one_is(answer, browse):
    mail, message = answer(attached("saws.pdf", 8_000_000))
    clock.shift(timedelta(days=30, minutes=1).total_seconds())

    assert browse().go(links(mail)[0].removeprefix(SITE)).address == "/en/sign-in"
    assert messages.get(message.ticket_id, message.id).attachments


@pytest.mark.parametrize(
    "told",
    [["tkt_x", "msg_x", "att_x", 4_000_000_000], "nonsense"],
    ids=["of nothing that stands", "of another shape"],
)
def test_a_link_to_nothing_is_not_found(browse, told):
    assert browse().go(f"/en/files/{signing.seal('file-link', told)}").status == 404


def test_a_link_that_somebody_changed_is_not_found(answer, browse):
    mail, _ = answer(attached("saws.pdf", 8_000_000))
    told, _, signature = links(mail)[0].removeprefix(SITE).rpartition(".")

    # Not its last letter, which holds bits that no octet has.
    changed = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert browse().go(f"{told}.{changed}").status == 404


def test_an_arabic_mail_says_it_in_arabic(answer):
    mail, _ = answer(attached("مناشير.pdf", 8_000_000), locale="ar")

    assert "/ar/files/" in links(mail)[0]
    assert "حتّى" in mail.get_body(("plain",)).get_content()
