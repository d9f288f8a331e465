"""What an admin sets of the shop itself: names, languages, hours, rules, texts. What cannot be is told beside it."""

import pytest

from chalicelib.actions import change_settings, change_staff
from chalicelib.domain.business_hours import Window
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.store import shop, sms_spending

SETTINGS = "/agent/settings"


def sent(browser, page, **typed):
    return browser.go(f"{SETTINGS}/{page}").send(f"{SETTINGS}/{page}", **typed)


def test_names_languages_and_clock(boss):
    sent(boss, "shop", names_en="Ghusn", taglines_ar="خشب الزيتون", speaks_ar="", time_zone="Africa/Tunis")
    saved = shop.load()
    assert boss.address == f"{SETTINGS}/shop?done=saved"
    assert (saved.names["en"], saved.taglines["ar"], saved.locales) == ("Ghusn", "خشب الزيتون", ("en",))
    assert saved.time_zone == "Africa/Tunis"


def test_a_language_that_is_not_spoken_is_nobodys_first(boss):
    sent(boss, "shop", speaks_en="", default_locale="en")
    assert (boss.status, boss.errors) == (422, ["default_locale"])


def test_the_last_language_stays(boss):
    sent(boss, "shop", speaks_en="", speaks_ar="")
    assert (boss.status, boss.page.select_one(".banner a") is not None) == (422, True)
    assert shop.load().locales == ("en", "ar")


def test_the_week_the_holidays_and_the_promise(boss):
    sent(boss, "hours", week_monday="9-12:30, 14:00–18", holidays="2026-12-25\n2026-01-01", reply_within_hours="4")
    hours = shop.load().business_hours
    assert hours.week == {"monday": (Window("09:00", "12:30"), Window("14:00", "18:00"))}
    assert (hours.holidays, hours.reply_within) == (("2026-01-01", "2026-12-25"), 240)
    boss.go(f"{SETTINGS}/hours")
    assert boss.page.select_one("#week_monday")["value"] == "09:00-12:30, 14:00-18:00"

    sent(boss, "hours", reply_within_hours="", reply_within_minutes="")
    assert shop.load().business_hours.reply_within is None


def test_hours_and_numbers_are_taken_in_the_digits_of_an_arabic_keyboard(boss):
    sent(boss, "hours", week_monday="٠٩:٠٠-١٢:٣٠، ١٤-۱۸:۰۰", holidays="٢٠٢٦-٠١-٠١", reply_within_hours="٤")
    hours = shop.load().business_hours
    assert [(one.begins, one.ends) for one in hours.week["monday"]] == [("09:00", "12:30"), ("14:00", "18:00")]
    assert (hours.holidays, hours.reply_within) == (("2026-01-01",), 240)

    sent(
        boss,
        "sms",
        sms_max_parts="٣",
        sms_quiet_hours_begins="٢١:٠٠",
        sms_quiet_hours_ends="٠٨:٠٠",
        sms_daily_cap="٢٫٥",
    )
    sms = shop.load().sms
    assert (sms.max_parts, sms.quiet_hours.begins, sms.daily_cap) == (3, "21:00", 2.5)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"week_monday": "all day"}, "week_monday"),
        ({"week_monday": "18:00-09:00"}, "week_monday"),
        ({"week_monday": "09:00-25:00"}, "week_monday"),
        ({"week_monday": "09:00-12:00, 11:00-13:00"}, "week_monday"),
        ({"holidays": "Christmas"}, "holidays"),
        ({"reply_within_hours": "soon"}, "reply_within_hours"),
        ({"reply_within_hours": "4"}, "reply_within_hours"),
    ],
)
def test_hours_that_are_none_are_refused(boss, typed, wrong):
    sent(boss, "hours", **typed)
    assert (boss.status, boss.errors) == (422, [wrong])
    assert not shop.load().business_hours.are_set


def test_receipts_and_rules(boss):
    sent(boss, "rules", receipt_email="", receipt_sms="yes", rules_close_after_days="3")
    saved = shop.load()
    assert (saved.receipts, saved.rules.close_after_days, saved.rules.reopen_within_days) == (("portal", "sms"), 3, 30)


@pytest.mark.parametrize("days", ["0", "91", "-1", "many", "9" * 20, ""])
def test_days_that_are_none_are_refused(boss, days):
    sent(boss, "rules", rules_close_after_days=days)
    assert (boss.status, boss.errors) == (422, ["rules_close_after_days"])


def test_texts_their_quiet_hours_and_costs(boss):
    sms_spending.spend(1.254)
    sent(
        boss, "sms", sms_max_parts="3", sms_quiet_hours_begins="21:00", sms_quiet_hours_ends="08:00",
        sms_daily_cap="20,5", sms_prices="tn 0.19\nFR 0.08", sms_confirm_opt_out="yes",
    )  # fmt: skip
    sms = shop.load().sms
    assert (sms.max_parts, sms.quiet_hours, sms.daily_cap) == (3, QuietHours("21:00", "08:00"), 20.5)
    assert (dict(sms.prices), sms.confirm_opt_out) == ({"TN": 0.19, "FR": 0.08}, True)
    assert "1.25 US dollars" in boss.text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"sms_max_parts": "11"}, "sms_max_parts"),
        ({"sms_max_parts": ""}, "sms_max_parts"),
        ({"sms_quiet_hours_begins": "21:00"}, "sms_quiet_hours_begins"),
        ({"sms_quiet_hours_begins": "21:00", "sms_quiet_hours_ends": "21:00"}, "sms_quiet_hours_ends"),
        ({"sms_quiet_hours_begins": "9pm", "sms_quiet_hours_ends": "08:00"}, "sms_quiet_hours_begins"),
        ({"sms_daily_cap": "much"}, "sms_daily_cap"),
        ({"sms_prices": "Tunisia 0.19"}, "sms_prices"),
        ({"sms_prices": "TN cheap"}, "sms_prices"),
    ],
)
def test_texts_as_they_cannot_be_are_refused(boss, typed, wrong):
    sent(boss, "sms", **typed)
    assert (boss.status, boss.errors) == (422, [wrong])


def test_the_template_of_whatsapp(boss):
    sent(boss, "whatsapp", whatsapp_template="answer_waiting", whatsapp_languages_en="en_US", whatsapp_languages_ar="")
    assert shop.load().whatsapp.template == "answer_waiting"
    assert shop.load().whatsapp.languages == {"en": "en_US"}
    sent(boss, "whatsapp", whatsapp_template="Answer waiting", whatsapp_languages_en="English")
    assert (boss.status, boss.errors) == (422, ["whatsapp_template", "whatsapp_languages_en"])


def test_nothing_is_overwritten_that_changed_since_the_page_was_read(boss):
    boss.go(f"{SETTINGS}/rules")
    change_settings.change({"rules": {"close_after_days": 9}})
    boss.send(f"{SETTINGS}/rules", rules_close_after_days="3")
    assert (boss.status, shop.load().rules.close_after_days) == (422, 9)
    boss.send(f"{SETTINGS}/rules")
    assert (boss.status, shop.load().rules.close_after_days) == (200, 3)


def test_addresses_and_numbers_say_where_they_lead(boss, workshop):
    change_staff.change_team(workshop.id, {"email": "workshop@ghusn.example"})
    boss.go(f"{SETTINGS}/channels")
    assert "help@ghusn.example" in boss.text and "workshop@ghusn.example" in boss.text
    assert boss.page.select_one(f'main a[href="/agent/settings/teams/{workshop.id}"]')
