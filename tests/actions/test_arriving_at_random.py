"""In whatever order and however often a set of mails is delivered, it makes the same tickets of the same messages."""

import random

import pytest

from chalicelib.actions.receive_mail import receive_mail
from chalicelib.store import tickets
from tests.actions.conftest import mail, sent_mail, store_mail

pytestmark = pytest.mark.usefixtures("cloud")

ALICE, CAROL, CHARLIE = "alice@example.org", "carol@example.com", "charlie@example.net"


def written(name, answers=(), sender=ALICE, dmarc="PASS", **headers):
    """A mail that names those it answers, as its text and as SES finds it."""
    references = {"References": " ".join(f"<{one}@{ALICE[6:]}>" for one in answers)} if answers else {}
    raw = mail("Board", name, From=sender, Message_ID=f"<{name}@{ALICE[6:]}>", **references, **headers)
    return name, raw, dmarc


# The mails of each ticket.
CONVERSATIONS = (
    (
        written("one", Cc=CAROL),
        written("one-more", ("one",), Cc=CAROL),
        written("one-of-carols", ("one", "one-more"), CAROL, Cc=ALICE),
        written("one-at-last", ("one", "one-more", "one-of-carols"), Cc=CAROL),
    ),
    (
        written("two"),
        written("two-more", ("two",)),
        written("two-while-away", ("two", "two-more"), Auto_Submitted="auto-replied"),
    ),
    (written("charlies", sender=CHARLIE), written("charlies-more", ("charlies",), CHARLIE)),
    (written("forged", ("one", "two"), dmarc="GRAY"),),
    (written("charlies-claim", ("one", "one-more", "two"), CHARLIE),),
)


@pytest.mark.parametrize("seed", range(8))
def test_any_order_and_number_of_deliveries_gives_the_same_tickets(run, seed):
    dice = random.Random(seed)
    mails = [one for conversation in CONVERSATIONS for one in conversation]
    delivered = [store_mail(raw, dmarc=dmarc) for _, raw, dmarc in mails for _ in range(dice.randint(1, 3))]
    arriving = delivered + dice.sample(delivered, len(delivered) // 2)
    dice.shuffle(arriving)

    found = {receive_mail(one).ticket_id for one in arriving}
    run()

    threads = [tickets.thread(ticket_id) for ticket_id in found]
    texts = sorted(sorted(message.text for message in thread.messages) for thread in threads)
    assert texts == sorted(sorted(name for name, *_ in conversation) for conversation in CONVERSATIONS)
    assert len({to for one in sent_mail() for to in one.get_all("To")}) == len(sent_mail())
