"""What the pages of suspended mail are given on that morning."""

from typing import Any

from tests.portal import samples

Pages = dict[str, tuple[str, dict[str, Any]]]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page of the desk is."""
    of_suspended = _of_suspended(lang)
    return {
        "suspended": ("agent/suspended", base | of_suspended),
        "suspended-deleted": ("agent/suspended", base | of_suspended | {"done": "deleted", "released": None}),
        "suspended-none": ("agent/suspended", base | of_suspended | {"mails": [], "released": None}),
        "suspended-mail": ("agent/suspended_mail", base | of_suspended),
        "suspended-mail-wrong": (
            "agent/suspended_mail",
            base | of_suspended | {"errors": {"mail": "mail-without-sender"}, "text": ""},
        ),
    }


def _of_suspended(lang: str) -> dict[str, Any]:
    held = samples.suspended_mail(lang)
    return {
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
