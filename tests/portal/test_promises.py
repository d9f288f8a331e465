"""When an answer comes: promised on the form, after sending and in the receipt, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import clock, i18n, render
from chalicelib.actions import deliver_message
from chalicelib.domain.business_hours import WEEKDAYS, BusinessHours, Window
from chalicelib.store import customers, shop, ticket_lists, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import Wanted
from tests.actions.conftest import sent_mail
from tests.portal import samples

ALICE = "alice@example.org"
TYPED = {"email": ALICE, "subject": "My board has split", "text": "Can it be saved?"}
EVERY_DAY = BusinessHours({day: (Window("09:00", "18:00"),) for day in WEEKDAYS}, reply_within=240)
NOON = datetime(2030, 3, 13, 11, 0, tzinfo=UTC)  # a Wednesday, 12:00 in Tunis


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def at_noon(browse):
    """A shop in Tunis that is open every day and answers within four hours; it is Wednesday noon there."""
    shop.save(replace(samples.SHOP, business_hours=EVERY_DAY))
    clock.shift((NOON - clock.now()).total_seconds())


def ask(browser, language="en"):
    return browser.go(f"/{language}/tickets/new").send(f"/{language}/tickets/new", **TYPED)


def receipt_of(ticket):
    (delivery,) = tickets.thread(ticket.id).deliveries.values()
    deliver_message.deliver(ticket.id, delivery.message_id, "receipt")
    return sent_mail()[-1]


def newest():
    return ticket_lists.page(Wanted(), 25).tickets[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We answer within 5 hours: today, before 16:05."),
        ("ar", "نردّ عليك خلال 5 ساعات: اليوم قبل 16:05."),
    ],
)
def test_the_form_and_the_page_after_sending_say_when_an_answer_comes(browse, at_noon, language, words):
    clock.shift(60)
    browser = browse(language=language)

    assert words in browser.go(f"/{language}/tickets/new").text
    assert words in ask(browser, language).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We answer within 5 hours: on Wednesday, 13 March, before 16:05."),
        ("ar", "نردّ عليك خلال 5 ساعات: يوم الأربعاء، 13 مارس قبل 16:05."),
    ],
)
def test_the_receipt_names_the_day_for_it_may_be_read_on_another(browse, at_noon, language, words):
    clock.shift(60)
    ask(browse(language=language), language)
    mail = receipt_of(newest())

    assert words in " ".join(mail.get_body(("plain",)).get_content().split())
    assert words.split(".")[0] in mail.get_body(("html",)).get_content()


def test_times_are_told_in_the_customers_own_zone_where_it_is_known(browse, at_noon):
    ask(browse())
    alice = customers.get(newest().customer_id)
    change = Changes()
    customers.save(change, alice, replace(alice, time_zone="Asia/Kolkata"))
    change.commit()
    mail = receipt_of(newest())

    assert "before 20:35." in mail.get_body(("plain",)).get_content()


def test_a_promise_that_is_over_is_not_given(browse, at_noon):
    ask(browse())
    clock.shift(timedelta(hours=5).total_seconds())
    mail = receipt_of(newest())

    assert "We answer" not in mail.get_body(("plain",)).get_content()


def test_without_hours_no_time_is_promised(browse):
    browser = ask(browse())

    assert "We answer within" not in browser.text and "before" not in browser.text
    assert "We answer within" not in receipt_of(newest()).get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("lang", "words", "most"),
    [
        ("en", "Ghusn: got it, ticket #2041. We answer today, before 16:00. Reply here to add anything.", 160),
        ("ar", "غُصن: وصلت رسالتك، التذكرة \u2068#2041\u2069. نردّ عليك اليوم قبل 16:00. يمكنك الإضافة بالردّ هنا.", 134),
    ],
    ids=["en", "ar"],
)
def test_a_receipt_by_sms_stays_short(at_noon, lang, words, most):
    told = {"shop": samples.SHOP, "ticket_number": 2041, "time_zone": "Africa/Tunis"}
    text = render.sms("receipt", lang, **told, reply_by=NOON + timedelta(hours=4))

    assert text == words and len(text) <= most


@pytest.mark.parametrize(
    ("due", "english", "arabic"),
    [
        ("2030-03-13T17:00:00", "We answer today, before 18:00.", "نردّ عليك اليوم قبل 18:00."),
        ("2030-03-13T23:00:00", "We answer tomorrow, before 00:00.", "نردّ عليك غدًا قبل 00:00."),
        ("2030-03-14T08:00:00", "We answer tomorrow, before 09:00.", "نردّ عليك غدًا قبل 09:00."),
        ("2030-03-16T08:00:00", "We answer on Saturday, before 09:00.", "نردّ عليك يوم السبت قبل 09:00."),
        ("2030-03-20T08:00:00", "We answer on 20 March, before 09:00.", "نردّ عليك يوم 20 مارس قبل 09:00."),
    ],
    ids=["today", "midnight", "tomorrow", "this-week", "later"],
)
def test_a_day_is_called_as_people_call_it(at_noon, due, english, arabic):
    assert i18n.promise(utc(due), "en", "Africa/Tunis") == english
    assert i18n.promise(utc(due), "ar", "Africa/Tunis") == arabic


@pytest.mark.parametrize(
    ("hours", "english", "arabic"),
    [
        (0.1, "10 minutes", "10 دقائق"),
        (1, "60 minutes", "60 دقيقة"),
        (1.1, "2 hours", "ساعتين"),
        (3, "3 hours", "3 ساعات"),
        (30, "30 hours", "30 ساعة"),
        (37, "2 days", "يومين"),
        (9 * 24, "9 days", "9 أيام"),
        (15 * 24, "3 weeks", "3 أسابيع"),
    ],
)
def test_how_long_is_never_said_too_short(hours, english, arabic):
    due = NOON + timedelta(hours=hours)

    assert i18n.within(due, NOON, "en") == english
    assert i18n.within(due, NOON, "ar") == arabic
