"""Sign-in by a link: once, by the browser that asked, within a quarter of an hour."""

import pytest

from chalicelib import clock
from chalicelib.actions import sign_in
from chalicelib.errors import Forbidden
from chalicelib.store import customers
from tests.actions.conftest import sent_mail

pytestmark = pytest.mark.usefixtures("cloud")
ALICE = "alice@example.org"


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


def test_an_agent_signs_in_and_nobody_else_is_mailed(run, bob):
    sign_in.ask("agent", bob.email, "en", "browser")
    sign_in.ask("agent", "charlie@example.net", "en", "browser")
    run()

    assert [mail["To"] for mail in sent_mail()] == [bob.email]
    with pytest.raises(Forbidden):
        sign_in.local_link("charlie@example.net", "agent")
