"""Examples of what admins set up for the OpenAPI document, by the name of their schema."""

from typing import Any

from chalicelib.api.example_ids import AGENT, EVENT, KEY, LATER, NEVER_CHANGED, THEN, WEBHOOK

_API_KEY: dict[str, Any] = {
    "id": KEY,
    "name": "Shop",
    "prefix": "diwan_4f2a",
    "scopes": ["tickets:*", "customers:read"],
    "agent_id": AGENT,
    "limit": 120,
    "expires_at": None,
    "last_used_at": LATER,
    "revoked_at": None,
    "created_at": THEN,
    "version": 1,
}

_WEBHOOK: dict[str, Any] = {
    "id": WEBHOOK,
    "url": "https://shop.example.org/hooks/diwan",
    "events": ["ticket.created", "ticket.solved", "message.received"],
    "description": "Orders",
    "enabled": True,
    "disabled_reason": None,
    "failing_since": None,
    "previous_secret_until": None,
    **NEVER_CHANGED,
}

SETTINGS: dict[str, Any] = {
    "Settings": {
        "names": {"en": "Ghusn", "ar": "غُصن"},
        "taglines": {"en": "Olive wood from Sfax", "ar": "خشب الزيتون من صفاقس"},
        "addresses": {"en": "12 Bab Diwan Street, Sfax"},
        "hours": {"en": "Tuesday to Saturday, 9:00 to 18:00"},
        "often_asked": [{"en": "Where is my parcel?", "ar": "أين طردي؟"}],
        "default_locale": "en",
        "locales": ["en", "ar"],
        "time_zone": "Africa/Tunis",
        "receipts": ["email", "portal"],
        "rules": {"close_after_days": 7, "reopen_within_days": 30},
        "business_hours": {
            "week": {"tuesday": [{"from": "09:00", "to": "18:00"}]},
            "holidays": ["2026-12-25"],
            "reply_within": 240,
        },
        "branding": {
            "light": {"accent": "#0b5d4e", "accent_2": None, "accent_soft": None, "on_accent": None},
            "dark": None,
            "logos": {"en": {"light": "/media/img_01KA3V1K3D7T9X5WQ2MH8NCJ6P/ghusn.png", "dark": None}},
            "css": ".brand { letter-spacing: 0 }",
            "links": {"en": {"header": [{"text": "The shop", "url": "https://shop.example.org"}], "footer": []}},
            "announcement": {
                "level": "warn",
                "texts": {"en": "Parcels take a day longer this week."},
                "links": {},
                "from": None,
                "until": "2026-11-21T18:00:00Z",
            },
        },
        "sms": {
            "max_parts": 6,
            "quiet_hours": {"from": "21:00", "to": "08:00"},
            "daily_cap": 20.0,
            "prices": {"TN": 0.19},
            "confirm_opt_out": False,
        },
        "whatsapp": {"template": "answer_waiting", "languages": {"en": "en_US", "ar": "ar"}},
        "version": 3,
    },
    "BlockedSender": {
        "id": "blk_01KA3V5N8D1R4T7XJ2QW6ZC9HM",
        "value": "offers@example.org",
        "created_by": AGENT,
        "created_at": THEN,
    },
    "Field": {
        "id": "fld_01KA3V1K3D7T9X5WQ2MH8NCJ6P",
        "key": "wood",
        "type": "select",
        "applies_to": "ticket",
        "names": {"en": "Wood", "ar": "الخشب"},
        "options": [{"value": "olive", "names": {"en": "Olive", "ar": "زيتون"}}],
        "required": False,
        "position": 1,
        "shown_to_customers": True,
        "topics": [],
        **NEVER_CHANGED,
    },
    "SynonymSet": {
        "id": "syn_01KA3V1K3D7T9X5WQ2MH8NCJ6P",
        "locale": "en",
        "words": ["refund", "money back"],
        "visibility": "public",
        "created_at": "2026-11-20T09:12:00Z",
        "updated_at": "2026-11-20T09:12:00Z",
        "version": 1,
    },
    "Macro": {
        "id": "mac_01KA3V1M5F9B2R6WQ3NH7TCJ8D",
        "name": "Ready to collect",
        "texts": {"en": "Hello {{customer.first_name|there}}, it is ready to collect.", "ar": "طلبك جاهز للاستلام."},
        "position": 0,
        "team_id": None,
        **NEVER_CHANGED,
    },
    "Webhook": _WEBHOOK,
    "WebhookWithSecret": {**_WEBHOOK, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
    "WebhookDelivery": {
        "id": "whd_01KA3V2Q1T7X4M9CW6HJ3NPD5S",
        "webhook_id": WEBHOOK,
        "event_id": EVENT,
        "event_type": "ticket.created",
        "state": "pending",
        "attempts": [{"at": LATER, "status": 503, "duration_ms": 184, "error": "It answered 503.", "answer": "busy"}],
        "next_attempt_at": "2026-11-14T09:12:06Z",
        "created_at": THEN,
    },
    "ApiKey": _API_KEY,
    "MadeApiKey": {**_API_KEY, "last_used_at": None, "key": "diwan_4f2aVt8Kq1Zr6Yw3Xb9Nc5Md7Ph0Js2L"},
}
