"""Raw mails read anew: what they said is rewritten where it stands, once or twice, and nothing else happens."""

import json
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import boto3
import pytest

from chalicelib import clock, ids, settings
from chalicelib.actions import receive_mail as receive_mail_module
from chalicelib.actions import reconcile_mail, replay_mail, write_incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import email_in, outgoing
from chalicelib.domain.job import Job
from chalicelib.store import erasing, files, intake, keys, messages, raw_mail, suspended, tickets, unindexed
from chalicelib.store.changes import Changes
from chalicelib.store.table import EventRow, Row
from tests.actions.conftest import mail, sent_mail, store_mail
from tests.actions.test_account_mail import check

pytestmark = pytest.mark.usefixtures("cloud")


def job(type=replay_mail.JOB_TYPE, **wanted):
    now = clock.now()
    return Job(ids.new("job"), type, "running", "key", now, now, wanted=wanted)


def all_of_it(step=replay_mail.step, **wanted):
    """Run a whole job, and return what it told."""
    told, one = [], job(**wanted)
    while True:
        progress = step(one, Changes())
        told += progress.results
        if progress.place is None:
            return told
        one = replace(one, place=progress.place)


def everything():
    """All rows but the marks that a search looks at, and all files."""
    rows = sorted((row.pk, row.sk, json.dumps(row.serialize())) for row in Row.scan() if row.pk != "UNINDEXED")
    s3 = boto3.client("s3")
    listed = s3.list_objects_v2(Bucket=settings.files_bucket()).get("Contents", [])
    return rows, [(one["Key"], files.read(one["Key"])) for one in listed]


@pytest.fixture
def worse(monkeypatch):
    """A reader that sees less: no quotes, no HTML, no files. It is as good as ever once this is undone."""
    read = email_in.read

    def poorly(raw):
        return replace(read(raw), visible_text="Hel", quoted_text="", html=None, attachments=(), problems=())

    with monkeypatch.context() as changed:
        changed.setattr(receive_mail_module.email_in, "read", poorly)
        yield changed


