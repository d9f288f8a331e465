"""Examples of what the API answers, for the OpenAPI document, by the name of their schema."""

from typing import Any

AGENT = "agt_01KA3TZS0V7E2M5Q9RJC4HXW8B"
ARTICLE = "art_01KA3TZX7H5J9D2S6PVN0WQ4MC"
CATEGORY = "cat_01KA3TZZZZ2P4V8Q0XN5J7RMCB"
CUSTOMER = "cus_01KA3V0G5S9F3XJ6H1C7VKT2WA"
EVENT = "evt_01KA3V0G5V2Y8KQ6D4RM7NJX3H"
JOB = "job_01KA3V4M2C6N8WZ1FT5PQS9D7R"
KEY = "key_01KA3TZP9A4C7X2V5HJ8NQD1WS"
MESSAGE = "msg_01KA3V0G5W6R1TC9P3XKB7HJ4D"
TEAM = "tea_01KA3TZT3N8P5B1Y6WKQ0CMD7X"
TICKET = "tkt_01KA3V0G5T4QYB7N2M8RDWZP6E"
WEBHOOK = "whk_01KA3V2P8S5M1X7DQH4NJT6W9C"

_THEN = "2026-11-14T09:12:00Z"
_LATER = "2026-11-14T09:12:01Z"
_NEVER_CHANGED = {"created_at": _THEN, "updated_at": _THEN, "version": 1}

_API_KEY: dict[str, Any] = {
    "id": KEY,
    "name": "Shop",
    "prefix": "diwan_4f2a",
    "scopes": ["tickets:*", "customers:read"],
    "agent_id": AGENT,
    "limit": 120,
    "expires_at": None,
    "last_used_at": _LATER,
    "revoked_at": None,
    "created_at": _THEN,
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
    **_NEVER_CHANGED,
}

_TICKET: dict[str, Any] = {
    "id": TICKET,
    "number": 1042,
    "subject": "My board has split",
    "status": "new",
    "priority": "normal",
    "channel": "api",
    "team_id": None,
    "assignee_id": None,
    "customer_id": CUSTOMER,
    "cc": [],
    "tags": ["boards"],
    "custom_fields": {},
    "locale": "en",
    "created_at": "2026-11-14T09:12:00Z",
    "updated_at": "2026-11-14T09:12:00Z",
    "waiting_since": "2026-11-14T09:12:00Z",
    "solved_at": None,
    "sla": {
        "first_reply_due_at": None,
        "next_reply_due_at": None,
        "resolution_due_at": None,
        "breached": [],
    },
    "message_count": 1,
    "version": 1,
    "external_id": None,
    "linked_ticket_id": None,
    "merged_into": None,
    "split_from": None,
}

