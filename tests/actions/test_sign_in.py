"""Sign-in by a link: once, by the browser that asked, within a quarter of an hour."""

import re
from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.actions import change_customer, send_sign_in, sign_in
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.channels import email_out, queues, sending
from chalicelib.domain.event import SYSTEM
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.sms_settings import SmsSettings
from chalicelib.errors import Forbidden, Invalid, TooManyRequests
from chalicelib.store import customers, shop, sms_spending
from chalicelib.store.table import EventRow, Row
from tests.actions.conftest import sent_mail, sent_sms

pytestmark = pytest.mark.usefixtures("cloud")
ALICE, CHARLIE = "alice@example.org", "charlie@example.org"
NUMBER = "+21620555014"


def link_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return next(word for word in text.split() if "/sign-in/" in word)


def code_in(mail):
    return re.search(r"^(\d{6})\s*$", mail.get_body(("plain",)).get_content(), re.M)[1]


def token_of(link):
    return link.rpartition("/")[2]


def test_a_customer_signs_in_by_the_link_in_her_mail_and_has_proven_her_address(run):
    sign_in.ask("customer", ALICE, "ar", "her browser")
    run()

    (mail,) = sent_mail()
    assert mail["To"] == ALICE
    token = token_of(link_in(mail))
    assert sign_in.look(token).address == ALICE
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
        send_sign_in.send(**waiting[-1][0])
    (_, (arguments, delay)) = waiting
    assert seconds <= delay <= seconds + sign_in.JITTER_SECONDS
    assert sent_mail() == []

    clock.shift(delay + 1)
    send_sign_in.send(**arguments)
    send_sign_in.send(**arguments)
    assert [mail["To"] for mail in sent_mail()] == [ALICE]
    assert len(waiting) == 2


