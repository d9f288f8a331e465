"""Suspended mail on the desk: seen with its cause, released or deleted with one press, its sender blocked."""

import pytest

from chalicelib import clock
from chalicelib.actions import release_mail
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import email_in
from chalicelib.errors import NotFound
from chalicelib.store import blocked_senders, files, suspended, tickets
from tests.actions.conftest import mail, store_mail
from tests.actions.test_account_mail import check


@pytest.fixture
def offer(browse):
    """A mail that SES takes for spam."""
    stored = store_mail(mail("Cheap <b>watches</b>", "Buy <script>alert(1)</script> now."), spam="FAIL")
    receive_mail(stored)
    return stored


def csrf_of(desk):
    return desk.page.find("input", attrs={"name": "csrf"})["value"]


def listed(desk):
    return [one.get_text(strip=True) for one in desk.go("/agent/suspended").page.select(".row .subject")]


def test_a_stranger_sees_none_of_it(browse, offer):
    address = f"/agent/suspended/sus_{offer.id}"
    for page in ("/agent/suspended", address, f"{address}/raw"):
        assert browse().go(page).address == "/agent/sign-in"
    browse().post(f"{address}/release")
    assert suspended.get(offer.id)


def test_each_is_listed_with_its_sender_subject_and_cause_and_the_navigation_counts_them(desk, offer):
    assert listed(desk) == ["Cheap <b>watches</b>"]
    row = desk.page.select_one(".row").get_text(" ", strip=True)
    for words in ("Alice", "alice@example.org", "It looks like spam.", "kept until"):
        assert words in row
    assert desk.go("/agent/tickets").page.select_one(".side .n").get_text(strip=True).endswith("1")


def test_nothing_suspended_is_said_so(desk):
    assert "Nothing is held back" in desk.go("/agent/suspended").text
    assert desk.page.select_one(".side .n") is None


def test_the_page_of_one_shows_its_text_as_text(desk, offer):
    desk.go(f"/agent/suspended/sus_{offer.id}")

    assert "Buy <script>alert(1)</script> now." in desk.page.select_one(".msg .body").get_text()
    assert desk.page.select_one(".msg script") is None


def test_one_press_releases_it_and_leads_to_its_ticket(desk, offer):
    desk.go("/agent/suspended").send(f"/agent/suspended/sus_{offer.id}/release")

    link = desk.page.select_one(".banner a")["href"]
    assert desk.go(link).page.select_one("h1").get_text(strip=True).endswith("Cheap <b>watches</b>")
    assert listed(desk) == []
    desk.post(f"/agent/suspended/sus_{offer.id}/release", csrf=csrf_of(desk))
    assert desk.page.select_one(".banner a")["href"] == link


def test_one_press_deletes_it_and_another_takes_it_back(desk, offer):
    desk.go("/agent/suspended").send(f"/agent/suspended/sus_{offer.id}/delete")
    assert "Deleted." in desk.text
    assert (listed(desk), suspended.get(offer.id), suspended.count(9)) == ([], None, 0)
    assert desk.go(f"/agent/suspended/sus_{offer.id}").status == 404

    desk.go(f"/agent/suspended?done=deleted&mail=sus_{offer.id}").send(f"/agent/suspended/sus_{offer.id}/restore")
    assert "It is back on the list." in desk.text
    desk.send(f"/agent/suspended/sus_{offer.id}/release")
    assert "Released." in desk.text


def test_what_was_deleted_is_gone_for_good_when_its_days_are_over(desk, offer):
    desk.go("/agent/suspended").send(f"/agent/suspended/sus_{offer.id}/delete")
    clock.shift(13 * 86_400)
    assert (release_mail.expire(), files.find_mail(offer.key) is None) == (0, False)
    clock.shift(2 * 86_400)
    assert (release_mail.expire(), files.find_mail(offer.key)) == (1, None)
    with pytest.raises(NotFound):
        release_mail.take_back(offer.id)


def test_what_is_not_deleted_cannot_be_taken_back(desk, offer):
    desk.post(f"/agent/suspended/sus_{offer.id}/restore", csrf=csrf_of(desk.go("/agent/suspended")))
    assert desk.status == 404
    assert suspended.get(offer.id)


def test_the_mail_as_it_came_is_downloaded_and_never_shown(desk, offer):
    desk.go(f"/agent/suspended/sus_{offer.id}/raw")

    assert desk.status == 303
    assert "response-content-disposition=attachment%3B%20filename%3Dsuspended-20" in desk.address
    assert offer.key in desk.address


