"""What each template is given on that morning: a name for its picture, then the template and its context."""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from chalicelib.actions.offer_ways import Offer, Offers
from chalicelib.channels import call_words
from chalicelib.channels.sms_estimate import Estimate
from chalicelib.domain import delivery_reason, doubles, suspension
from chalicelib.domain.consent import Consent
from chalicelib.domain.customer import Contact, Way
from chalicelib.domain.customer_note import CustomerNote
from chalicelib.domain.doubles import Suggestion
from chalicelib.domain.macro import PLACEHOLDERS
from chalicelib.domain.message import Author
from chalicelib.store.contact_codes import ContactCode
from chalicelib.store.timelines import Entry
from tests.portal import article_pages, reading_pages, sample_asking, samples, settings_pages, signed_in_pages


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


def composer(lang: str) -> dict[str, Any]:
    """Where an agent writes, to somebody with a mailbox and a number who wants no SMS."""
    email, phone = samples.alice(lang).contacts
    other = replace(phone, value="+21698765432", opted_out_of=())
    offers = (
        Offer(Way("email", email)),
        Offer(Way("sms", phone), "opted-out"),
        Offer(Way("whatsapp", phone), "whatsapp-session-over"),
        Offer(Way("sms", other)),
        Offer(Way("whatsapp", other), None, samples.BORN),
    )
    return {
        "offers": Offers(offers, offers[0]),
        "closed": [(["sms", "whatsapp"], phone, "opted-out"), (["whatsapp"], other, "whatsapp-session-over")],
        "wishes": {("sms", phone.value): _stop(lang)},
        "way": offers[3].value,
        "max_parts": 6,
        "most_octets": 1600,
        "price_of_part": lambda e164: 0.0834,
        "estimate": Estimate("UCS-2", 2, 12, 0.1668),
        "macros": [samples.MACRO],
        "answer_locale": lang,
        "suggested": [SimpleNamespace(article_id="art_1", locale=lang, title=samples.links(lang)[0].title)],
    }


def _stop(lang: str) -> Consent:
    """What she said by text."""
    word = {"en": "STOP", "ar": "إيقاف"}[lang]
    said_by = ("opt_out", samples.BORN, "sms", "customer", "cus_1", word)
    return Consent("cns_1", "cus_1", "phone", "+21620555014", "sms", *said_by)


def of_customer(lang: str) -> dict[str, Any]:
    """What the page of a customer is given."""
    ticket, purchase = samples.ticket(lang), samples.purchase(lang)
    said = [Entry(one.created_at, one, ticket) for one in reversed(samples.messages(lang))]
    note = {"en": "Runs a restaurant in Sousse; call in the morning.", "ar": "تدير مطعمًا في سوسة؛ اتصل صباحًا."}[lang]
    return {
        "customer": samples.alice(lang),
        "here": "/agent/customers/cus_1",
        "view": "conversation",
        "done": "",
        "holder": None,
        "merged": [],
        "organization": signed_in_pages.HOUSE,
        "erase_at": samples.BORN,
        "last_inquiry": ticket,
        "undone": [ticket],
        "suggestions": [Suggestion(samples.alice(lang), 80, ("same-name", "same-mail-name"))],
        "entries": (said[0], Entry(purchase.occurred_at, event=purchase), *said[1:]),
        "notes": [
            CustomerNote("nte_1", "cus_1", Author("agent", "agt_1", samples.BOB.name_in(lang)), note, samples.BORN)
        ],
        "older_notes": None,
        "tickets": samples.tickets(lang),
        "blocked": {},
        "events": [purchase],
        "consents": [_stop(lang)],
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "first_page": None,
        "next_page": None,
        "why": partial(delivery_reason.words, language=lang),
        "held_for": partial(suspension.in_words, locale=lang),
        "reason_words": lambda code: doubles.REASONS[code].words(lang),
        "bare_call": call_words.is_only,
        "files": "/f",
    }


