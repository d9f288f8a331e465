"""Exports: everything, or all of one customer, as JSON Lines and files, packed into archives to download.

First the records are gathered into parts, then parts and files are packed. A step's parts are named for the step: one
that is done again writes the same names, and only the places written under the job's version say which parts count.
"""

import json
from collections.abc import Sequence
from typing import Any

from chalicelib.actions import pack_export
from chalicelib.actions.pack_export import FILES
from chalicelib.actions.run_job import Watch
from chalicelib.api import authentication
from chalicelib.api.export_sections import sections
from chalicelib.domain.api_key import ApiKey
from chalicelib.domain.job import OWN_EXPORT, Job, Progress
from chalicelib.errors import Forbidden, NotFound
from chalicelib.store import customers, files
from chalicelib.store.changes import Changes

# Octets of one step's records: they are in memory together.
MOST_GATHERED = 8 * 1024 * 1024


def step(job: Job, change: Changes) -> Progress:
    """Gather more records or, when all are there, pack the next archive.

    Raises:
        Unauthorized, Forbidden: the key that made the job was revoked, or is no admin's any more.
        NotFound: code `customer-not-found`, the customer whose export it is was erased meanwhile.
    """
    key = None if job.type == OWN_EXPORT else _key(job)
    _refuse_erased(job.wanted.get("customer_ids", ()))
    if "packed" in job.place:
        return pack_export.sweep(job)
    return pack_export.pack(job) if "archive" in job.place else _gather(job, key)


def _key(job: Job) -> ApiKey:
    key = authentication.standing(job.created_by)
    if not key.may("admin"):
        raise Forbidden("The key that made this job has not the scope admin any more.", code="missing-scope")
    return key


def _refuse_erased(customer_ids: Sequence[str]) -> None:
    if len(customers.get_all(customer_ids)) < len(customer_ids):
        raise NotFound("The customer was erased.", code="customer-not-found")


def _gather(job: Job, key: ApiKey | None) -> Progress:
    """`section` is where it stands, `after` where in that; `parts` the first and last step of each kind; `counts`."""
    place = {"section": 0, "after": None, "parts": {}, "counts": {}} | dict(job.place)
    listed, watch, gathered = sections(job.type), Watch(), _Gathered(job)
    while place["section"] < len(listed) and not watch.is_over and gathered.size < MOST_GATHERED:
        section = listed[place["section"]]
        page = section.read(job, key, place["after"])
        gathered.add(section.kinds, page.records)
        place["after"] = page.after
        place["section"] += page.after is None
    gathered.store(place)
    if place["section"] == len(listed):
        place = pack_export.start(place["parts"], place["counts"])
    return Progress(place, gathered.count)


class _Gathered:
    """The records of one step, by kind, as JSON Lines."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._lines: dict[str, list[bytes]] = {}
        self.size = 0

    @property
    def count(self) -> int:
        return sum(len(lines) for kind, lines in self._lines.items() if kind != FILES)

    def add(self, kinds: tuple[str, ...], records: dict[str, list[Any]]) -> None:
        for kind in kinds:
            told = [json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records.get(kind, ())]
            self._lines.setdefault(kind, []).extend(told)
            self.size += sum(map(len, told))

    def store(self, place: dict[str, Any]) -> None:
        """Write the parts, and count them in."""
        number = self._job.step
        for kind, lines in self._lines.items():
            files.put(pack_export.part(self._job, kind, number), b"".join(lines), "application/x-ndjson")
            first = place["parts"].get(kind, [number])[0]
            place["parts"] = place["parts"] | {kind: [first, number]}
            place["counts"] = place["counts"] | {kind: place["counts"].get(kind, 0) + len(lines)}
