"""An agent is mailed what happens in a ticket of his: once for each message, and no customer with it."""

import pytest

from chalicelib import clock, ids
from chalicelib.actions import record_delivery
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.merge_tickets import merge
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.record_delivery import Report
from chalicelib.actions.send_reply import Opening, Reply, reply, start
from chalicelib.domain.agent import Agent
from chalicelib.domain.event import Actor
from chalicelib.store import customers, staff
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, mails_to, sent_mail, set_agent, store_mail, text_of, thread_of
from tests.actions.test_receive_mail import bounce_of

pytestmark = pytest.mark.usefixtures("cloud")

SALMA = Actor("agent", "agt_salma")


@pytest.fixture
def asked(run):
    """The id of Alice's ticket; her receipt has gone out."""
    ticket_id = receive_mail(store_mail(mail())).ticket_id
    run()
    return ticket_id


@pytest.fixture
def bobs(asked, bob, run):
    """The id of Alice's ticket, which Salma gave to Bob; he was told."""
    change_ticket(asked, {"assignee_id": bob.id}, SALMA)
    run()
    return asked


def answer_of_alice(ticket_id, text, **headers):
    number = thread_of(ticket_id).ticket.number
    return receive_mail(store_mail(mail(f"Re: My board has split [#{number}]", text, **headers)))