def agent_pages(lang: str) -> dict[str, tuple[str, dict[str, Any]]]:
    base = frame(lang) | {
        "viewer": samples.BOB,
        "area": "tickets",
        "teams": samples.TEAMS,
        "team": None,
        "suspended_count": "3",
    }
    out = base | {"viewer": None}
    inbox = {
        "view": "mine",
        "views": ["mine", "unassigned", "open", "all"],
        "counts": {"mine": 7, "open": 31},
        "team_name": "",
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "first_page": None,
        "next_page": "/next",
    }
    search = {
        "q": "board",
        "is_down": False,
        "people": inbox["people"],
        "tickets": samples.tickets(lang),
        "marked": {},
        "total": 57,
        "shown_for": "boards",
        "number_of_page": 2,
        "pages": 3,
    }
    thread = {
        "ticket": samples.ticket(lang, "open"),
        "customer": samples.alice(lang),
        "messages": samples.messages(lang),
        "files": "/f",
        "here": "/agent/tickets/2041",
        "bare_call": call_words.is_only,
        "own_fields": sample_asking.own_fields(lang),
        "rating": signed_in_pages.RATED,
        "older": None,
        "deliveries": {"msg_2": samples.delivery("delivered")},
        "why": partial(delivery_reason.words, language=lang),
        "mode": "reply",
        "done": "",
        "last_seen": "msg_4",
        **composer(lang),
        "assignees": [("agt_1", samples.BOB.name_in(lang))],
        "team_choices": [("team_1", samples.TEAMS[0].name_in(lang))],
        "other_tickets": samples.tickets(lang)[1:3],
        "last_purchase": samples.purchase(lang),
        "picking": False,
        "stands_for_it": None,
        "split_from": None,
        "linked": None,
        "lost": None,
        "split_into": [],
        "origins": {},
    }
    held = samples.suspended_mail(lang)
    of_suspended = {
        "area": "suspended",
        "suspended_count": "99+",
        "mails": [held],
        "shown": held,
        "text": samples.messages(lang)[0].text,
        "released": 2041,
        "deleted": "/agent/suspended/sus_1",
        "done": "blocked",
        "first_page": None,
        "next_page": "/next",
    }
    of_teams = {
        "area": "settings",
        "listed": samples.TEAMS,
        "members": {"team_1": [samples.BOB.name_in(lang)], "team_2": []},
        "shops_door": "help@ghusn.example",
        "done": "saved",
    }
    of_team = {
        "area": "settings",
        "edited": samples.TEAMS[0],
        "version": 1,
        "typed": {"name_en": "Workshop", "name_ar": "الورشة", "email": "workshop@ghusn.example"},
        "shops_door": "help@ghusn.example",
        "mail_domain": "ghusn.example",
    }
    of_macros = {
        "area": "settings",
        "listed": [samples.MACRO],
        "team_of": {"team_1": samples.TEAMS[0]},
        "done": "macro-made",
    }
    of_macro = {
        "area": "settings",
        "edited": samples.MACRO,
        "version": 1,
        "typed": {"name": samples.MACRO.name, "text_en": samples.MACRO.texts["en"], "position": "0"},
        "team_choices": [("team_1", samples.TEAMS[0].name_in(lang))],
        "placeholders": PLACEHOLDERS,
        "unfilled": {},
    }
    of_blocked = {
        "area": "settings",
        "senders": samples.BLOCKED,
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "done": "blocked",
        "first_page": None,
        "next_page": "/agent/settings/blocked-senders?after=1",
    }
    pages = {
        "sign-in": ("agent/sign_in", out | {"sent_to": None, "minutes": 15}),
        "sign-in-wrong": ("agent/sign_in", out | {"sent_to": None, "minutes": 15, "errors": {"link": "other-browser"}}),
        "sign-in-sent": ("agent/sign_in", out | {"sent_to": "salma@ghusn.example", "minutes": 15}),
        "sign-in-confirm": ("agent/sign_in_confirm", out),
        "inbox": ("agent/inbox", base | inbox | {"tickets": samples.tickets(lang)}),
        "inbox-empty": ("agent/inbox", base | inbox | {"tickets": [], "next_page": None}),
        "search": ("agent/search", base | search),
        "search-empty": ("agent/search", base | search | {"tickets": [], "total": 0, "shown_for": None, "pages": 0}),
        "search-down": ("agent/search", base | search | {"tickets": [], "is_down": True}),
        "ticket": ("agent/ticket", base | thread),
        "ticket-merged": (
            "agent/ticket",
            base | thread | {"stands_for_it": samples.tickets(lang)[1], "ticket": samples.ticket(lang, "closed")},
        ),
        "ticket-split": (
            "agent/ticket",
            base
            | thread
            | {
                "picking": True,
                "split_from": samples.tickets(lang)[1],
                "split_into": samples.tickets(lang)[1:3],
                "origins": {"msg_1": 2040, "msg_3": 2040},
            },
        ),
        "ticket-calls": (
            "agent/ticket",
            base
            | thread
            | {
                "messages": samples.calls(lang),
                "done": "call",
                "errors": {"call": "call-length"},
                "typed": {"call_length": "x"},
            },
        ),
        "ticket-note": ("agent/ticket", base | thread | {"mode": "note", "done": "note"}),
        "ticket-refused": (
            "agent/ticket",
            base | thread | {"errors": {"text": "newer-message"}, "typed": {"text": "…"}},
        ),
        "ticket-solved": (
            "agent/ticket",
            base | thread | {"ticket": samples.ticket(lang, "solved"), "other_tickets": [], "done": "reply"},
        ),
        "customer": (
            "agent/customer",
            base
            | of_customer(lang)
            | {"merged": [samples.alice(lang)], "blocked": {"leila@example.org": "blk_1"}, "next_page": "/next"},
        ),
        "customer-tickets": (
            "agent/customer",
            base | of_customer(lang) | {"view": "tickets", "first_page": "/first", "done": "doubles"},
        ),
        "customer-new": (
            "agent/customer",
            base
            | of_customer(lang)
            | {
                **dict.fromkeys(("entries", "notes", "events", "consents", "tickets", "suggestions"), ()),
                "last_inquiry": None,
                "holder": samples.alice(lang),
                "errors": {"contact": "no-such-contact", "new_contact": "contact-invalid", "note": "note-missing"},
                "typed": {"new_contact": "leila"},
            },
        ),
        "settings-teams": ("agent/settings_teams", base | of_teams),
        "settings-teams-none": ("agent/settings_teams", base | of_teams | {"listed": [], "done": ""}),
        "settings-team": ("agent/settings_team", base | of_team),
        "settings-team-new": ("agent/settings_team", base | of_team | {"edited": None, "typed": {}}),
        "settings-team-wrong": (
            "agent/settings_team",
            base | of_team | {"errors": {"name_en": "team-nameless", "email": "email-taken"}},
        ),
        "settings-macros": ("agent/settings_macros", base | of_macros),
        "settings-macros-none": ("agent/settings_macros", base | of_macros | {"listed": [], "done": ""}),
        "settings-macro": ("agent/settings_macro", base | of_macro),
        "settings-macro-wrong": (
            "agent/settings_macro",
            base
            | of_macro
            | {"edited": None, "errors": {"text_en": "unknown-placeholder"}, "unfilled": {"en": ["customer.nick"]}},
        ),
        "settings-blocked": ("agent/settings_blocked", base | of_blocked),
        "settings-blocked-none": (
            "agent/settings_blocked",
            base | of_blocked | {"senders": [], "errors": {"value": "own-sender"}, "typed": {"value": "ghusn.example"}},
        ),
        "suspended": ("agent/suspended", base | of_suspended),
        "suspended-deleted": ("agent/suspended", base | of_suspended | {"done": "deleted", "released": None}),
        "suspended-none": ("agent/suspended", base | of_suspended | {"mails": [], "released": None}),
        "suspended-mail": ("agent/suspended_mail", base | of_suspended),
        "suspended-mail-wrong": (
            "agent/suspended_mail",
            base | of_suspended | {"errors": {"mail": "mail-without-sender"}, "text": ""},
        ),
        "error-404": ("agent/error", out | {"status": 404, "request_id": None}),
        "error-403": ("agent/error", out | {"status": 403, "request_id": None}),
        "error-500": ("agent/error", out | {"status": 500, "request_id": "c6af9ac6"}),
    }
    for state in ("queued", "sent", "delayed", "complained", "suppressed", "bounced"):
        pages[f"ticket-{state}"] = ("agent/ticket", base | thread | {"deliveries": {"msg_2": samples.delivery(state)}})
    return pages | article_pages.pages(lang, base) | settings_pages.pages(lang, base)


