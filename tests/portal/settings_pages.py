"""What the templates of the settings are given on that morning."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.api_key import SCOPES, ApiKey
from chalicelib.domain.branding import Announcement, Branding, Link, Wrong
from chalicelib.domain.business_hours import WEEKDAYS
from chalicelib.domain.colours import OURS
from chalicelib.domain.event import TYPES
from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.domain.job import Job
from chalicelib.domain.shop import RECEIPTS
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import STATES, Attempt, WebhookDelivery
from tests.portal import samples

Pages = dict[str, tuple[str, dict[str, Any]]]

_BORN = samples.BORN
_BANNER = Announcement("warn", {"en": "Late", "ar": "تأخير"}, {"en": Link("Read on", "/en/")}, _BORN, _BORN)
_KEY = ApiKey("key_1", "Shop", "diwan_abcdefgh", ("tickets:*", "admin"), "agt_1", _BORN, last_used_at=_BORN)
_HOOK = Webhook("whk_1", "https://hooks.example.org", ("ticket.created",), "whsec_x", _BORN, _BORN, "Orders")
_FIELD = FieldDefinition(
    "fld_1", "wood", "select", "ticket", {"ar": "الخشب"}, _BORN, _BORN, (Option("olive", {"en": "Olive"}),), True
)
_SPENT = (Attempt(_BORN, 500, 120, "500 Internal Server Error", "<b>no</b>"), Attempt(_BORN, None, 15000, "timeout"))
_SENT = WebhookDelivery("whd_1", "whk_1", "evt_1", "ticket.created", _BORN, state="failed", attempts=_SPENT)
_FAULTS = [
    ("low-contrast", {"written": "on_accent", "ground": "accent", "ratio": "1.20", "instead": "#27408b"}),
    ("low-contrast", {"written": "ink_3", "ground": "accent_soft", "ratio": "1.20", "instead": "#27408b"}),
    *((f"css-{kind}", {"line": 2, "found": "<x>"}) for kind in ("escape", "character", "address", "at-rule")),
    ("css-running", {"line": 2, "found": "behavior"}),
    ("css-unbalanced", {"line": 2, "found": "}"}),
    ("too-long", {"limit": 100, "count": 101}),
    ("too-many", {"limit": 8, "count": 9}),
    ("out-of-range", {"low": 1, "high": 9}),
    ("no-address", {}),
    ("something-new", {}),
]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page of the desk is."""
    admin = replace(base["viewer"], role="admin")
    base = base | {"area": "settings", "viewer": admin, "done": "", "version": 3}
    return {
        "settings-home": ("agent/settings_home", base),
        "settings-home-agent": ("agent/settings_home", base | {"viewer": replace(admin, role="agent")}),
        **_of_the_shop(base),
        **_staff(base),
        **_connections(base),
    }


def sample(lang: str, base: dict[str, Any]) -> dict[str, Any]:
    """What the page in the frame of the preview is given."""
    return base | {"sheet": "h1 { margin: 0 }", "nonce": "n", "viewer": None, "public": False}


def _of_the_shop(base: dict[str, Any]) -> Pages:
    typed = {"time_zone": "Mars/Olympus", "default_locale": "en", "speaks_en": "yes"}
    zones = {"zones": [("UTC", "UTC"), ("Africa/Tunis", "Africa/Tunis")]}
    colours = {f"{theme}_{name}": value for theme in OURS for name, value in OURS[theme].items()}
    looks = {"looks": Branding(), "ours": OURS, "colours": tuple(OURS["light"])}
    wrong = {f"field_{at}": Wrong((), code, told) for at, (code, told) in enumerate(_FAULTS)}
    texts = {"most_parts": 10, "today": 1.254, "zone": "Africa/Tunis"}
    announced = base | {"announced": _BANNER, "holds": True, "typed": {"level": "warn"}}
    made = {
        "shop": base | zones | {"typed": typed, "done": "saved"},
        "shop-wrong": base | zones | {"typed": typed, "errors": {"names_en": "settings-changed-meanwhile"}},
        "branding": base | looks | {"typed": colours},
        "branding-wrong": base | looks | {"typed": colours, "errors": wrong | {"css": Wrong(("css",), "too-big")}},
        "announcement": announced,
        "announcement-none": announced | {"announced": None, "holds": False, "errors": {"begins": "no-moment"}},
        "announcement-over": announced | {"announced": replace(_BANNER, ends=None), "holds": False},
        "hours": base | {"weekdays": WEEKDAYS, "zone": "Africa/Tunis"},
        "rules": base | {"channels": RECEIPTS, "errors": {"rules_close_after_days": "no-days"}},
        "sms": base | texts | {"errors": {"sms_daily_cap": "no-amount"}},
        "whatsapp": base,
    }
    places = [("en", "light", "/media/img_1/logo.png"), ("en", "dark", None), ("ar", "light", None)]
    form = {"url": "https://s3.example", "fields": {"key": "k"}, "kind": "image/png", "limit": 500_000}
    of_logo = base | {"form": form | {"kinds": ("image/png", "image/webp")}, "here": "/h"}
    asked = {"rows": [{"en": "Where is it?", "ar": "أين هو؟"}, {"ar": "متى؟"}, {}], "count": 2, "longest": 60}
    named = {"often_asked_0_en": "Where is it?", "often_asked_0_ar": "أين هو؟", "often_asked_1_ar": "متى؟"}
    made["often_asked"] = base | asked | {"typed": named}
    made["logos"] = base | {"places": places, "done": "logo-kept"}
    made["logo"] = of_logo | {"locale_of": "en", "theme_of": "light"}
    made["logo-wrong"] = made["logo"] | {"errors": {"file": "no-logo"}}
    return {f"settings-{name}": (f"agent/settings_{name.partition('-')[0]}", told) for name, told in made.items()}


