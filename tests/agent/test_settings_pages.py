"""The pages of the settings: an admin's alone, each leads back, and each shows what holds."""

import pytest

from chalicelib.actions import change_staff
from chalicelib.domain.event import Actor

SETTINGS = "/agent/settings"
PAGES = [
    "shop", "branding", "announcement", "hours", "rules", "sms", "whatsapp", "agents", "new-agent", "fields",
    "new-field", "channels", "api-keys", "new-api-key", "webhooks", "new-webhook", "data",
]  # fmt: skip
FOR_ALL = ["teams", "macros", "blocked-senders"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_an_admins_and_says_so_in_both_languages(boss, page):
    for lang in ("en", "ar"):
        boss.cookies["__Host-diwan_locale"] = lang
        boss.go(f"{SETTINGS}/{page}")
        assert (boss.status, boss.page.html["lang"]) == (200, lang)
        assert boss.heading and boss.page.select_one(".side a[aria-current]")["href"] == SETTINGS


@pytest.mark.parametrize("page", PAGES)
def test_who_is_no_admin_is_led_to_what_he_may_see(desk, page):
    assert desk.go(f"{SETTINGS}/{page}").address == SETTINGS
    assert {one["href"] for one in desk.page.select("main li a")} == {f"{SETTINGS}/{name}" for name in FOR_ALL}


@pytest.mark.parametrize(
    "address",
    [
        "shop",
        "branding",
        "branding/preview",
        "hours",
        "rules",
        "sms",
        "new-agent",
        "new-api-key",
        "new-webhook",
        "data/export",
    ],
)
def test_what_who_is_no_admin_sends_is_refused(desk, address):
    csrf = desk.go(SETTINGS).page.select_one("input[name=csrf]")["value"]
    assert desk.post(f"{SETTINGS}/{address}", csrf=csrf).status == 403


def test_the_first_page_leads_to_every_other_one(boss):
    boss.go(SETTINGS)
    found = {str(one["href"]).rpartition("/")[2] for one in boss.page.select("main li a")}
    assert {one for one in PAGES if not one.startswith("new-")} | {*FOR_ALL} <= found


def test_nobody_from_outside_gets_in(browse):
    assert browse().go(f"{SETTINGS}/shop").address == "/agent/sign-in"


def test_an_admin_who_is_none_any_more_is_shut_out_at_once(boss, bob):
    boss.go(f"{SETTINGS}/shop")
    change_staff.create_agent({"name": "Dana", "email": "dana@ghusn.example", "role": "admin"})
    change_staff.change_agent(bob.id, {"role": "agent"}, Actor("system"))
    boss.send(f"{SETTINGS}/shop", names_en="Bob's")
    assert boss.status == 403