def test_the_mail_that_a_message_came_as_is_one_press_away(desk, browse):
    outcome = receive_mail(store_mail(mail()))
    number = tickets.get(outcome.ticket_id).number
    link = desk.go(f"/agent/tickets/{number}").page.find("a", string="Original mail")["href"]

    assert f"attachment%3B%20filename%3D{number}-20" in desk.go(link).address
    assert browse().go(link).address == "/agent/sign-in"
    assert desk.go(link.replace(outcome.message_id, "msg_none")).status == 404


def test_its_sender_is_blocked(desk, offer):
    desk.go(f"/agent/suspended/sus_{offer.id}").send(f"/agent/suspended/sus_{offer.id}/block")

    assert blocked_senders.is_blocked("alice@example.org")
    assert "opens no ticket any more" in desk.text


def test_a_colleague_is_not_blocked(desk, bob):
    stored = store_mail(mail(From=bob.email), spam="FAIL")
    receive_mail(stored)
    desk.go(f"/agent/suspended/sus_{stored.id}").send(f"/agent/suspended/sus_{stored.id}/block")

    assert desk.status == 422
    assert "Blocking it would keep us out." in desk.text


def test_a_mail_without_a_sender_offers_no_release(desk):
    stored = store_mail(b"Subject: nobody\r\n\r\nhello")
    receive_mail(stored)
    desk.go(f"/agent/suspended/sus_{stored.id}")

    assert desk.page.find("form", action=f"/agent/suspended/sus_{stored.id}/release") is None
    assert desk.post(f"/agent/suspended/sus_{stored.id}/release", csrf=csrf_of(desk)).status == 422


def test_a_mail_that_cannot_be_read_is_seen_all_the_same(desk, monkeypatch):
    stored = store_mail(mail())
    monkeypatch.setattr(email_in, "read", lambda raw: 1 / 0)
    check(stored.key, tries=5)

    desk.go(f"/agent/suspended/sus_{stored.id}")
    assert "There is no text to show." in desk.text
    assert "ZeroDivisionError" in desk.text
    assert desk.page.find("form", action=f"/agent/suspended/sus_{stored.id}/release") is None


def test_what_is_gone_is_not_there(desk, offer):
    release_mail.delete(offer.id)
    for id in (f"sus_{offer.id}", offer.id):
        assert desk.go(f"/agent/suspended/{id}").status == 404


def test_pages_follow_each_other(desk):
    for n in range(27):
        receive_mail(store_mail(mail(f"Offer {n}"), spam="FAIL"))
        clock.shift(1)
    first = listed(desk)
    desk.go(desk.page.select_one(".pager a")["href"])
    rest = [one.get_text(strip=True) for one in desk.page.select(".row .subject")]

    assert first + rest == [f"Offer {n}" for n in range(26, -1, -1)]


def test_it_speaks_arabic(desk, offer):
    desk.post("/agent/language", csrf=csrf_of(desk.go("/agent/suspended")), locale="ar", next="/agent/suspended")

    assert "تبدو رسالة غير مرغوب فيها." in desk.text
    assert "الرسائل المحجوزة" in desk.text


@pytest.fixture
def infected(browse):
    stored = store_mail(mail("An invoice", "Open it."), virus="FAIL")
    receive_mail(stored)
    return stored


def test_the_button_that_releases_a_virus_says_so(desk, infected):
    address = f"/agent/suspended/sus_{infected.id}"
    assert "Release with its virus" in desk.go("/agent/suspended").text
    assert desk.go(address).page.select_one(".btn.main").text.startswith("Delete")
    assert "can harm us all" in desk.text

    desk.send(f"{address}/release")
    assert suspended.get(infected.id) is None


def test_a_released_mail_carries_its_cause_on_the_ticket(desk, infected, offer):
    desk.go("/agent/suspended").send(f"/agent/suspended/sus_{infected.id}/release")
    desk.go(desk.page.select_one('.banner a[href^="/agent/tickets/"]')["href"])
    assert "Kept apart when it came, and released by an agent: It holds a virus." in desk.text

    desk.go("/agent/suspended").send(f"/agent/suspended/sus_{offer.id}/release")
    desk.go(desk.page.select_one('.banner a[href^="/agent/tickets/"]')["href"])
    assert "released by an agent: It looks like spam." in desk.text


@pytest.mark.parametrize(("verdict", "told"), [("PROCESSING_FAILED", True), ("PASS", False)])
def test_what_nobody_scanned_says_so(desk, verdict, told):
    ticket_id = receive_mail(store_mail(mail(), virus=verdict)).ticket_id
    desk.go(f"/agent/tickets/{tickets.get(ticket_id).number}")
    assert ("Nobody could look for a virus in it." in desk.text) is told