def mails(lang: str) -> dict[str, dict[str, Any]]:
    about = {
        "shop": samples.SHOP,
        "ticket_number": 2041,
        "ticket_subject": samples.ticket(lang).subject,
        "text": samples.messages(lang)[1].text,
        "by_email": True,
        "author_name": samples.BOB.name_in(lang),
        "signature": samples.TEAMS[0].signatures.get(lang, ""),
        "html": None,
        "links": [],
        "url": f"http://127.0.0.1:8000/{lang}/tickets/2041",
        "reply_by": samples.BORN,
    }
    link = {"shop": samples.SHOP, "url": "http://127.0.0.1:8000/en/sign-in/sgn_1", "code": "048213", "minutes": 15}
    off = {"shop": samples.SHOP, "webhook": samples.WEBHOOK, "url": "http://127.0.0.1:8000/docs"}
    notice = about | {"files": ["board.jpg", "صورة.png"], "refused": None, "lost": None, "why": None}
    linked = {"name": "boards.pdf", "size": 9_400_000, "until": samples.BORN, "url": f"{about['url']}/files"}
    summary = {
        "shop": samples.SHOP,
        "new": [("It looks like spam.", 1204), ("It holds a virus.", 1)],
        "waiting": 12,
        "expired": 3,
        "url": "http://127.0.0.1:8000/agent/suspended",
    }
    return {"reply": about | {"links": [linked]}, "receipt": about, "notice": notice} | {
        "sign_in": link,
        "agent_sign_in": link,
        "webhook_off": off,
        "mail_summary": summary,
    }
