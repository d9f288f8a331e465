"""Who wrote something, by the id that was written down with it: an agent's, or that of a key of the API."""

from collections.abc import Iterable

from chalicelib.store import api_keys, staff


def name(id: str | None, locale: str) -> str:
    """What he is called in that language; empty for the system and for those who are not known."""
    return names([id], locale)[id or ""]


def names(wanted: Iterable[str | None], locale: str) -> dict[str, str]:
    """The same of several, by id."""
    listed = {id or "" for id in wanted}
    known = staff.read() if any(id.startswith("agt_") for id in listed) else None
    return {id: (known.name(id, locale) if known and id.startswith("agt_") else _key_name(id)) for id in listed}


def _key_name(id: str) -> str:
    key = api_keys.get(id) if id.startswith("key_") else None
    return key.name if key else ""
