"""Examples for the OpenAPI document, by the name of their schema: here of requests. A test sends those."""

from typing import Any

from chalicelib.api.example_answers import ANSWERS
from chalicelib.api.example_articles import ARTICLES
from chalicelib.api.example_ids import CUSTOMER, MESSAGE
from chalicelib.api.example_overviews import OVERVIEWS
from chalicelib.api.example_people import PEOPLE
from chalicelib.api.example_settings import SETTINGS

EXAMPLES: dict[str, Any] = {
    **ANSWERS,
    **ARTICLES,
    **OVERVIEWS,
    **PEOPLE,
    **SETTINGS,
    "NewTicket": {
        "subject": "My board has split",
        "message": {"text": "Hello, my olive-wood board has split along the grain. Can it be saved?"},
        "customer": {"email": "alice@example.org", "name": "Alice"},
        "priority": "normal",
        "tags": ["boards"],
    },
    "TicketChange": {"status": "solved", "tags": ["boards", "care"]},
    "TicketMerge": {"into": 1041},
    "TicketSplit": {"message_ids": [MESSAGE], "subject": "And where is my spoon?"},
    "NewMessage": {"text": "Yes: oil it, clamp it, and give it two days.", "status": "pending"},
    "NewCustomer": {"name": "Alice", "email": "alice@example.org", "locale": "en"},
    "CustomerChange": {"time_zone": "Africa/Tunis", "tags": ["wholesale"]},
    "CustomerMerge": {"into": CUSTOMER},
    "NewUpload": {"name": "board.png", "content_type": "image/png", "size": 184213},
    "NewImage": {"name": "Split board.png", "content_type": "image/png", "size": 184213},
    "NewArticle": {
        "category_id": "cat_01KA3TZZZZ2P4V8Q0XN5J7RMCB",
        "visibility": "public",
        "translations": {
            "en": {"title": "My board has split", "body": "Dry it **slowly**, then oil it."},
            "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه **ببطء** ثم ادهنه بالزيت."},
        },
        "publish": True,
    },
    "ArticleMove": {"after": None},
    "CategoryMove": {"after": None},
    "ArticleChange": {"translations": {"en": {"title": "When a board splits"}}},
    "NewBlockedSender": {"value": "offers@example.org"},
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
    "NewTeam": {"names": {"en": "Workshop", "ar": "الورشة"}, "email": "workshop@example.org"},
    "TeamChange": {"signatures": {"en": "The workshop, Tuesday to Saturday"}},
    "NewOrganization": {"name": "Dar El Jeld", "domains": ["dareljeld.example"], "external_id": "shop-7"},
    "OrganizationChange": {"tags": ["wholesale"]},
    "NewSmsEstimate": {"text": "Your board is ready — come by until six.", "to": "+21620555014"},
    "SettingsChange": {
        "names": {"en": "Ghusn", "ar": "غُصن"},
        "time_zone": "Africa/Tunis",
        "business_hours": {"week": {"tuesday": [{"from": "09:00", "to": "18:00"}]}, "reply_within": 240},
        "branding": {
            "light": {"accent": "#0b5d4e"},
            "announcement": {
                "level": "warn",
                "texts": {"en": "Parcels take a day longer this week.", "ar": "تتأخّر الطرود يومًا هذا الأسبوع."},
                "until": "2026-11-21T18:00:00Z",
            },
        },
        "sms": {"quiet_hours": {"from": "21:00", "to": "08:00"}, "daily_cap": 20.0},
        "whatsapp": {"template": "answer_waiting", "languages": {"en": "en_US", "ar": "ar"}},
    },
    "NewField": {
        "key": "order",
        "type": "text",
        "applies_to": "ticket",
        "names": {"en": "Order number", "ar": "رقم الطلب"},
        "shown_to_customers": True,
    },
    "FieldChange": {"position": 1},
    "NewSynonymSet": {"locale": "en", "words": ["refund", "money back"]},
    "SynonymSetChange": {"words": ["refund", "money back", "reimbursement"]},
    "NewMacro": {
        "name": "Ready to collect",
        "texts": {"en": "Hello {{customer.first_name|there}}, it is ready to collect.", "ar": "طلبك جاهز للاستلام."},
    },
    "MacroChange": {"position": 1},
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
    "NewRating": {"answer": "yes", "words": "Quick, and kind."},
    "NewCustomerNote": {"text": "Prefers to be called in the morning; her sister collects the orders."},
    "NewJob": {
        "type": "bulk",
        "operations": [
            {"method": "PATCH", "path": "/v1/tickets/1042", "body": {"status": "solved"}},
            {"method": "POST", "path": "/v1/tickets/1043/messages", "body": {"text": "It is on its way."}},
        ],
    },
}
