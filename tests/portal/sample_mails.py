"""What each mail that goes out is given on that morning."""

from typing import Any

from tests.portal import samples


def mails(lang: str) -> dict[str, dict[str, Any]]:
    """Name of the template -> what it is given."""
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
