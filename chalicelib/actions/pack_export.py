"""Packs what an export has gathered into archives: the records of each kind, then attachments and mails.

All goes into one archive when it is small; else each archive is a download of its own, and an index names them.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib import clock, settings
from chalicelib.actions.run_job import Watch
from chalicelib.domain.job import Job, Progress
from chalicelib.store import file_versions, files, jobs
from chalicelib.store.archives import Archive

# Of the 1 GB and 60 seconds that the function has.
MOST_OCTETS = 48 * 1024 * 1024
SECONDS = 10.0

# The kind of records that say which files belong into the archive, and under which names.
FILES = "files"


def part(job: Job, kind: str, step: int) -> str:
    """Where a step's records of that kind lie."""
    return f"{jobs.folder(job.id)}/parts/{kind}-{step:06d}.jsonl"


def start(parts: Mapping[str, list[int]], counts: Mapping[str, int]) -> dict[str, Any]:
    """Where packing begins. `parts` says of each kind which steps wrote it, the first and the last."""
    kinds = [kind for kind in parts if kind != FILES] + [kind for kind in parts if kind == FILES]
    return {"archive": 1, "left": [[kind, *parts[kind]] for kind in kinds], "file": 0, "counts": dict(counts)}


def pack(job: Job) -> Progress:
    """Write the next archive, as much as size and time allow."""
    packing = _Packing(job)
    name = f"diwan-{job.type.replace('_', '-')}-{packing.number}.zip"
    key = f"{jobs.folder(job.id)}/{name}"
    with Archive(key) as archive:
        packing.fill(archive)
    told = ({"name": name, "size": archive.stored, "key": key}, *packing.gone)
    if packing.left:
        return Progress(packing.next_place(), results=told)
    file = key if packing.number == 1 else _index(job, told[0])
    return Progress({"packed": True}, total=job.done, results=told, file=file)


def sweep(job: Job) -> Progress:
    """Take away the parts, in a step of its own: before the last archive is accounted for, it may be packed again."""
    file_versions.erase_files([f"{jobs.folder(job.id)}/parts/"])
    return Progress(None)


class _Packing:
    """One archive in the making. `left` are kinds with the steps to come, first and last; `file` is a line of one."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.number: int = job.place["archive"]
        self.left: list[list[Any]] = [list(one) for one in job.place["left"]]
        self.gone: list[dict[str, Any]] = []
        self._file: int = job.place["file"]
        self._watch = Watch(SECONDS)

    def next_place(self) -> dict[str, Any]:
        counts = self._job.place["counts"]
        return {"archive": self.number + 1, "left": self.left, "file": self._file, "counts": counts}

    def fill(self, archive: Archive) -> None:
        if self.number == 1:
            archive.add("manifest.json", [_manifest(self._job)])
        while self.left and not self._is_full(archive):
            kind = self.left[0][0]
            if kind == FILES:
                self._add_files(archive)
            else:
                archive.add(f"{kind}.jsonl", self._records(kind, archive))

    def _is_full(self, archive: Archive) -> bool:
        return self._watch.is_over or archive.size >= MOST_OCTETS

    def _records(self, kind: str, archive: Archive) -> Iterator[bytes]:
        """The records of that kind, part by part; what does not fit goes on in the next archive."""
        while self.left and self.left[0][0] == kind:
            yield files.read(part(self._job, kind, self.left[0][1]))
            self._pass_part()
            if self._is_full(archive):
                return

    def _add_files(self, archive: Archive) -> None:
        lines = files.read(part(self._job, FILES, self.left[0][1])).splitlines()
        while self._file < len(lines):
            self._add_file(archive, json.loads(lines[self._file]))
            self._file += 1
            if self._is_full(archive) and self._file < len(lines):
                return
        self._file = 0
        self._pass_part()

    def _add_file(self, archive: Archive, told: dict[str, str]) -> None:
        """One file, unless it is there by another message of the ticket that it is attached to."""
        if archive.holds(told["path"]):
            return
        content = files.find_mail(told["key"]) if told["bucket"] == "mail" else files.find(told["key"])
        if content is None:
            self.gone.append({"source": told["path"], "code": "file-gone", "detail": "The file is not there any more."})
            return
        archive.add(told["path"], [content], packed=told["bucket"] == "mail")

    def _pass_part(self) -> None:
        self.left[0][1] += 1
        if self.left[0][1] > self.left[0][2]:
            self.left.pop(0)


def _manifest(job: Job) -> bytes:
    told = {
        "made_by": f"Diwan {settings.VERSION}",
        "job": job.id,
        "of": job.type,
        "began_at": job.created_at.isoformat(),
        "gathered_at": clock.now().isoformat(),
        "counts": job.place["counts"],
        "customers": job.wanted.get("customer_ids"),
    }
    return json.dumps(told, indent=2).encode()


def _index(job: Job, last: Mapping[str, Any]) -> str:
    """Write the names and sizes of all archives. Returns the key of that file."""
    found = [result.value for result in jobs.results_after(job.id, -1, job.results + 1)]
    archives = [one for one in (*found, last) if "key" in one]
    told = {
        "archives": [{"name": one["name"], "size": one["size"]} for one in archives],
        "links": f"{settings.public_url()}/v1/jobs/{job.id}/results",
        "counts": job.place["counts"],
    }
    key = f"{jobs.folder(job.id)}/index.json"
    files.put_json(key, told)
    return key