ANSWERS: dict[str, Any] = {
    "Ticket": _TICKET,
    "TicketHit": {"ticket": _TICKET, "snippet": "My board has <mark>split</mark>.", "score": 6.4},
    "Message": {
        "id": MESSAGE,
        "ticket_id": TICKET,
        "author": {"type": "agent", "id": AGENT, "name": "Bob"},
        "sender": None,
        "visibility": "public",
        "channel": "email",
        "text": "Yes: oil it, clamp it, and give it two days.",
        "html": None,
        "quoted_text": None,
        "cc": [],
        "attachments": [],
        "delivery": {"state": "queued", "detail": None},
        "call": None,
        "created_at": _THEN,
    },
    "Customer": {
        "id": CUSTOMER,
        "name": "Alice",
        "locale": "en",
        "time_zone": "Africa/Tunis",
        "contacts": [
            {
                "type": "email",
                "value": "alice@example.org",
                "verified": True,
                "opted_out": False,
                "opted_out_of": [],
                "suppressed": False,
            }
        ],
        "preferred_channel": "email",
        "organization_id": None,
        "tags": ["wholesale"],
        "custom_fields": {},
        "merged_into": None,
        **_NEVER_CHANGED,
    },
    "CustomerNote": {
        "id": "nte_01KA3V1D4W7N5Q9C2XJ8HKTM6B",
        "customer_id": CUSTOMER,
        "author": {"type": "agent", "id": AGENT, "name": "Bob"},
        "text": "Prefers to be called in the morning; her sister collects the orders.",
        "created_at": _THEN,
    },
    "Consent": {
        "id": "cns_01KA3V1C2R5T8W0Y3Z6B9D4FGH",
        "customer_id": CUSTOMER,
        "contact_type": "phone",
        "contact": "+21620555014",
        "channel": "sms",
        "action": "opt_out",
        "at": _THEN,
        "source": "sms",
        "actor": {"type": "customer", "id": CUSTOMER},
        "text": "STOP",
        "ticket_id": None,
        "message_id": None,
    },
    "CustomerEvent": {
        "id": "cev_01KA3V1B7Q3M9D5TX2HJ6NWP8C",
        "customer_id": CUSTOMER,
        "type": "purchase",
        "title": "Chopping board, large",
        "occurred_at": "2026-11-07T10:04:00Z",
        "url": "https://shop.example.org/orders/GH-88213",
        "amount": {"value": "38.50", "currency": "EUR"},
        "external_id": "GH-88213",
        "data": {},
        "created_at": _THEN,
    },
    "Organization": {
        "id": "org_01KA3V1H4S8N2Q6WX5DC9TJM7P",
        "name": "Dar El Jeld",
        "domains": ["dareljeld.example"],
        "external_id": "shop-7",
        "tags": [],
        "custom_fields": {},
        **_NEVER_CHANGED,
    },
    "Article": {
        "id": ARTICLE,
        "category_id": CATEGORY,
        "visibility": "public",
        "state": "published",
        "translations": {
            "en": {
                "title": "My board has split",
                "body": "Dry it **slowly**, then oil it.",
                "slug": "my-board-has-split",
                "url": "https://help.example.org/en/articles/my-board-has-split",
            }
        },
        "position": 0,
        "author_id": AGENT,
        **_NEVER_CHANGED,
    },
    "ArticleVotes": {
        "article_id": ARTICLE,
        "translations": {
            "en": {
                "helpful": 31,
                "unhelpful": 4,
                "reasons": {"unclear": 1, "outdated": 0, "wrong": 0, "missing": 2, "other": 0},
            }
        },
        "complaints": [
            {"locale": "en", "reason": "missing", "words": "How long in winter?", "created_at": _THEN},
        ],
    },
    "Category": {
        "id": CATEGORY,
        "translations": {
            "en": {
                "name": "Caring for wood",
                "description": "",
                "slug": "caring-for-wood",
                "url": "https://help.example.org/en/categories/caring-for-wood",
            }
        },
        "position": 1,
        **_NEVER_CHANGED,
    },
    "SearchResults": {
        "data": [
            {
                "article_id": ARTICLE,
                "locale": "en",
                "title": "My board has split",
                "url": "https://help.example.org/en/articles/my-board-has-split",
                "snippet": "Dry the <mark>split</mark> board slowly, then oil it.",
                "score": 8.21,
            }
        ],
        "did_you_mean": None,
        "total": 1,
    },
    "Event": {
        "id": EVENT,
        "type": "ticket.updated",
        "sequence": 88213,
        "created_at": _THEN,
        "actor": {"type": "agent", "id": AGENT},
        "data": {
            "ticket_id": TICKET,
            "customer_id": CUSTOMER,
            "message_id": None,
            "article_id": None,
            "version": 2,
            "changes": {"status": ["open", "solved"]},
        },
    },
    "SuspendedMail": {
        "id": "sus_o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1",
        "from": "winner@example.net",
        "from_name": "The lottery",
        "subject": "You have won",
        "reason": "spam",
        "detail": "The mail was found to be spam.",
        "received_at": _THEN,
        "expires_at": "2026-12-14T09:12:00Z",
        "size": 4096,
    },
    "ReleasedMail": {"id": "sus_o3vrnil0e2ic28trm7dfhrc2v0cnbeccl4nbp0g1", "ticket_id": TICKET, "message_id": MESSAGE},
    "Webhook": _WEBHOOK,
    "WebhookWithSecret": {**_WEBHOOK, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
    "WebhookDelivery": {
        "id": "whd_01KA3V2Q1T7X4M9CW6HJ3NPD5S",
        "webhook_id": WEBHOOK,
        "event_id": EVENT,
        "event_type": "ticket.created",
        "state": "pending",
        "attempts": [{"at": _LATER, "status": 503, "duration_ms": 184, "error": "It answered 503.", "answer": "busy"}],
        "next_attempt_at": "2026-11-14T09:12:06Z",
        "created_at": _THEN,
    },
    "Agent": {
        "id": AGENT,
        "name": "Bob",
        "names": {"ar": "بوب"},
        "email": "bob@example.org",
        "role": "agent",
        "team_ids": [TEAM],
        "locale": "en",
        "notifications": "assigned",
        "active": True,
        **_NEVER_CHANGED,
    },
    "Team": {
        "id": TEAM,
        "name": "Workshop",
        "names": {"en": "Workshop", "ar": "الورشة"},
        "email": "workshop@example.org",
        "signatures": {"en": "The workshop, Tuesday to Saturday", "ar": "الورشة، من الثلاثاء إلى السبت"},
        "active": True,
        **_NEVER_CHANGED,
    },
    "SmsEstimate": {
        "encoding": "UCS-2",
        "parts": 1,
        "left": 30,
        "price": 0.2,
        "currency": "USD",
        "linked": False,
        "price_version": "2026-11",
    },
    "Settings": {
        "time_zone": "Africa/Tunis",
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
        "created_at": _THEN,
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
        **_NEVER_CHANGED,
    },
    "Macro": {
        "id": "mac_01KA3V1M5F9B2R6WQ3NH7TCJ8D",
        "name": "Ready to collect",
        "texts": {"en": "Hello {{customer.first_name|there}}, it is ready to collect.", "ar": "طلبك جاهز للاستلام."},
        "position": 0,
        "team_id": None,
        **_NEVER_CHANGED,
    },
    "ApiKey": _API_KEY,
    "MadeApiKey": {**_API_KEY, "last_used_at": None, "key": "diwan_4f2aVt8Kq1Zr6Yw3Xb9Nc5Md7Ph0Js2L"},
    "Upload": {
        "attachment_id": "att_01KA3V0F9B4W7N1XQ6TC2HJM8D",
        "url": "https://files.example.org/",
        "fields": {"key": "files/att_01KA3V0F9B4W7N1XQ6TC2HJM8D", "Content-Type": "image/png", "policy": "eyJ…"},
    },
    "Job": {
        "id": JOB,
        "type": "export",
        "state": "running",
        "progress": {"done": 1200, "total": 10000},
        "error": None,
        "url": None,
        "created_by": KEY,
        "created_at": _THEN,
        "updated_at": _LATER,
        "finished_at": None,
    },
    "JobResult": {"index": 0, "status": 404, "body": {"code": "ticket-not-found"}},
    "Health": {"status": "ok", "version": "0.1.0", "mail": {"seen": 1204, "accounted": 1204, "missing": 0}},
    "Problem": {
        "type": "https://help.example.org/docs/problems/invalid",
        "title": "The request has errors",
        "status": 422,
        "detail": "The field “subject” is missing.",
        "code": "invalid",
        "request_id": "6f1c1a52-4b8e-4c55-9d0c-0f2b7a0f6a11",
        "errors": [{"pointer": "/subject", "code": "required", "message": "The field “subject” is missing."}],
    },
}