def test_bob_is_mailed_the_ticket_that_somebody_gave_him(bobs):
    (notice,) = mails_to("bob@ghusn.example")
    ticket = thread_of(bobs).ticket

    assert notice["Subject"] == f"My board has split [#{ticket.number}]"
    assert "Hello, can it be saved?" in text_of(notice)
    assert f"https://help.ghusn.example/agent/tickets/{ticket.number}" in text_of(notice)
    assert "What you answer to this email goes to the customer." in text_of(notice)
    assert "Hello, can it be saved?" in notice.get_body(("html",)).get_content()
    assert (notice["Auto-Submitted"], notice["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert notice["From"].endswith("<help@ghusn.example>")
    assert notice["Reply-To"].startswith("reply+")


def test_bob_is_mailed_what_alice_writes_in_his_ticket(bobs, run):
    answer_of_alice(bobs, "And the other one, too.")
    run()

    _, notice = mails_to("bob@ghusn.example")
    assert "And the other one, too." in text_of(notice)
    assert len(mails_to("alice@example.org")) == 1, "her receipt, and nothing since"


def test_a_notice_never_shows_a_note(bob, run):
    opening = Opening("Your board", Reply("Hello Alice."), {}, Person("email", "alice@example.org", "Alice"))
    ticket_id = start(bob, opening).ticket.id
    reply(ticket_id, bob, Reply("She never pays her bills.", visibility="internal"))
    change_ticket(ticket_id, {"assignee_id": bob.id}, SALMA)
    run()

    (notice,) = mails_to("bob@ghusn.example")
    assert "Hello Alice." in text_of(notice)
    assert "bills" not in str(notice)


def test_a_notice_is_written_in_the_agents_own_language(asked, bob, run):
    change_ticket(asked, {"assignee_id": set_agent(bob, locale="ar").id}, SALMA)
    run()

    (notice,) = mails_to("bob@ghusn.example")
    assert "ما تكتبه ردًّا على هذه الرسالة يصل إلى العميل." in text_of(notice)
    assert 'dir="rtl"' in notice.get_body(("html",)).get_content()


def test_who_takes_a_ticket_himself_is_not_mailed_that(asked, bob, run):
    change_ticket(asked, {"assignee_id": bob.id}, Actor("agent", bob.id))
    run()

    assert mails_to("bob@ghusn.example") == []


def test_an_agent_is_told_of_one_message_once_however_often_the_ticket_is_given_to_him(bobs, bob, run):
    for assignee in (None, bob.id, None, bob.id):
        change_ticket(bobs, {"assignee_id": assignee}, SALMA)
    run()

    assert len(mails_to("bob@ghusn.example")) == 1


def test_each_agent_is_told_of_a_ticket_that_goes_from_one_to_the_other(bobs, run):
    dana, change = Agent(ids.new("agt"), "Dana", "dana@ghusn.example", "agent", clock.now()), Changes()
    staff.add_agent(change, dana)
    change.commit()
    change_ticket(bobs, {"assignee_id": dana.id}, SALMA)
    run()

    assert [len(mails_to(one)) for one in ("bob@ghusn.example", "dana@ghusn.example")] == [1, 1]


@pytest.mark.parametrize("wanted", [{"notifications": "none"}, {"active": False}], ids=["wants none", "left"])
def test_who_wants_no_notices_or_left_is_mailed_nothing(bobs, bob, run, wanted):
    set_agent(bob, **wanted)
    answer_of_alice(bobs, "Are you there?")
    run()

    assert len(mails_to("bob@ghusn.example")) == 1, "the one from before"


def test_an_absence_note_and_a_stranger_are_nothing_to_be_told_of(bobs, bob, run):
    reply(bobs, bob, Reply("Let me look."))
    run()
    address = next(one["Reply-To"] for one in mails_to("alice@example.org") if one["Auto-Submitted"] is None)
    answer_of_alice(bobs, "I am away.", Auto_Submitted="auto-replied")
    receive_mail(store_mail(mail("Hello", "Let me in.", From="charlie@example.net"), address))
    run()

    assert len(thread_of(bobs).messages) == 4
    assert len(mails_to("bob@ghusn.example")) == 1


def test_the_same_mail_delivered_again_is_one_notice(bobs, run):
    stored = store_mail(mail(f"Re: [#{thread_of(bobs).ticket.number}]", "Once.", Message_ID="<once@example.org>"))
    for _ in range(3):
        receive_mail(stored)
    answer_of_alice(bobs, "Another.")
    run()

    assert len(mails_to("bob@ghusn.example")) == 3


def test_a_bounce_of_a_notice_marks_neither_the_customer_nor_what_she_was_sent(bobs, bob, run):
    receive_mail(store_mail(mail("Something of mine", From="Bob <bob@ghusn.example>")))
    sent = reply(bobs, bob, Reply("Let me look."))
    run()
    found = thread_of(bobs)
    notice = next(one for one in found.deliveries.values() if one.agent_id)
    told = Report("bounced", notice.provider_id, notice.tag, "gone", bob.email, mark="bounce")
    record_delivery.record(told)

    after = thread_of(bobs).deliveries
    assert after[notice.message_id, notice.purpose].state == "bounced"
    assert after[sent.message.id, "reply"].state == "sent"
    assert not customers.by_contact("email", "alice@example.org").contacts[0].suppressed
    assert not customers.by_contact("email", bob.email).contacts[0].suppressed


def test_a_bounce_that_names_no_delivery_finds_the_notice_by_its_id(bobs):
    notice = next(one for one in thread_of(bobs).deliveries.values() if one.agent_id)
    record_delivery.record(Report("bounced", notice.provider_id))

    states = {one.purpose: one.state for one in thread_of(bobs).deliveries.values()}
    assert states == {"receipt": "sent", notice.purpose: "bounced"}


@pytest.mark.parametrize(("state", "mark"), [("bounced", "bounce"), ("delivered", "complaint")])
def test_who_refuses_a_notice_for_good_is_sent_no_more_of_them_and_it_shows(bobs, bob, run, state, mark):
    notice = next(one for one in thread_of(bobs).deliveries.values() if one.agent_id)
    record_delivery.record(Report(state, notice.provider_id, notice.tag, address=bob.email, reason=mark, mark=mark))
    before = len(mails_to(bob.email))
    receive_mail(store_mail(mail("Re: My board", "One more thing."), sent_mail()[0]["Reply-To"]))
    run()

    assert staff.agent(bob.id).notifications == "none"
    assert len(mails_to(bob.email)) == before


def test_what_came_back_from_an_address_he_has_no_more_stops_nothing(bobs, bob):
    notice = next(one for one in thread_of(bobs).deliveries.values() if one.agent_id)
    set_agent(bob, email="bob.new@ghusn.example")
    record_delivery.record(Report("bounced", notice.provider_id, notice.tag, "gone", bob.email, mark="bounce"))

    assert staff.agent(bob.id).notifications == "assigned"


def test_a_mailed_bounce_of_a_notice_marks_the_notice_alone(bobs):
    (notice,) = mails_to("bob@ghusn.example")
    bounce = bounce_of(notice["Reply-To"]).replace(b"alice@example.org", b"bob@ghusn.example")
    outcome = receive_mail(store_mail(bounce))

    states = {one.agent_id is not None: one.state for one in thread_of(bobs).deliveries.values()}
    assert (outcome.reason, states) == ("bounce", {False: "sent", True: "bounced"})
    assert not customers.by_contact("email", "alice@example.org").contacts[0].suppressed


def test_a_ticket_given_away_days_after_it_came_is_told_of_all_the_same(asked, bob, run):
    clock.shift(5 * 24 * 3600)
    change_ticket(asked, {"assignee_id": bob.id}, SALMA)
    run()

    assert len(mails_to("bob@ghusn.example")) == 1


def test_two_tickets_given_away_at_once_are_two_notices_and_merging_them_is_none(bobs, bob, run):
    other = receive_mail(store_mail(mail("Another one", "Something else."))).ticket_id
    change_ticket(other, {"assignee_id": bob.id}, SALMA)
    merge(other, bobs, SALMA)
    run()

    assert len(mails_to("bob@ghusn.example")) == 2


def test_a_notice_of_a_ticket_that_was_merged_is_of_the_newest_message_of_all(asked, bob, run):
    other = receive_mail(store_mail(mail("Another one", "Something newer."))).ticket_id
    merge(other, asked, SALMA)
    change_ticket(asked, {"assignee_id": bob.id}, SALMA)
    run()

    (notice,) = mails_to("bob@ghusn.example")
    assert "Something newer." in text_of(notice)
    assert f"[#{thread_of(asked).ticket.number}]" in notice["Subject"]
