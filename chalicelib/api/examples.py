"""Examples for the OpenAPI document, by the name of their schema; a test sends those of requests."""

from typing import Any

_TICKET = "tkt_01KA3V0G5T4QYB7N2M8RDWZP6E"
_CUSTOMER = "cus_01KA3V0G5S9F3XJ6H1C7VKT2WA"

EXAMPLES: dict[str, Any] = {
    "NewTicket": {
        "subject": "My board has split",
        "message": {"text": "Hello, my olive-wood board has split along the grain. Can it be saved?"},
        "customer": {"email": "alice@example.org", "name": "Alice"},
        "priority": "normal",
        "tags": ["boards"],
    },
    "Ticket": {
        "id": _TICKET,
        "number": 1042,
        "subject": "My board has split",
        "status": "new",
        "priority": "normal",
        "channel": "api",
        "team_id": None,
        "assignee_id": None,
        "customer_id": _CUSTOMER,
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
    },
    "TicketChange": {"status": "solved", "tags": ["boards", "care"]},
    "NewMessage": {"text": "Yes: oil it, clamp it, and give it two days.", "status": "pending"},
    "NewCustomer": {"name": "Alice", "email": "alice@example.org", "locale": "en"},
    "CustomerChange": {"time_zone": "Africa/Tunis", "tags": ["wholesale"]},
    "NewArticle": {
        "category_id": "cat_01KA3TZZZZ2P4V8Q0XN5J7RMCB",
        "visibility": "public",
        "translations": {
            "en": {"title": "My board has split", "body": "Dry it **slowly**, then oil it."},
            "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه **ببطء** ثم ادهنه بالزيت."},
        },
        "publish": True,
    },
    "ArticleChange": {"translations": {"en": {"title": "When a board splits"}}},
    "NewWebhook": {
        "url": "https://shop.example.org/hooks/diwan",
        "events": ["ticket.created", "ticket.solved", "message.received"],
        "description": "Orders",
    },
    "WebhookChange": {"events": ["*"], "enabled": True},
    "WebhookResend": {"since": "2026-11-14T09:00:00Z", "until": "2026-11-14T12:00:00Z"},
    "NewCategory": {
        "translations": {"en": {"name": "Caring for wood"}, "ar": {"name": "العناية بالخشب"}},
        "position": 1,
    },
    "CategoryChange": {"position": 2},
    "NewAgent": {"name": "Bob", "names": {"ar": "بوب"}, "email": "bob@example.org", "role": "agent", "locale": "en"},
    "AgentChange": {"role": "admin"},
    "NewTeam": {"names": {"en": "Workshop", "ar": "الورشة"}},
    "TeamChange": {"names": {"en": "The workshop"}},
    "NewField": {
        "key": "order",
        "type": "text",
        "applies_to": "ticket",
        "names": {"en": "Order number", "ar": "رقم الطلب"},
    },
    "FieldChange": {"position": 1},
    "NewApiKey": {"name": "Shop", "scopes": ["tickets:*", "customers:read"], "limit": 120},
    "ApiKeyChange": {"name": "The web shop", "limit": 600},
    "NewCustomerEvent": {
        "type": "purchase",
        "title": "Chopping board, large",
        "occurred_at": "2026-11-07T10:04:00Z",
        "amount": {"value": "38.50", "currency": "EUR"},
        "external_id": "GH-88213",
        "url": "https://shop.example.org/orders/GH-88213",
    },
    "NewJob": {
        "type": "bulk",
        "operations": [
            {"method": "PATCH", "path": "/v1/tickets/1042", "body": {"status": "solved"}},
            {"method": "POST", "path": "/v1/tickets/1043/messages", "body": {"text": "It is on its way."}},
        ],
    },
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