def letter(**headers):
    message = EmailMessage()
    for name, value in {"From": "Alice <alice@example.org>", "To": "help@ghusn.example", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content("Hello, can it be saved?\n")
    message.add_alternative("<p>Hello, can it be <b>saved</b>?</p>", subtype="html")
    message.add_attachment(b"a picture", maintype="image", subtype="png", filename="board.png")
    return message.as_bytes()


def message_of(outcome):
    return messages.get(outcome.ticket_id, outcome.message_id)


def test_a_message_gains_what_the_better_reader_sees_and_keeps_the_rest(worse, run):
    outcome = receive_mail(store_mail(letter(Subject="My board")))
    run()
    before, ticket, events = message_of(outcome), tickets.get(outcome.ticket_id), EventRow.count()
    assert (before.text, before.attachments) == ("Hel", ())
    worse.undo()

    told = all_of_it()
    run()

    after = message_of(outcome)
    assert after.text.strip() == "Hello, can it be saved?"
    assert "<b>saved</b>" in after.html
    assert [(one.name, files.read(one.key)) for one in after.attachments] == [("board.png", b"a picture")]
    kept = ("id", "author", "created_at", "contact", "email_id", "matched_by", "raw_key", "channel", "visibility")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert tickets.get(outcome.ticket_id) == replace(ticket, preview="Hello, can it be saved?")
    assert [(one["code"], one["ticket_id"]) for one in told] == [("rewritten", outcome.ticket_id)]
    assert (EventRow.count(), len(sent_mail())) == (events, 1)
    assert outcome.ticket_id in str(unindexed.read(10))


def test_a_second_replay_finds_nothing_to_do(worse):
    receive_mail(store_mail(letter()))
    worse.undo()
    all_of_it()
    before = everything()

    assert all_of_it() == []
    assert everything() == before


def test_a_file_that_was_listed_before_keeps_its_address(worse):
    stored = store_mail(letter())
    worse.undo()
    outcome = receive_mail(stored)
    (file,) = message_of(outcome).attachments

    assert all_of_it() == []
    assert message_of(outcome).attachments == (file,)


def test_a_long_text_moves_into_the_bucket_and_back(monkeypatch):
    outcome = receive_mail(store_mail(mail(text="word " * 3000)))
    read = email_in.read
    with monkeypatch.context() as shorter:
        shorter.setattr(email_in, "read", lambda raw: replace(read(raw), visible_text="short"))
        all_of_it()
        assert (message_of(outcome).text, message_of(outcome).quoted_text) == ("short", None)

    all_of_it()

    assert message_of(outcome).text.strip() == ("word " * 3000).strip()


def test_both_tickets_that_a_mail_came_into_are_rewritten(worse):
    first, second = (receive_mail(store_mail(mail(subject))) for subject in ("One", "Two"))
    addresses = [outgoing.reply_to(one.ticket_id, "alice@example.org") for one in (first, second)]
    stored = store_mail(letter(), *addresses)
    outcome = receive_mail(stored)
    assert len(outcome.also or intake.of_mail(stored.id).also) == 1
    worse.undo()

    all_of_it(mail_ids=[stored.id])

    for one in (first, second):
        assert tickets.thread(one.ticket_id).messages[-1].text.strip() == "Hello, can it be saved?"
        assert tickets.thread(one.ticket_id).ticket.message_count == 2


def test_only_what_came_in_the_stretch_of_time_is_read(worse):
    early, late = store_mail(letter(Subject="Early")), store_mail(letter(Subject="Late"))
    outcomes = [receive_mail(early)]
    clock.shift(3600)
    outcomes.append(receive_mail(late))
    worse.undo()
    since, until = clock.now() - timedelta(minutes=5), clock.now() + timedelta(minutes=5)

    all_of_it(since=keys.time(since), until=keys.time(until))

    assert [message_of(one).text.strip() for one in outcomes] == ["Hel", "Hello, can it be saved?"]


def test_only_the_mails_that_are_named_are_read(worse):
    stored = [store_mail(letter(Subject=f"{n}")) for n in range(3)]
    outcomes = [receive_mail(one) for one in stored]
    worse.undo()

    assert [one["source"] for one in all_of_it(mail_ids=[stored[1].id, "nobody"])] == [stored[1].id]
    assert [message_of(one).text.strip() == "Hel" for one in outcomes] == [True, False, True]


def test_what_was_erased_meanwhile_stays_erased(worse, monkeypatch):
    outcome = receive_mail(store_mail(letter()))
    worse.undo()
    derived = write_incoming.derived

    def erased_meanwhile(given, read):
        new = derived(given, read)
        list(erasing.walk(outcome.ticket_id, "en"))
        return new

    monkeypatch.setattr(write_incoming, "derived", erased_meanwhile)
    all_of_it()
    monkeypatch.undo()

    assert (message_of(outcome).text, message_of(outcome).raw_key) == ("Erased", None)
    assert boto3.client("s3").list_objects_v2(Bucket=settings.files_bucket())["KeyCount"] == 0
    all_of_it()
    assert message_of(outcome).text == "Erased"


def test_suspended_mail_stays_suspended_and_shows_what_is_read_now(worse, monkeypatch):
    stored = store_mail(letter(Subject="Cheap watches"), spam="FAIL")
    read = email_in.read
    with monkeypatch.context() as poorer:
        poorer.setattr(email_in, "read", lambda raw: replace(read(raw), subject="?"))
        receive_mail(stored)
    before = suspended.get(stored.id)
    assert before.subject == "?"

    assert [one["code"] for one in all_of_it()] == ["rewritten"]

    assert suspended.get(stored.id) == replace(before, subject="Cheap watches")
    assert all_of_it() == []


def test_what_could_not_be_parsed_becomes_what_it_should(monkeypatch, run):
    stored = store_mail(letter(Subject="My board"))
    with monkeypatch.context() as broken:
        nothing = replace(email_in.read(b""), problems=("broken",))
        broken.setattr(email_in, "read", lambda raw: nothing)
        assert receive_mail(stored).reason == "unparseable"
        assert all_of_it() == []
    run()

    assert [one["code"] for one in all_of_it()] == ["judged"]

    outcome = intake.of_mail(stored.id)
    assert outcome.outcome == "message"
    assert tickets.get(outcome.ticket_id).subject == "My board"
    assert all_of_it() == []


def test_the_verdicts_of_a_mail_outlive_a_replay_that_dies(monkeypatch):
    stored = store_mail(letter())
    with monkeypatch.context() as broken:
        nothing = replace(email_in.read(b""), problems=("broken",))
        broken.setattr(email_in, "read", lambda raw: nothing)
        receive_mail(stored)
    with monkeypatch.context() as broken:
        broken.setattr(replay_mail, "receive_mail", lambda *a, **k: 1 / 0)
        assert [one["code"] for one in all_of_it()] == ["not-replayed"]

    assert suspended.get(stored.id).dmarc == "PASS"
    assert [one["code"] for one in all_of_it()] == ["judged"]
    assert intake.of_mail(stored.id).outcome == "message"


def test_what_failed_is_kept_apart_for_an_agent_once_it_can_be_read(monkeypatch):
    stored = store_mail(letter())
    with monkeypatch.context() as broken:
        broken.setattr(email_in, "read", lambda raw: 1 / 0)
        check(stored.key, tries=5)
        assert [one["code"] for one in all_of_it()] == ["not-replayed"]
        assert suspended.get(stored.id).reason == "failed"

    assert [one["code"] for one in all_of_it()] == ["judged"]

    assert suspended.get(stored.id).reason == "unverified"
    assert all_of_it() == []


@pytest.mark.usefixtures("wall_clock")
def test_a_mail_that_nobody_knew_of_is_found_when_it_is_old_enough():
    stored = store_mail(letter())
    assert all_of_it() == []
    assert intake.of_mail(stored.id) is None
    clock.shift(16 * 60)

    assert [one["code"] for one in all_of_it()] == ["found"]
    assert suspended.get(stored.id).reason == "unverified"


def test_duplicates_and_what_was_deleted_are_left_alone():
    headers = {"Message_ID": "<one@example.org>", "Date": "Sat, 14 Nov 2026 09:00:00 +0000"}
    for _ in range(2):
        receive_mail(store_mail(letter(**headers)))
    before = everything()

    assert all_of_it() == []
    assert everything() == before


@pytest.mark.usefixtures("wall_clock")
def test_the_whole_bucket_is_reconciled_and_what_is_missing_is_taken_in(run):
    receive_mail(store_mail(mail("A message")))
    receive_mail(store_mail(mail("Spam"), spam="FAIL"))
    for _ in range(2):
        receive_mail(store_mail(mail("Twice", Message_ID="<two@example.org>", Date="Sat, 14 Nov 2026 09:00:00 +0000")))
    lost = store_mail(mail("Lost"))

    young = all_of_it(reconcile_mail.step, type=reconcile_mail.JOB_TYPE)
    clock.shift(16 * 60)
    (missing, told) = all_of_it(reconcile_mail.step, type=reconcile_mail.JOB_TYPE)

    counted = {"seen": 5, "message": 2, "suspended": 1, "duplicate": 1, "failed": 0}
    assert young == [{"body": {**counted, "waiting": 1, "missing": 0}}]
    assert missing == {"source": lost.id, "code": "missing"}
    assert told == {"body": {**counted, "waiting": 0, "missing": 1}}
    run()
    assert suspended.get(lost.id).reason == "unverified"
    (told,) = all_of_it(reconcile_mail.step, type=reconcile_mail.JOB_TYPE)
    assert told == {"body": {**counted, "suspended": 2, "waiting": 0, "missing": 0}}


def test_a_night_goes_on_where_the_last_one_ended():
    for n in range(5):
        receive_mail(store_mail(mail(f"{n}", Message_ID=f"<{n}@example.org>")))

    assert [reconcile_mail.look_on(2)["message"] for _ in range(4)] == [2, 2, 1, 2]
    assert raw_mail.counts() == raw_mail.Counts()
