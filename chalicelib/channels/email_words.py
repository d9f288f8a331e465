"""Header values of our own mails in plain ASCII: RFC 2047 words, addresses, ids. No value can end its line."""

import base64
import re
from collections.abc import Sequence

from chalicelib.channels.sending import Rejected
from chalicelib.domain.contact import ascii_email

# RFC 2047 allows lines of 76: 39 octets in base64 are 52, "=?utf-8?b?" and "?=" are 12, the field's name the rest.
_WORD_OCTETS = 39
_LINE = 76
# With those that turn the direction of what follows (UAX #9): one without its end would turn the rest of the head that
# a reader is shown. The marks of a single place (U+200E, U+200F, U+061C) turn nothing, and Arabic needs them.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_PLAIN = re.compile(r"[\x20-\x7e]*")
_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,900}")


def encode_text(text: str, used: int = 0) -> str:
    """Free text such as a subject, folded into lines; `used` is what stands before it on its line."""
    clean = _CONTROLS.sub(" ", text).strip()
    if _PLAIN.fullmatch(clean) and "=?" not in clean and _fits(clean, used):
        return _folded(clean.split(" "), used)
    return _words(clean)


def address(email: str, name: str = "") -> str:
    """One address with the name before it, if any.

    Raises:
        Rejected: `email` is not one ASCII address (SES takes no others; a domain in another script is encoded).
    """
    bare = ascii_email(email)
    if bare is None:
        raise Rejected(f"not an address mail can be sent to: {_CONTROLS.sub(' ', email)[:100]}", "bad-address")
    clean = " ".join(_CONTROLS.sub(" ", name).split())
    if not clean:
        return bare
    phrase = _phrase(clean)
    last = phrase.rpartition("\n")[2]
    return f"{phrase} <{bare}>" if len(last) + len(bare) < _LINE - len("Reply-To: ") else f"{phrase}\r\n <{bare}>"


def message_id_field(ids: Sequence[str]) -> str:
    """Ids each in angle brackets on a line of its own; what is no id is left out."""
    bare = ("".join(found.split()).strip("<>") for found in ids)
    return "\r\n ".join(dict.fromkeys(f"<{found}>" for found in bare if _ID.fullmatch(found)))


def _phrase(name: str) -> str:
    if _ATOMS.fullmatch(name) and "=?" not in name and len(name) < _LINE:
        return name
    if _PLAIN.fullmatch(name) and "=?" not in name and len(name) < _LINE:
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _words(name)


def _words(text: str) -> str:
    """Base64 words on lines of their own, never cutting a character in two."""
    chunks, chunk = [], b""
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(chunk) + len(octets) > _WORD_OCTETS:
            chunks.append(chunk)
            chunk = b""
        chunk += octets
    chunks.append(chunk)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(chunk).decode()}?=" for chunk in chunks if chunk)


def _fits(text: str, used: int) -> bool:
    return max((len(word) for word in text.split(" ")), default=0) + used < 900


def _folded(words: list[str], used: int) -> str:
    lines, length = [words[0]], used + len(words[0])
    for word in words[1:]:
        if length + 1 + len(word) > _LINE and word and lines[-1].strip():
            lines.append(word)
            length = len(word)
        else:
            lines[-1] += " " + word
            length += 1 + len(word)
    return "\r\n ".join(lines)