def _staff(base: dict[str, Any]) -> Pages:
    agent, agents = base["viewer"], [base["viewer"], replace(base["viewer"], id="agt_2", active=False)]
    of_one = base | {"roles": ("admin", "agent"), "team_choices": base["teams"], "edited": agent, "typed": vars(agent)}
    teams = {"team_of": {one.id: one for one in base["teams"]}, "sign_in": "https://help.ghusn.example/agent/sign-in"}
    types = {"types": ("text", "select"), "apply_to": ("ticket", "customer", "organization")}
    of_field = base | types | {"edited": None, "typed": {"type": "select", "applies_to": "ticket"}}
    return {
        "settings-agents": ("agent/settings_agents", base | teams | {"listed": agents, "done": "agent-made"}),
        "settings-agent": ("agent/settings_agent", of_one | {"errors": {"sure": "not-sure", "role": "last-admin"}}),
        "settings-agent-left": ("agent/settings_agent", of_one | {"edited": agents[1]}),
        "settings-agent-new": (
            "agent/settings_agent",
            of_one | {"edited": None, "errors": {"email": "agent-no-email"}},
        ),
        "settings-fields": ("agent/settings_fields", base | {"listed": {"ticket": [_FIELD], "customer": []}}),
        "settings-field-new": ("agent/settings_field", of_field | {"errors": {"options": "invalid-options"}}),
        "settings-field": ("agent/settings_field", of_field | {"edited": _FIELD}),
    }


def _connections(base: dict[str, Any]) -> Pages:
    ways = {
        "support": "help@ghusn.example", "mail_domain": "reply.ghusn.example", "with_doors": base["teams"],
        "reply_keys": 2, "holds_mail": False, "events_of_mail": "diwan", "number": "+21670555014",
        "sms_service": "sms-voice", "sender_id": "GHUSN", "whatsapp": None, "approved": None,
        "portal": "https://help.ghusn.example",
    }  # fmt: skip
    bare = {
        "number": "",
        "sms_service": "sns",
        "sender_id": None,
        "whatsapp": "phone-number-id-1",
        "approved": "waiting",
    }
    scopes = {"scopes": [(one, f"scope_{at}") for at, one in enumerate(SCOPES)], "owner": "Bob", "today": "2026-03-14"}
    keys = [_KEY, replace(_KEY, revoked_at=_BORN), replace(_KEY, expires_at=_BORN), replace(_KEY, last_used_at=None)]
    ends = replace(_KEY, expires_at=samples.BORN + timedelta(days=9))
    paging = {"first_page": None, "next_page": "/next"}
    people = {"people": {"agt_1": base["viewer"]}}
    hooks = [_HOOK, replace(_HOOK, enabled=False, disabled_reason="gone"), replace(_HOOK, failing_since=_BORN)]
    events = {"events": [(one, f"event_{at}") for at, one in enumerate(TYPES)]}
    log = {
        "webhook": _HOOK,
        "states": STATES,
        "state": "",
        "deliveries": [_SENT, replace(_SENT, next_attempt_at=_BORN)],
    }
    done = Job("job_1", "export", "done", "agt_1", _BORN, _BORN, done=12)
    archive = {"name": "export.zip", "size": 12345, "url": "https://files.example/export.zip"}
    made = {
        "channels": base | ways,
        "channels-held": base | ways | bare | {"holds_mail": True},
        "channels-bare": base | ways | bare | {"events_of_mail": None},
        "api_keys": base | people | paging | {"listed": [*keys, ends], "now": samples.BORN},
        "api_keys-none": base | people | paging | {"listed": [], "now": samples.BORN},
        "api_key": base | scopes | {"edited": _KEY, "errors": {"sure": "not-sure"}},
        "api_key-revoked": base | scopes | {"edited": keys[1]},
        "api_key-new": base | scopes | {"edited": None, "errors": {"scope_0": "key-scopeless"}},
        "api_key_made": base | {"key_name": "Shop", "token": "diwan_abc", "api": "https://help.ghusn.example"},
        "webhooks": base | {"listed": [*hooks, replace(hooks[1], disabled_reason="failing", events=("*",))]},
        "webhooks-none": base | {"listed": []},
        "webhook": base | events | {"edited": _HOOK, "errors": {"sure_delete": "not-sure"}},
        "webhook-new": base | events | {"edited": None, "errors": {"url": "webhook-address-refused"}},
        "webhook_secret": base | {"webhook": replace(_HOOK, previous_until=_BORN)},
        "webhook_log": base | log | paging,
        "webhook_log-none": base | log | paging | {"deliveries": [], "errors": {"resend": "webhook-disabled"}},
        "data": base | people | {"exports": [(done, [archive]), (replace(done, state="queued"), [])]},
        "data-none": base | people | {"exports": []},
    }
    return {f"settings-{name}": (f"agent/settings_{name.partition('-')[0]}", told) for name, told in made.items()}
