"""Sign-in by a link: once, by the browser that asked, within a quarter of an hour."""

import pytest

from chalicelib import clock
from chalicelib.actions import sign_in
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.channels import email_out, queues, sending
from chalicelib.errors import Forbidden
from chalicelib.store import customers
from chalicelib.store.table import EventRow, Row
from tests.actions.conftest import sent_mail

pytestmark = pytest.mark.usefixtures("cloud")
ALICE, CHARLIE = "alice@example.org", "charlie@example.org"


def link_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return next(word for word in text.split() if "/sign-in/" in word)


def token_of(link):
    return link.rpartition("/")[2]


def test_a_customer_signs_in_by_the_link_in_her_mail_and_has_proven_her_address(run):
    sign_in.ask("customer", ALICE, "ar", "her browser")
    run()

    (mail,) = sent_mail()
    assert mail["To"] == ALICE
    token = token_of(link_in(mail))
    assert sign_in.look(token).email == ALICE
    signed_in = sign_in.spend(token, "her browser")
    assert (signed_in.role, signed_in.locale) == ("customer", "ar")
    assert customers.get(signed_in.person_id).contacts[0].verified


@pytest.fixture
def waiting(monkeypatch):
    """The delays, in seconds, of the jobs that were queued; the link's id is the last one's."""
    queued = []
    monkeypatch.setattr(queues, "put", lambda jobs, delay=0: queued.extend((one.arguments, delay) for one in jobs))
    return queued


@pytest.mark.parametrize(
    ("fault", "seconds"), [(sending.Throttled("slow down", 2), 2), (sending.Unknown("no answer"), 60)]
)
def test_a_link_that_could_not_be_mailed_is_mailed_later(waiting, monkeypatch, fault, seconds):
    sign_in.ask("customer", ALICE, "en", "her browser")
    with monkeypatch.context() as broken:
        broken.setattr(email_out, "send", _raising(fault))
        sign_in.send(**waiting[-1][0])
    (_, (arguments, delay)) = waiting
    assert seconds <= delay <= seconds + sign_in.JITTER_SECONDS
    assert sent_mail() == []

    clock.shift(delay + 1)
    sign_in.send(**arguments)
    sign_in.send(**arguments)
    assert [mail["To"] for mail in sent_mail()] == [ALICE]
    assert len(waiting) == 2


def test_a_sender_that_died_does_not_take_the_link_with_it(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    ((arguments, _),) = waiting
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(email_out, "send", _raising(KeyboardInterrupt()))
        sign_in.send(**arguments)

    sign_in.send(**arguments)
    assert (sent_mail(), len(waiting)) == ([], 2)
    clock.shift(waiting[-1][1] + 1)
    sign_in.send(**arguments)
    assert len(sent_mail()) == 1


def test_a_link_to_an_address_that_is_refused_for_good_is_not_tried_again(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    with monkeypatch.context() as broken:
        broken.setattr(email_out, "send", _raising(sending.Rejected("no such mailbox")))
        sign_in.send(**waiting[0][0])
    sign_in.send(**waiting[0][0])

    assert (sent_mail(), len(waiting)) == ([], 1)


def test_while_sending_is_held_no_link_is_mailed(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    monkeypatch.setenv("DIWAN_OUTBOUND", "hold")
    sign_in.send(**waiting[0][0])
    assert (sent_mail(), len(waiting)) == ([], 2)

    clock.shift(15 * 60 + 1)
    sign_in.send(**waiting[1][0])
    assert (sent_mail(), len(waiting)) == ([], 2)


def test_a_link_is_mailed_once_sending_goes_on(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    with monkeypatch.context() as held:
        held.setenv("DIWAN_OUTBOUND", "hold")
        sign_in.send(**waiting[0][0])
    sign_in.send(**waiting[1][0])

    assert [mail["To"] for mail in sent_mail()] == [ALICE]


def test_a_link_is_spent_once():
    token = token_of(sign_in.local_link(ALICE, "customer"))

    assert sign_in.spend(token, None)
    assert sign_in.spend(token, None) is None
    assert sign_in.look(token) is None


def test_looking_at_a_link_spends_nothing():
    token = token_of(sign_in.local_link(ALICE, "customer"))
    for _ in range(3):
        assert sign_in.look(token)

    assert sign_in.spend(token, "any browser")


def test_another_browser_than_the_one_that_asked_cannot_spend_the_link(run):
    sign_in.ask("customer", ALICE, "en", "her browser")
    run()
    token = token_of(link_in(sent_mail()[0]))

    assert sign_in.spend(token, "charlies browser") is None
    assert sign_in.spend(token, "her browser")


def test_a_link_works_for_a_quarter_of_an_hour():
    token = token_of(sign_in.local_link(ALICE, "customer"))
    clock.shift(15 * 60 + 1)

    assert sign_in.spend(token, None) is None


def test_a_forged_link_is_none():
    token = token_of(sign_in.local_link(ALICE, "customer"))
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")

    assert sign_in.look(forged) is None
    assert sign_in.look("") is None
    assert sign_in.look("سلام.x") is None


def test_a_known_customer_is_the_same_customer_after_signing_in():
    first = sign_in.spend(token_of(sign_in.local_link(ALICE, "customer")), None)
    second = sign_in.spend(token_of(sign_in.local_link(ALICE, "customer")), None)

    assert first.person_id == second.person_id


def test_what_signing_in_does_to_a_customer_is_told_once():
    written = receive(Incoming("email", "Can it be saved?", Person("email", ALICE, "Alice")))
    for email in (ALICE, ALICE, CHARLIE, CHARLIE):
        sign_in.spend(token_of(sign_in.local_link(email, "customer")), None)

    alice, charlie = written.ticket.customer_id, customers.by_contact("email", CHARLIE).id
    told = [(row.type, row.subject, row.actor) for row in Row.scan() if isinstance(row, EventRow)]
    assert sorted(one[:2] for one in told) == [
        ("customer.created", alice),
        ("customer.created", charlie),
        ("customer.updated", alice),
        ("ticket.created", written.ticket.id),
    ]
    assert {"type": "customer", "id": charlie} in [actor for *_, actor in told]
    assert [customers.get(id).version for id in (alice, charlie)] == [2, 1]


def test_an_agent_signs_in_and_nobody_else_is_mailed(run, bob):
    sign_in.ask("agent", bob.email, "en", "browser")
    sign_in.ask("agent", "charlie@example.net", "en", "browser")
    run()

    assert [mail["To"] for mail in sent_mail()] == [bob.email]
    with pytest.raises(Forbidden):
        sign_in.local_link("charlie@example.net", "agent")


def _raising(error):
    def fail(*args, **kwargs):
        raise error

    return fail