def test_a_sender_that_died_does_not_take_the_link_with_it(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    ((arguments, _),) = waiting
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(email_out, "send", _raising(KeyboardInterrupt()))
        send_sign_in.send(**arguments)

    send_sign_in.send(**arguments)
    assert (sent_mail(), len(waiting)) == ([], 2)
    clock.shift(waiting[-1][1] + 1)
    send_sign_in.send(**arguments)
    assert len(sent_mail()) == 1


def test_a_link_to_an_address_that_is_refused_for_good_is_not_tried_again(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    with monkeypatch.context() as broken:
        broken.setattr(email_out, "send", _raising(sending.Rejected("no such mailbox")))
        send_sign_in.send(**waiting[0][0])
    send_sign_in.send(**waiting[0][0])

    assert (sent_mail(), len(waiting)) == ([], 1)


def test_while_sending_is_held_no_link_is_mailed(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    monkeypatch.setenv("DIWAN_OUTBOUND", "hold")
    send_sign_in.send(**waiting[0][0])
    assert (sent_mail(), len(waiting)) == ([], 2)

    clock.shift(15 * 60 + 1)
    send_sign_in.send(**waiting[1][0])
    assert (sent_mail(), len(waiting)) == ([], 2)


def test_a_link_is_mailed_once_sending_goes_on(waiting, monkeypatch):
    sign_in.ask("customer", ALICE, "en", "her browser")
    with monkeypatch.context() as held:
        held.setenv("DIWAN_OUTBOUND", "hold")
        send_sign_in.send(**waiting[0][0])
    send_sign_in.send(**waiting[1][0])

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


def test_another_browser_than_the_one_that_asked_cannot_spend_the_link_alone(run):
    sign_in.ask("customer", ALICE, "en", "her browser")
    run()
    token = token_of(link_in(sent_mail()[0]))

    with pytest.raises(Invalid, match="other digits"):
        sign_in.spend(token, "charlies browser")
    assert sign_in.spend(token, "her browser")


def test_another_browser_spends_the_link_with_the_code_beside_it(run):
    sign_in.ask("customer", ALICE, "en", "her browser")
    run()
    (mail,) = sent_mail()

    assert sign_in.spend(token_of(link_in(mail)), "her phone", code_in(mail)).address == ALICE


def test_an_agents_link_works_in_no_other_browser_whatever_is_typed(bob):
    sign_in_id = sign_in.ask("agent", bob.email, "en", "his browser")
    token = token_of(sign_in.link(sign_in_id, "agent", "en"))

    assert sign_in.spend(token, "charlies browser", sign_in.digits(sign_in_id)) is None
    assert sign_in.spend(token, "his browser")


def test_a_code_signs_in_once_in_the_browser_that_asked():
    sign_in_id = sign_in.ask("customer", ALICE, "en", "her browser")
    code = sign_in.digits(sign_in_id)

    with pytest.raises(Invalid) as refused:
        sign_in.spend_code(sign_in_id, "charlies browser", code)
    assert refused.value.code == "code-expired"
    assert sign_in.spend_code(sign_in_id, "her browser", f" {code[:3]} {code[3:]} ").address == ALICE
    with pytest.raises(Invalid) as refused:
        sign_in.spend_code(sign_in_id, "her browser", code)
    assert refused.value.code == "code-expired"


def test_a_code_is_read_in_arabic_digits():
    sign_in_id = sign_in.ask("customer", ALICE, "ar", "her browser")
    code = sign_in.digits(sign_in_id).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert sign_in.spend_code(sign_in_id, "her browser", code)


def test_a_code_can_be_guessed_at_five_times_and_the_link_still_works():
    sign_in_id = sign_in.ask("customer", ALICE, "en", "her browser")
    wrong = f"{(int(sign_in.digits(sign_in_id)) + 1) % 10**6:06}"
    codes = []
    for typed in [wrong] * sign_in.MOST_TRIES + [sign_in.digits(sign_in_id)]:
        with pytest.raises(Invalid) as refused:
            sign_in.spend_code(sign_in_id, "her browser", typed)
        codes.append(refused.value.code)

    assert codes == ["code-wrong"] * sign_in.MOST_TRIES + ["code-spent"]
    assert sign_in.spend(token_of(sign_in.link(sign_in_id, "customer", "en")), "her browser")


def test_who_keeps_asking_for_new_codes_to_guess_at_is_stopped_for_the_day(monkeypatch):
    monkeypatch.setattr(sign_in, "TRIES", replace(sign_in.TRIES, most=6))
    codes = []
    for _ in range(2):
        sign_in_id = sign_in.ask("customer", ALICE, "en", "charlies browser")
        for _ in range(sign_in.MOST_TRIES):
            with pytest.raises(Invalid) as refused:
                sign_in.spend_code(sign_in_id, "charlies browser", "no digits")
            codes.append(refused.value.code)

    assert codes == ["code-wrong"] * 6 + ["code-spent"] * 4


def test_a_number_is_texted_the_code_alone_and_is_a_customer_then(run):
    sign_in_id = sign_in.ask("customer", NUMBER, "en", "her browser")
    run()

    ((_, text),) = sent_sms()
    assert sign_in.digits(sign_in_id) in text
    assert "http" not in text
    assert sms_spending.today() > 0
    signed_in = sign_in.spend_code(sign_in_id, "her browser", sign_in.digits(sign_in_id))
    assert customers.get(signed_in.person_id).has_proven("phone", NUMBER)


def test_no_cap_and_no_quiet_hours_hold_a_code(run):
    day = SmsSettings(daily_cap=0.0, quiet_hours=QuietHours("00:00", "23:59"))
    shop.save(replace(shop.read(), sms=day))
    sign_in.ask("customer", NUMBER, "en", "her browser")
    run()

    assert len(sent_sms()) == 1


def test_a_number_that_said_stop_is_texted_nothing_and_nobody_is_told(run):
    change_customer.create({}, [ContactWish("phone", NUMBER, opted_out_of=("sms",))], SYSTEM)
    assert sign_in.ask("customer", NUMBER, "en", "her browser")
    run()

    assert sent_sms() == []


@pytest.mark.parametrize(
    ("name", "whom"),
    [("TEXTS", "number"), ("TEXTS_DAILY", "number"), ("TEXTS_FROM", "network"), ("OF_BROWSER", "browser")],
)
def test_texts_are_bounded_for_a_number_a_browser_and_a_place(monkeypatch, name, whom):
    monkeypatch.setattr(sign_in, name, replace(getattr(sign_in, name), most=1))
    one = {"number": NUMBER, "browser": "one", "network": "192.0.2.1"}
    other = {"number": "+21620555015", "browser": "two", "network": "192.0.2.2"}

    def ask(asked):
        return sign_in.ask("customer", asked["number"], "en", asked["browser"], asked["network"])

    ask(one)
    with pytest.raises(TooManyRequests):
        ask({**other, whom: one[whom]})
    assert ask(other)


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
