"""A WhatsApp message of any type as text, so that each can be read, searched and answered; no type is left out."""

import json
import mimetypes
from collections.abc import Callable
from typing import Any

from chalicelib.domain.message import MAX_TEXT

Told = dict[str, Any]

# As people say it; mimetypes of Python 3.11 knows none of these, or a rare ending.
_ENDINGS = {"audio/ogg": ".ogg", "image/webp": ".webp", "audio/amr": ".amr", "image/jpeg": ".jpg", "audio/aac": ".aac"}


def of(type: str, told: Told) -> str:
    """The text of the message `told` (as Meta writes it) of that type; never empty."""
    inner = told.get(type)
    words = _READERS.get(type, _unknown)(inner if isinstance(inner, dict) else {}, told)
    lines = [words.strip(), _advert(told.get("referral") or {})]
    return "\n\n".join(line for line in lines if line)[:MAX_TEXT] or "(empty message)"


def file_name(type: str, file: Told, content_type: str) -> str:
    """The name that its sender gave it, else one after its kind."""
    ending = _ENDINGS.get(content_type) or mimetypes.guess_extension(content_type) or ""
    kind = "voice" if file.get("voice") else type
    name = str(file.get("filename") or "").replace("\\", "/").rpartition("/")[2].strip()
    return "".join(c for c in name if c.isprintable())[:200] or f"{kind}{ending}"


def pressed(type: str, told: Told) -> tuple[str, ...]:
    """What stands on the button or line that he pressed, and what the shop named it by; nothing of what is none."""
    inner = told.get(type)
    if type not in ("button", "interactive") or not isinstance(inner, dict):
        return ()
    chosen = inner if type == "button" else inner.get(str(inner.get("type")))
    named = chosen if isinstance(chosen, dict) else {}
    return tuple(str(named[name]) for name in ("text", "title", "payload", "id") if named.get(name))


def _text(inner: Told, told: Told) -> str:
    return str(inner.get("body") or "")


def _file(inner: Told, told: Told) -> str:
    return str(inner.get("caption") or "") or f"({'voice message' if inner.get('voice') else told['type']})"


def _location(inner: Told, told: Told) -> str:
    named = ", ".join(str(inner[name]) for name in ("name", "address") if inner.get(name))
    if "latitude" not in inner or "longitude" not in inner:
        return f"📍 {named}"
    at = f"{inner['latitude']}, {inner['longitude']}"
    link = f"https://www.openstreetmap.org/?mlat={inner['latitude']}&mlon={inner['longitude']}#map=17"
    return "\n".join(line for line in (f"📍 {named or at}", at if named else "", link) if line)


def _contacts(inner: Told, told: Told) -> str:
    return "\n\n".join(_card(one) for one in told.get("contacts") or [] if isinstance(one, dict))


def _card(contact: Told) -> str:
    name = (contact.get("name") or {}).get("formatted_name") or "?"
    company = (contact.get("org") or {}).get("company")
    lines = [f"👤 {name}" + (f" ({company})" if company else "")]
    for many, one in (("phones", "phone"), ("emails", "email"), ("urls", "url")):
        lines += [str(each[one]) for each in contact.get(many) or [] if each.get(one)]
    return "\n".join(lines)


def _button(inner: Told, told: Told) -> str:
    return str(inner.get("text") or inner.get("payload") or "")


def _interactive(inner: Told, told: Told) -> str:
    """A button or a line of a list that he chose, or a form (flow) that he filled in."""
    chosen = inner.get(str(inner.get("type"))) or {}
    if "response_json" in chosen:
        return _form(str(chosen["response_json"])) or str(chosen.get("body") or "")
    return "\n".join(str(chosen[name]) for name in ("title", "description") if chosen.get(name))


def _form(written: str) -> str:
    try:
        answers = json.loads(written)
    except ValueError:
        return written
    fields = answers.items() if isinstance(answers, dict) else [("", answers)]
    return "\n".join(f"{name}: {value}" for name, value in fields if name != "flow_token")


def _reaction(inner: Told, told: Told) -> str:
    return str(inner.get("emoji") or "") or "(took a reaction back)"


def _order(inner: Told, told: Told) -> str:
    lines = [f"🛒 {inner.get('text') or ''}".strip()]
    for one in inner.get("product_items") or []:
        price = f" — {one['item_price']} {one.get('currency') or ''}".rstrip() if "item_price" in one else ""
        lines.append(f"{one.get('quantity', 1)} × {one.get('product_retailer_id', '?')}{price}")
    return "\n".join(lines)


def _system(inner: Told, told: Told) -> str:
    """Another number, or another phone, of the same person: said, never acted on, since anybody may get a number."""
    number = inner.get("new_wa_id") or inner.get("wa_id")
    return str(inner.get("body") or "") or (f"(changed the number to +{number})" if number else "(system message)")


def _edit(inner: Told, told: Told) -> str:
    new = inner.get("message") or {}
    return f"(edited)\n{of(str(new.get('type')), new)}"


def _revoke(inner: Told, told: Told) -> str:
    return "(deleted a message)"


def _unknown(inner: Told, told: Told) -> str:
    """What WhatsApp itself does not pass on (polls, view-once pictures …), and types that come after us."""
    error = (told.get("errors") or [{}])[0]
    why = error.get("title") or error.get("message")
    kind = (told.get("unsupported") or {}).get("type") or told.get("type") or "unknown"
    return f"(a message that WhatsApp does not pass on: {kind}{f', {why}' if why else ''})"


def _advert(referral: Told) -> str:
    """The advertisement that he wrote from."""
    found = [str(referral[name]) for name in ("headline", "source_url") if referral.get(name)]
    return f"({' — '.join(found)})" if found else ""


_READERS: dict[str, Callable[[Told, Told], str]] = {
    "text": _text,
    "image": _file,
    "video": _file,
    "audio": _file,
    "document": _file,
    "sticker": _file,
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "edit": _edit,
    "revoke": _revoke,
}
