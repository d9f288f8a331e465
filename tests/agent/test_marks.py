"""What the desk says beside the name of who wrote."""

import pytest

from chalicelib.actions.incoming import Hint, Incoming, Source
from chalicelib.actions.receive_message import receive
from tests.agent.conftest import ALICE


@pytest.mark.parametrize(("proven", "marks"), [(False, ["sender not verified: alice@example.org"]), (True, [])])
def test_a_message_whose_sender_is_not_proven_says_so_beside_the_name(desk, proven, marks):
    ticket = receive(Incoming("email", "It is me.", ALICE, subject="Board", verified=proven)).ticket

    header = desk.go(f"/agent/tickets/{ticket.number}").page.select_one("article.msg header")

    assert [
        " ".join(tag.text.split()).replace("\u2066", "").replace("\u2069", "") for tag in header.select(".tag")
    ] == marks


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("reply-address", {"en": "Here by the address it was sent to", "ar": "هنا بحسب العنوان الذي أُرسل إليه"}),
        ("in-reply-to", {"en": "Here by the mail it answers", "ar": "هنا بحسب البريد الذي يردّ عليه"}),
        ("references", {"en": "Here by an earlier mail it names", "ar": "هنا بحسب بريد سابق يذكره"}),
        ("quoted", {"en": "Here by a mail that others here name", "ar": "هنا بحسب بريد تذكره رسائل أخرى هنا"}),
        ("subject", {"en": "Here by the number in its subject", "ar": "هنا بحسب الرقم في موضوعه"}),
    ],
)
def test_a_mail_says_why_it_is_in_this_ticket(desk, reason, words):
    ticket = receive(Incoming("email", "A board.", ALICE, subject="Board")).ticket
    came = Source(("MAIL#one", "-"), raw_key="received/one")
    receive(Incoming("email", "Once more.", ALICE, hints=(Hint(ticket.id, reason, proven=True),), source=came))

    for lang, wanted in words.items():
        desk.go("/agent/tickets").send("/agent/language", button=lang)
        *_, message = desk.go(f"/agent/tickets/{ticket.number}").page.select("article.msg")
        assert wanted in " ".join(message.text.split())
