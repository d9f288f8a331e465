"""Keys, webhooks and exports: a secret is shown once, and what is sent twice happens once."""

import pytest

from chalicelib.actions import change_staff, change_webhook, run_job, start_job
from chalicelib.domain.event import Actor
from chalicelib.inbound.job_steps import step_for
from chalicelib.store import api_keys, jobs, webhook_deliveries, webhooks
from infra.local.gateway import Gateway
from tests.api.conftest import Caller

KEYS, NEW_KEY = "/agent/settings/api-keys", "/agent/settings/new-api-key"
HOOKS, NEW_HOOK = "/agent/settings/webhooks", "/agent/settings/new-webhook"
DATA = "/agent/settings/data"
SHOP_KEY = {"name": "Shop", "scope_tickets_read": "yes"}
HOOK = {"url": "https://hooks.example.org/diwan", "event_ticket_created": "yes"}


def made_key(browser, **typed):
    return browser.go(NEW_KEY).send(NEW_KEY, **SHOP_KEY | typed).page.select_one("#token")["value"]


@pytest.fixture
def call(cloud):
    from app import app

    gateway = Gateway(app)
    return lambda token: Caller(gateway, token)


@pytest.fixture
def hook(boss):
    boss.go(NEW_HOOK).send(NEW_HOOK, **HOOK)
    (made,) = webhooks.read()
    return made


def test_a_key_is_shown_once_and_works_within_its_scopes(boss, call):
    token = made_key(boss)
    assert boss.header("cache-control") == "no-store"
    assert call(token).get("/v1/tickets").status == 200
    assert call(token).get("/v1/customers").status == 403
    boss.go(KEYS)
    assert "Shop" in boss.text and token not in str(boss.page) and token[:14] in boss.text
    assert all(token not in value for value in boss.cookies.values())


def test_a_form_sent_twice_makes_one_key_and_shows_it_both_times(boss):
    boss.go(NEW_KEY)
    fields = {one["name"]: one["value"] for one in boss.page.select("#form input[type=hidden]")}
    shown = {boss.post(NEW_KEY, **fields, **SHOP_KEY, limit="60").page.select_one("#token")["value"] for _ in range(2)}
    assert (len(shown), len(api_keys.page(10).keys)) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"scope_tickets_read": ""}, "scope_tickets_read"),
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"expires_on": "soon"}, "expires_on"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "9999-12-31"}, "expires_on"),
    ],
)
def test_a_key_that_cannot_be_is_told_beside_the_field(boss, typed, wrong):
    boss.go(NEW_KEY).send(NEW_KEY, **SHOP_KEY | typed)
    assert (boss.status, boss.errors) == (422, [wrong])
    assert api_keys.page(10).keys == ()


def test_a_key_is_changed_and_revoked_for_good(boss, call):
    token = made_key(boss, expires_on="2031-12-31")
    (key,) = api_keys.page(10).keys
    here = f"{KEYS}/{key.id}"
    assert boss.go(here).page.select_one("#expires_on")["value"] == "2031-12-31"
    boss.send(here, scope_tickets_read="", scope_customers_read="yes", expires_on="")
    (changed,) = api_keys.page(10).keys
    assert (changed.scopes, changed.expires_at) == (("customers:read",), None)

    boss.go(here).send(f"{here}/revoke")
    assert (boss.status, call(token).get("/v1/customers").status) == (422, 200)
    boss.send(f"{here}/revoke", sure="yes")
    assert call(token).get("/v1/customers").status == 401
    assert "revoked" in boss.go(KEYS).text and not boss.go(here).page.select("#form")


def test_a_key_stops_with_the_agent_who_made_it(boss, bob, call):
    token = made_key(boss, scope_admin="yes")
    change_staff.create_agent({"name": "Dana", "email": "dana@ghusn.example", "role": "admin"})
    change_staff.change_agent(bob.id, {"active": False}, Actor("system"))
    assert call(token).get("/v1/tickets").status == 401


