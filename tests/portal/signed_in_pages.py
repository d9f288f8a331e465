"""What the templates of signing in, and of who is signed in, are given on that morning."""

from typing import Any

from tests.portal import samples

Pages = dict[str, tuple[str, dict[str, Any]]]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page is."""
    return _door(lang, base | {"viewer": None, "minutes": 15})


def _door(lang: str, out: dict[str, Any]) -> Pages:
    bare = out | {"came_from": None}
    asked = out | {"sent_to": "leila@example.org"}
    return {
        "sign-in": ("portal/sign_in", bare),
        "sign-in-link": ("portal/sign_in", out | {"came_from": samples.alice(lang).contacts[1]}),
        "sign-in-wrong": ("portal/sign_in", bare | {"errors": {"link": "link-spent", "email": "no-at"}}),
        "sign-in-code": ("portal/sign_in_code", asked),
        "sign-in-code-sms": ("portal/sign_in_code", out | {"sent_to": "+21620555014"}),
        "sign-in-code-expired": ("portal/sign_in_code", asked | {"errors": {"code": "code-expired"}}),
        "sign-in-confirm": ("portal/sign_in_confirm", out | {"with_code": False}),
        "sign-in-elsewhere": ("portal/sign_in_confirm", out | {"with_code": True}),
    }
