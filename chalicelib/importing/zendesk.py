"""Zendesk: its JSON export (a file a kind, an object a line) and what its API answers, alone or together in a zip.

People and organizations come first in the order of records, then the help centre, then tickets, which name people by
id only. https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#json-format says what the fields mean.
"""

import re
from collections.abc import Iterator
from typing import Any

from chalicelib.importing import json_file, zendesk_help, zendesk_people, zendesk_tickets
from chalicelib.importing.archive import Archive
from chalicelib.importing.json_file import Found
from chalicelib.importing.records import Record, Skipped
from chalicelib.importing.refusal import refuse

# Each step reads the file that it is at from its beginning, some 80 MB a second.
MAX_FILE = 500 * 1024 * 1024
# They are held in memory.
MAX_LOOKED_UP = 50 * 1024 * 1024
# What stands in a file of that kind is told by its name, in this order of reading.
_KINDS = (
    ("organizations", re.compile(r"organi[sz]ation", re.IGNORECASE)),
    ("segments", re.compile(r"user_?segment", re.IGNORECASE)),
    ("translations", re.compile(r"translation", re.IGNORECASE)),
    ("users", re.compile(r"user|agent|customer", re.IGNORECASE)),
    ("groups", re.compile(r"group", re.IGNORECASE)),
    ("categories", re.compile(r"categor", re.IGNORECASE)),
    ("sections", re.compile(r"section", re.IGNORECASE)),
    ("articles", re.compile(r"article", re.IGNORECASE)),
    ("tickets", re.compile(r"ticket", re.IGNORECASE)),
)
_ORDER = ("organizations", "users", "sections", "articles", "tickets")
_ADDRESS = re.compile(r"/api/v2/(?:[a-z_]+/)*?(tickets|users|organizations|categories|sections|articles)/")
Place = list[int]


class Reader:
    """Zendesk's records out of an archive. A place is the count of files read, and of objects in the next one."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._files = _sorted(archive)
        if not self._files:
            raise refuse("There is no file of tickets, users, organizations or articles (.json) in it.")
        for _, name in self._files:
            _refuse_above(MAX_FILE, archive, name)
        self._look: _Lookups | None = None

    def records(self, place: Place) -> Iterator[tuple[Place, Record]]:
        """All records from that place on ([0, 0]: the first), each with the place behind it.

        Raises:
            Invalid: the file is no JSON at all.
        """
        for at, (kind, name) in enumerate(self._files[place[0] :], start=place[0]):
            passed = place[1] if at == place[0] else 0
            with self._archive.open(name) as stream:
                for count, found in enumerate(json_file.objects(stream), start=1):
                    self._refuse_what_is_no_json(found, at, count)
                    if count > passed:
                        yield [at, count], self._record(kind, name, found)

    def _record(self, kind: str, name: str, found: Found) -> Record:
        where = f"{name}, {found.where}"
        if found.value is None:
            return Skipped(where, found.reason)
        made = self._made(kind or _kind_of(found.value), found.value, where)
        return made if made else Skipped(where, "it is none of ticket, user, organization, section or article")

    def _made(self, kind: str, value: dict[str, Any], where: str) -> Record | None:
        if kind == "organizations":
            return zendesk_people.organization(value, where)
        if kind == "users":
            return zendesk_people.profile(value, where)
        if kind == "sections":
            return zendesk_help.category(value, where, self._lookups.help)
        if kind == "articles":
            return zendesk_help.article(value, where, self._lookups.help)
        if kind == "tickets":
            return zendesk_tickets.ticket(value, where, self._lookups.groups, self._lookups.files)
        return None

    @property
    def _lookups(self) -> "_Lookups":
        if self._look is None:
            self._look = _Lookups(self._archive)
        return self._look

    def _refuse_what_is_no_json(self, found: Found, at: int, count: int) -> None:
        if found.value is None and (at, count) == (0, 1) and self._archive.is_single and "record" in found.where:
            raise refuse("This is no Zendesk export: it is neither JSON nor a zip of JSON files.")


class _Lookups:
    """The small files that records of others name things in by id."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.files = zendesk_tickets.files_of(archive.names)
        self.groups = {group.get("id"): str(group.get("name") or "") for group in self._all("groups")}
        self.help = zendesk_help.HelpCentre.of(
            self._all("categories"), self._all("sections"), self._all("segments"), self._all("translations")
        )

    def _all(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for name in self._archive.names:
            if name.endswith(".json") and _kind_named(name) == kind:
                _refuse_above(MAX_LOOKED_UP, self._archive, name)
                with self._archive.open(name) as stream:
                    found += [one.value for one in json_file.objects(stream) if one.value]
        return found


def _refuse_above(most: int, archive: Archive, name: str) -> None:
    if archive.size(name) > most:
        words = (
            f"“{name}” has more than {most // 1024**2} MB: part it by lines into files whose names begin like its own."
        )
        raise refuse(words)


def _sorted(archive: Archive) -> list[tuple[str, str]]:
    """The files to read, in the order in which their records build on each other."""
    if archive.is_single:
        kind = _kind_named(archive.names[0])
        return [(kind if kind in _ORDER else "", archive.names[0])]
    named = [
        (_kind_named(name), name) for name in archive.names if name.lower().endswith((".json", ".jsonl", ".ndjson"))
    ]
    return sorted(
        ((kind, name) for kind, name in named if kind in _ORDER), key=lambda one: (_ORDER.index(one[0]), one[1])
    )


def _kind_named(path: str) -> str:
    name = path.rpartition("/")[2]
    return next((kind for kind, words in _KINDS if words.search(name)), "")


def _kind_of(value: dict[str, Any]) -> str:
    """The kind of an object in a file whose name does not say it."""
    found = _ADDRESS.search(str(value.get("url") or ""))
    if found:
        return found[1]
    if "requester_id" in value or "requester" in value or "comments" in value:
        return "tickets"
    return "users" if "role" in value else ""
