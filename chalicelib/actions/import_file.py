"""The step of an import job. First the whole file is read into neutral records, by the portion, beside the job; mails
are put into threads then; at last the records are written. So whatever the file, a step begins where the last ended.

Before the first record is written, numbers and lists are made ready for all of them: the highest number and the oldest
month are known by then. A record that is written twice is written once; see `import_records`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import settings
from chalicelib.actions.import_records import Result, Writer, skipped
from chalicelib.actions.run_job import Watch
from chalicelib.domain.job import Job, Progress
from chalicelib.importing import formats, records, threads
from chalicelib.importing.archive import Archive
from chalicelib.importing.records import Mail, Profile, Record, Skipped
from chalicelib.importing.refusal import refuse
from chalicelib.importing.threads import Own
from chalicelib.store import files, jobs, keys, numbers, ranged_file, shop, staff
from chalicelib.store.changes import Changes

# One object in S3 each, read again by every step that works in it.
PORTION = 100
MAIL_PORTION = 5000
THREAD_PORTION = 1000
PORTION_OCTETS = 8 * 1024 * 1024
MOST_RESULTS = 90
# They are put into threads in one step, in memory.
MOST_MAILS = 100_000
# So often a record may fail before it is passed over: the table may only have been busy.
PATIENCE = 3


@dataclass(frozen=True)
class Place:
    """Where the job stands: reading (`at` in the file), threading, or writing (`at` a portion, `record` in it).

    `folder` is where its portions lie: threads beside the mails they are made of, since a step may be done twice.
    """

    phase: str = "read"
    folder: str = "records"
    at: tuple[int, ...] = tuple(formats.START)
    record: int = 0
    portions: int = 0
    records: int = 0
    highest: int = 0
    month: str = ""

    @classmethod
    def of(cls, job: Job) -> "Place":
        told = dict(job.place)
        return cls(**{**told, "at": tuple(told["at"])}) if told else cls()

    def moved(self, **fields: Any) -> "Place":
        return replace(self, **fields)

    def told(self) -> dict[str, Any]:
        return {**vars(self), "at": list(self.at)}


def step(job: Job, change: Changes) -> Progress:
    """Do the next piece of an import: `job.wanted` names the `format` and the file's `key`, and perhaps further

    `own_addresses` of the desk, for mailboxes.

    Raises:
        Invalid: code `unreadable-import`, the file is not there or not of that format.
    """
    place = Place.of(job)
    if place.phase == "read":
        return _read(job, place)
    if place.phase == "thread":
        return _thread(job, place)
    return _write(job, place)


def _read(job: Job, place: Place) -> Progress:
    """Read on in the file, and put what was found beside the job."""
    is_mail = job.wanted["format"] in ("mbox", "eml")
    reader = formats.reader(job.wanted["format"], _archive(job))
    watch: Watch | None = None
    waiting = _Waiting(MAIL_PORTION if is_mail else PORTION)
    for at, record in reader.records(list(place.at)):
        watch = watch or Watch()  # what was read before is passed over first
        waiting.add(record)
        place = _seen(place.moved(at=tuple(at), records=place.records + 1), record)
        if is_mail and place.records > MOST_MAILS:
            raise refuse(f"The mailbox has more than {MOST_MAILS} mails: bring it in parts.")
        if watch.is_over:
            return Progress(_put(job, place, waiting).told())
        if waiting.is_full:
            place = _put(job, place, waiting)
    place = _put(job, place, waiting)
    return Progress(place.moved(phase="thread").told()) if is_mail else _ready(place)


class _Waiting:
    """Records on their way into a portion of at most so many, and of some megabytes."""

    def __init__(self, most: int) -> None:
        self._most, self._lines, self._octets = most, list[bytes](), 0

    def add(self, record: Record) -> None:
        line = records.packed([record])
        self._lines.append(line)
        self._octets += len(line)

    @property
    def is_full(self) -> bool:
        return len(self._lines) >= self._most or self._octets >= PORTION_OCTETS

    def take(self) -> bytes:
        taken = b"".join(self._lines)
        self._lines, self._octets = [], 0
        return taken


def _seen(place: Place, record: Record) -> Place:
    number = getattr(record, "number", None) or 0
    return place.moved(highest=max(place.highest, number), month=min(place.month or "9999", _month(record)))


def _month(record: Record) -> str:
    person = record.person if isinstance(record, Profile) else record
    since: datetime | None = getattr(person, "created_at", None)
    return keys.month(since) if since else "9999"


def _put(job: Job, place: Place, waiting: _Waiting) -> Place:
    lines = waiting.take()
    if not lines:
        return place
    files.put(_portion(job, place, place.portions), lines, "application/jsonl")
    return place.moved(portions=place.portions + 1)


def _thread(job: Job, place: Place) -> Progress:
    """Put all mails into threads."""
    listed = [record for at in range(place.portions) for record in _unpacked(job, place, at)]
    made: list[Record] = [record for record in listed if isinstance(record, Skipped)]
    made += threads.grouped([record for record in listed if isinstance(record, Mail)], _own(job))
    place = place.moved(folder="threads", portions=0, records=len(made))
    waiting = _Waiting(THREAD_PORTION)
    for record in made:
        waiting.add(record)
        if waiting.is_full:
            place = _put(job, place, waiting)
    return _ready(_put(job, place, waiting))


def _ready(place: Place) -> Progress:
    """All records are known: make ready for them."""
    if place.records == 0:
        return Progress(None, total=0)
    numbers.reserve(place.highest)
    if place.month < "9999":
        shop.reach_back(place.month)
    return Progress(place.moved(phase="write", at=(0,), record=0).told(), total=place.records)


def _write(job: Job, place: Place) -> Progress:
    watch, archive = Watch(), _archive(job)
    writer, results, done = Writer(archive, _own(job), lambda: watch.is_over), [], 0
    for record, behind in _left(job, place, writer):
        told = _written(job, writer, record, first=done == 0)
        if told is None:
            break
        results += told
        if writer.is_amid:
            break
        done += 1
        place = behind
        if watch.is_over or len(results) >= MOST_RESULTS:
            break
    writer.finish()
    ended = place.at[0] >= place.portions
    return Progress(None if ended else place.told(), done=done, results=tuple(results))


def _written(job: Job, writer: Writer, record: Record, first: bool) -> list[Result] | None:
    """What is to be told of it; None when it failed, and is to be tried again by a step of its own.

    A record that has failed three times so is passed over, or it would hold up all behind it for ever.
    """
    try:
        return writer.write(record)
    except Exception as error:  # whatever is wrong with one record, the others must come
        if not first:
            return None
        if job.tries <= PATIENCE:
            raise
        return [skipped(record.where, f"it could not be written: {type(error).__name__}")]


def _left(job: Job, place: Place, writer: Writer) -> Iterator[tuple[Record, Place]]:
    """The records from that place on, of one portion after the other, each with the place behind it."""
    for at in range(place.at[0], place.portions):
        listed = list(_unpacked(job, place, at))
        first = place.record if at == place.at[0] else 0
        writer.expect(listed[first:])
        for count, record in enumerate(listed[first:], start=first + 1):
            ends = count == len(listed)
            yield record, place.moved(at=(at + 1,), record=0) if ends else place.moved(at=(at,), record=count)


def _unpacked(job: Job, place: Place, number: int) -> Iterator[Record]:
    return records.unpacked(files.read(_portion(job, place, number)))


def _portion(job: Job, place: Place, number: int) -> str:
    return f"{jobs.folder(job.id)}/{place.folder}/{number:06d}.jsonl"


def _archive(job: Job) -> Archive:
    """The file itself, read where it lies.

    Raises:
        Invalid: it has not been uploaded, or is damaged.
    """
    opened = ranged_file.open_file(job.wanted["key"])
    if opened is None:
        raise refuse("The file has not been uploaded.")
    return Archive(opened, job.wanted.get("name") or "the file")


def _own(job: Job) -> Own:
    """The addresses the desk writes from: its own, its teams' and agents', and those that were told."""
    known = staff.read()
    agents = [agent.email for agent in known.agents.values()]
    teams = [team.email for team in known.teams.values() if team.email]
    return Own([settings.support_email(), *agents, *teams, *job.wanted.get("own_addresses", ())])
