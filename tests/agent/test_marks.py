"""What the desk says beside the name of who wrote."""

import pytest

from chalicelib.actions.receive_message import Incoming, receive
from tests.agent.conftest import ALICE


@pytest.mark.parametrize(("proven", "marks"), [(False, ["sender not verified: alice@example.org"]), (True, [])])
def test_a_message_whose_sender_is_not_proven_says_so_beside_the_name(desk, proven, marks):
    ticket = receive(Incoming("email", "It is me.", ALICE, subject="Board", verified=proven)).ticket

    header = desk.go(f"/agent/tickets/{ticket.number}").page.select_one("article.msg header")

    assert [
        " ".join(tag.text.split()).replace("\u2066", "").replace("\u2069", "") for tag in header.select(".tag")
    ] == marks