def test_the_secret_of_a_webhook_is_shown_once(boss):
    boss.go(NEW_HOOK).send(NEW_HOOK, **HOOK)
    (made,) = webhooks.read()
    assert boss.page.select_one("#secret")["value"] == made.secret
    for address in (HOOKS, f"{HOOKS}/{made.id}", f"{HOOKS}/{made.id}/deliveries"):
        assert made.secret not in str(boss.go(address).page)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"url": ""}, "url"),
        ({"url": "http://hooks.example.org"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"event_ticket_created": ""}, "event_all"),
        ({"description": "x" * 201}, "description"),
    ],
)
def test_a_webhook_that_cannot_be_is_told_beside_the_field(boss, typed, wrong):
    boss.go(NEW_HOOK).send(NEW_HOOK, **HOOK | typed)
    assert (boss.status, boss.errors) == (422, [wrong])
    assert webhooks.read() == []


def test_a_webhook_hears_of_what_was_ticked(boss, hook):
    assert hook.events == ("ticket.created",)
    boss.go(f"{HOOKS}/{hook.id}").send(f"{HOOKS}/{hook.id}", event_all="yes", enabled="")
    (changed,) = webhooks.read()
    assert (changed.events, changed.enabled) == (("*",), False)


def test_a_new_secret_is_made_once_and_the_old_one_signs_along(boss, hook):
    here = f"{HOOKS}/{hook.id}"
    boss.go(here).send(f"{here}/secret")
    assert (boss.status, webhooks.get(hook.id).secret) == (422, hook.secret)

    fields = {one["name"]: one["value"] for one in boss.page.select(f'form[action="{here}/secret"] input')}
    shown = {boss.post(f"{here}/secret", **fields).page.select_one("#secret")["value"] for _ in range(2)}
    changed = webhooks.get(hook.id)
    assert shown == {changed.secret} and changed.previous_secret == hook.secret


def test_a_test_is_sent_listed_and_sent_again(boss, hook):
    here = f"{HOOKS}/{hook.id}"
    boss.go(here).send(f"{here}/test")
    assert boss.address == f"{here}/deliveries?done=tested" and "webhook.test" in boss.text
    (delivery,) = webhook_deliveries.newest(hook.id, 10).deliveries
    boss.send(f"{here}/deliveries/{delivery.id}/resend")
    assert boss.address == f"{here}/deliveries?done=resent"
    assert "Nothing here" in boss.go(f"{here}/deliveries?state=failed").text


def test_what_is_switched_off_is_neither_tested_nor_sent_again(boss, hook):
    here = f"{HOOKS}/{hook.id}"
    boss.go(here).send(f"{here}/test")
    (delivery,) = webhook_deliveries.newest(hook.id, 10).deliveries
    change_webhook.change(hook.id, {"enabled": False})
    assert boss.go(here).send(f"{here}/test").status == 422
    assert boss.go(f"{here}/deliveries").send(f"{here}/deliveries/{delivery.id}/resend").status == 422


def test_a_webhook_is_deleted_when_that_was_said_once_more(boss, hook):
    here = f"{HOOKS}/{hook.id}"
    boss.go(here).send(f"{here}/delete")
    assert boss.status == 422 and webhooks.read()
    boss.send(f"{here}/delete", sure="yes")
    assert webhooks.read() == []


def test_what_came_from_outside_is_text(boss, hook):
    assert boss.go(f"{HOOKS}/none").status == 404
    assert boss.go(f"{HOOKS}/{hook.id}/deliveries?state=<b>&after=x").status == 200


def test_an_export_is_begun_once_and_packed_in_the_agents_name(boss, bob):
    boss.go(DATA)
    fields = {one["name"]: one["value"] for one in boss.page.select('form[action$="/export"] input')}
    for _ in range(2):
        assert "being prepared" in boss.post(f"{DATA}/export", **fields).text
    (row,) = boss.page.select("main ul.rows > li")
    assert "Bob" in row.get_text() and "waiting" in row.get_text()


def test_an_agents_export_ends_in_archives(boss, bob, ticket):
    job = start_job.start("export", {}, bob.id)
    while jobs.get(job.id).at_work:
        run_job.run(job.id, step_for)
    assert (jobs.get(job.id).state, jobs.get(job.id).error) == ("done", None)
    assert boss.go(DATA).page.select("main a.file")


def test_an_export_stops_with_the_admin_who_began_it(boss, bob):
    job = start_job.start("export", {}, bob.id)
    change_staff.create_agent({"name": "Dana", "email": "dana@ghusn.example", "role": "admin"})
    change_staff.change_agent(bob.id, {"role": "agent"}, Actor("system"))
    run_job.run(job.id, step_for)
    assert jobs.get(job.id).state == "failed"
