"""What each template is given on that morning: a name for its picture, then the template and its context."""

from typing import Any

from chalicelib.channels import call_words
from chalicelib.domain.customer import Contact, Way
from chalicelib.store.contact_codes import ContactCode
from tests.portal import (
    article_pages,
    customer_pages,
    desk_pages,
    reading_pages,
    sample_asking,
    samples,
    settings_pages,
    signed_in_pages,
    suspended_pages,
    team_pages,
)


def frame(lang: str) -> dict[str, Any]:
    other = "ar" if lang == "en" else "en"
    return {
        "shop": samples.SHOP,
        "time_zone": samples.SHOP.time_zone,
        "theme": "",
        "csrf": "token",
        "path": f"/{lang}/",
        "area": "help",
        "other": other,
        "alternate": f"/{other}/",
        "viewer": samples.alice(lang),
        "announcement": None,
        "brand_sheet": None,
        "by_link": False,
        "canonical": "",
        "alternates": {},
        "errors": {},
        "typed": {},
        "once": "once",
        "next": "",
    }


def portal_pages(lang: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of the picture -> template and what it is given."""
    q = {"en": "board split", "ar": "تشقّق اللوح"}[lang]
    base = frame(lang)
    help_, tickets_, out = base, base | {"area": "tickets"}, base | {"viewer": None}
    thread = {
        "ticket": samples.ticket(lang),
        "messages": [m for m in samples.messages(lang) if m.is_public],
        "files": "/f",
        "older": "/older",
        "takes_replies": True,
        "answer_way": Way("email", samples.alice(lang).contacts[0]),
        "own_ids": samples.alice(lang).all_ids,
    } | signed_in_pages.of_ticket()
    return (
        {
            "results": (
                "portal/results",
                help_
                | {
                    "q": q,
                    "hits": samples.hits(lang),
                    "total": 3,
                    "shown_for": q,
                    "elsewhere": True,
                    "language": "all",
                    "categories": samples.CATEGORIES,
                    "counts": {"cat_3": 3},
                    "wanted": "cat_3",
                    "number": 2,
                    "last": 3,
                },
            ),
            "results-none": (
                "portal/results",
                help_
                | {
                    "q": q,
                    "hits": [],
                    "total": 0,
                    "shown_for": None,
                    "elsewhere": False,
                    "language": lang,
                    "categories": [],
                    "counts": {},
                    "wanted": None,
                    "number": 1,
                    "last": 1,
                },
            ),
            "results-empty": (
                "portal/results",
                help_
                | {
                    "q": "",
                    "hits": [],
                    "total": 0,
                    "shown_for": None,
                    "elsewhere": False,
                    "language": lang,
                    "categories": [],
                    "counts": {},
                    "wanted": None,
                    "number": 1,
                    "last": 1,
                },
            ),
            "ticket-new": ("portal/ticket_new", out | sample_asking.form()),
            "ticket-new-wrong": (
                "portal/ticket_new",
                out
                | sample_asking.form()
                | {
                    "errors": {"text": "text-missing", "email": "email-invalid"},
                    "typed": {
                        "email": "leila.example.org",
                        "subject": samples.ticket(lang).subject,
                        "text": "",
                        "name": "",
                    },
                },
            ),
            "ticket-new-signed-in": (
                "portal/ticket_new",
                tickets_ | sample_asking.form() | {"reply_to": samples.alice(lang).contacts[0]},
            ),
            "ticket-sent": ("portal/ticket_sent", out | sample_asking.sent(lang)),
            **sample_asking.pages(lang, base),
            "ticket": ("portal/ticket", tickets_ | thread),
            "ticket-solved": (
                "portal/ticket",
                tickets_ | thread | {"ticket": samples.ticket(lang, "solved"), "errors": {"text": "reply-missing"}},
            ),
            "ticket-closed": (
                "portal/ticket",
                tickets_ | thread | {"ticket": samples.ticket(lang, "closed"), "takes_replies": False, "older": None},
            ),
            "ticket-by-link": ("portal/ticket", out | {"area": "tickets", "by_link": True} | thread),
            "ticket-open": ("portal/ticket", tickets_ | thread | {"ticket": samples.ticket(lang, "open")}),
            "ticket-calls": (
                "portal/ticket",
                tickets_ | thread | {"messages": samples.calls(lang)[:4], "bare_call": call_words.is_only},
            ),
            "preferences": ("portal/preferences", base | preferences(lang)),
            "preferences-stopped": (
                "portal/preferences",
                base | preferences(lang) | {"choices": {}, "done": "stopped"},
            ),
            "preferences-link": (
                "portal/preferences_first",
                out | {"came_from": samples.alice(lang).contacts[1], "errors": {"contact": "too-many-codes"}},
            ),
            "preferences-code": (
                "portal/preferences_code",
                base
                | {
                    "sent_to": ContactCode("cod_1", "cus_1", "phone", "+21698765432", lang, 0),
                    "minutes": 10,
                    "errors": {"code": "code-wrong"},
                },
            ),
            "ticket-link": ("portal/ticket_link", out | {"ended": False}),
            "ticket-link-ended": ("portal/ticket_link", out | {"ended": True}),
        }
        | signed_in_pages.pages(lang, base, thread)
        | reading_pages.pages(lang, base)
    )


def preferences(lang: str) -> dict[str, Any]:
    alice = samples.alice(lang)
    return {
        "choices": {"email": alice.contacts[0].value, "whatsapp": alice.contacts[1].value},
        "contacts": [*alice.contacts, Contact("email", "old@example.org", suppressed=True)],
        "ways_of": lambda type: ["email"] if type == "email" else ["sms", "whatsapp"],
        "done": "added",
        "zones": ["Africa/Tunis", "Asia/Riyadh"],
        "signed_in_by": alice.contacts[0].value,
        "typed": {"name": alice.name, "time_zone": "Africa/Tunis", "quiet_from": "22:00", "quiet_to": "07:30"},
    }


def agent_pages(lang: str) -> dict[str, tuple[str, dict[str, Any]]]:
    base = frame(lang) | {
        "viewer": samples.BOB,
        "area": "tickets",
        "teams": samples.TEAMS,
        "team": None,
        "suspended_count": "3",
    }
    areas = (desk_pages, customer_pages, suspended_pages, team_pages, article_pages, settings_pages)
    return {name: page for area in areas for name, page in area.pages(lang, base).items()}
