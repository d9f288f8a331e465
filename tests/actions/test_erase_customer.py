"""Alice is forgotten: nothing in table and buckets tells of her, and her tickets say that something was there."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import (
    change_blocked_sender,
    change_customer,
    change_customer_note,
    deliver_message,
    erase_customer,
    erase_ticket,
    merge_customers,
    receive_sms,
    record_event,
    run_job,
    send_reply,
    sign_in,
    start_job,
)
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_sms import InboundSms
from chalicelib.actions.send_reply import Reply
from chalicelib.domain import job as rules
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.job import Job, Progress
from chalicelib.domain.message import Attachment
from chalicelib.errors import Conflict, NotFound
from chalicelib.inbound.job_steps import step_for
from chalicelib.store import (
    api_keys,
    changes,
    customer_events,
    customer_tickets,
    customers,
    erasing,
    events,
    file_versions,
    files,
    jobs,
    ticket_lists,
    tickets,
    uploads,
)
from chalicelib.store.api_keys import ApiKey
from chalicelib.store.changes import Changes
from chalicelib.store.customer_tickets import Found
from chalicelib.store.ticket_lists import Wanted
from tests.actions.conftest import mail, sent_mail, store_mail

KEY = Actor("api_key", "key_1")
PNG = b"\x89PNG not really"


@pytest.fixture
def alice(run: Callable[[], int], bob: Agent) -> Customer:
    """Alice, who wrote by mail (with a picture, and at length) and by SMS, was answered, and bought something."""
    for bucket in (settings.mail_bucket(), settings.files_bucket()):
        boto3.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    ways = [ContactWish("email", "alice@example.org"), ContactWish("phone", "+21620555014")]
    change_customer.create({"name": "Alice"}, ways, KEY)
    first = receive_mail(store_mail(with_picture(), settings.support_email()))
    run()
    long = mail(
        "Re: My board", "alice alice " * 2000, In_Reply_To=sent_mail()[-1]["Message-ID"], Message_ID="<2@alice>"
    )
    receive_mail(store_mail(long))
    receive_sms.receive_sms(InboundSms("sms-1", "+21620555014", "Alice here, is it ready?"))
    run()
    answer = Reply("Dear Alice, it is.", visibility="public")
    send_reply.reply(first.ticket_id or "", bob, answer)
    sign_in.ask("customer", "alice@example.org", "en", "browser")
    change_blocked_sender.block("alice@example.org", KEY)
    run()
    found = customers.by_contact("email", "alice@example.org")
    assert found
    record_event.record(
        found.id,
        {"type": "purchase", "title": "A board for Alice", "occurred_at": clock.now(), "external_id": "alice-7"},
    )
    change_customer_note.write(found.id, bob, "Alice likes tea.")
    return found


def with_picture() -> bytes:
    from email import message_from_bytes, policy

    made = message_from_bytes(mail("Alice's board", "Hello from Alice", Message_ID="<1@alice>"), policy=policy.default)
    made.add_attachment(PNG, maintype="image", subtype="png", filename="alice.png")
    return made.as_bytes()


def everything() -> dict[str, str]:
    """All rows and all versions of all files, as text."""
    found = {}
    paginator = boto3.client("dynamodb").get_paginator("scan")
    for page in paginator.paginate(TableName=settings.table_name()):
        found |= {f"{row['pk']['S']} {row['sk']['S']}": repr(row) for row in page["Items"]}
    s3 = boto3.client("s3")
    for bucket in (settings.mail_bucket(), settings.files_bucket(), settings.search_bucket()):
        for one in s3.list_object_versions(Bucket=bucket).get("Versions", ()):
            body = s3.get_object(Bucket=bucket, Key=one["Key"], VersionId=one["VersionId"])["Body"].read()
            found[f"{bucket}/{one['Key']}"] = one["Key"] + body.decode("utf-8", "replace")
    return found


def telling(*words: str) -> list[str]:
    """Where any of those words stands."""
    return sorted(at for at, text in everything().items() if any(word.lower() in (at + text).lower() for word in words))


def erase(customer: Customer, run: Callable[[], int]) -> Any:
    job = erase_customer.erase(customer.id, KEY)
    run()
    return jobs.get(job.id)


def of(customer: Customer) -> list[Any]:
    return list(ticket_lists.page(Wanted(customer_id=customer.id, sort="created"), 100).tickets)


def test_nothing_tells_of_her_afterwards(alice: Customer, run: Callable[[], int]) -> None:
    assert len(telling("alice", "20555014", "PNG not really")) > 10
    job = erase(alice, run)
    assert (job.state, job.error, job.place) == ("done", None, {})
    assert telling("alice", "20555014", "PNG not really") == []


def test_her_name_and_contacts_are_gone_at_once(alice: Customer) -> None:
    erase_customer.erase(alice.id, KEY)
    assert customers.get(alice.id) is None
    assert customers.id_of("email", "alice@example.org") is None


def test_asked_for_again_it_is_the_same_job_which_goes_on_where_it_failed(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    job, whole = erase_customer.erase(alice.id, KEY), file_versions._erase
    assert erase_customer.erase(alice.id, KEY).id == job.id

    def slow_down(*told: Any) -> None:
        raise file_versions.NotErased("SlowDown")

    monkeypatch.setattr(file_versions, "_erase", slow_down)
    monkeypatch.setattr(rules, "PATIENT_TRIES", rules.MAX_TRIES + 2)
    while (left := current(job)).at_work:
        run_job.run(job.id, step_for)
    assert (left.state, left.tries) == ("failed", rules.MAX_TRIES + 2)
    assert "alice" not in repr(left).lower() and "20555014" not in repr(left)
    clock.shift(400 * 86400)
    monkeypatch.setattr(file_versions, "_erase", whole)
    again = erase_customer.erase(alice.id, KEY)
    assert (again.id, again.state) == (job.id, "queued")
    run()
    assert telling("alice", "20555014") == []
    with pytest.raises(NotFound):
        erase_customer.erase(alice.id, KEY)


def current(job: Job) -> Job:
    found = jobs.get(job.id)
    assert found
    return found


def until(job: Job, part: str) -> None:
    """Run the job's steps until it comes to that part of its work."""
    while part not in current(job).place:
        run_job.run(job.id, step_for)


def test_an_sms_that_was_queued_is_not_sent_while_she_is_erased(
    alice: Customer, bob: Agent, run: Callable[[], int]
) -> None:
    ticket = next(one for one in of(alice) if one.channel == "sms")
    reply = send_reply.reply(ticket.id, bob, Reply("One more word.", channel="sms"))
    job = erase_customer.erase(alice.id, KEY)
    until(job, "at")
    assert deliver_message.deliver(ticket.id, reply.message.id, "reply") == "failed"
    run()
    assert telling("alice", "20555014") == []


def test_an_sms_that_was_being_sent_leaves_no_number_behind(
    alice: Customer, bob: Agent, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = next(one for one in of(alice) if one.channel == "sms")
    reply = send_reply.reply(ticket.id, bob, Reply("One more word.", channel="sms"))
    begun: list[Job] = []

    def slowly(parts: Any) -> str:
        begun.append(erase_customer.erase(alice.id, KEY))
        until(begun[0], "at")
        return "sms-1"

    monkeypatch.setattr(deliver_message, "_dispatch", slowly)
    assert deliver_message.deliver(ticket.id, reply.message.id, "reply") == "sent"
    assert telling("20555014") != []
    run()
    assert current(begun[0]).state == "done"
    assert telling("alice", "20555014") == []


def test_an_export_made_at_the_same_time_does_not_keep_her(
    alice: Customer, bob: Agent, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Changes()
    api_keys.add(change, "dwn_x", ApiKey("key_1", "Shop", "dwn_x", ("admin",), bob.id, clock.now()))
    change.commit()
    monkeypatch.setattr("chalicelib.api.export.MOST_GATHERED", 1)
    export = start_job.start("customer_export", {"customer_ids": [alice.id]}, "key_1")
    run_job.run(export.id, step_for)
    job = erase_customer.erase(alice.id, KEY)
    until(job, "at")
    for _ in range(20):
        run_job.run(export.id, step_for)
    run()
    assert current(job).state == "done"
    assert (current(export).error or {})["code"] == "customer-not-found"
    assert telling("alice", "20555014") == []


def test_erasing_waits_for_a_step_of_an_export_that_is_at_work(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = start_job.start("customer_export", {"customer_ids": [alice.id]}, "key_1")
    jobs_of_erasing: list[Job] = []

    def slowly(job: Job, change: Changes) -> Progress:
        jobs_of_erasing.append(erase_customer.erase(alice.id, KEY))
        start_job.stop(export.id)
        until(jobs_of_erasing[0], "exports")
        run_job.run(jobs_of_erasing[0].id, step_for)
        files.put(f"{jobs.folder(export.id)}/late.zip", b"alice")
        return Progress(None)

    run_job.run(export.id, lambda type: slowly)
    clock.shift(400)
    run_job.run(jobs_of_erasing[0].id, step_for)
    assert current(jobs_of_erasing[0]).state == "done"
    assert telling("late.zip") == []


def test_how_far_it_came_in_one_ticket_says_nothing_of_another(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def none_done(ticket_id: str, actor: Actor, after: str, watch: Any) -> str:
        asked.append((ticket_id, after))
        return "MESSAGE#msg_9"

    monkeypatch.setattr(erase_ticket, "erase", none_done)
    first, second = [Found("tkt_1", "a")], [Found("tkt_0", "0"), *[Found("tkt_1", "a")]]
    monkeypatch.setattr(customer_tickets, "page", lambda *told: first if not asked else second)
    job = erase_customer.erase(alice.id, KEY)
    until(job, "at")
    for _ in range(2):
        run_job.run(job.id, step_for)
    assert asked == [("tkt_1", ""), ("tkt_0", "")]


def test_many_purchases_are_erased_portion_by_portion(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"type": "visit", "title": "Alice came", "occurred_at": clock.now()}
    for n in range(5):
        record_event.record(alice.id, told | {"external_id": f"alice-{n}"})
    monkeypatch.setattr(customer_events, "_PIECE", 2)
    assert customer_events.erase_some(alice.id)
    assert customer_events.page([alice.id], 10)[0]
    assert erase(alice, run).state == "done"
    assert telling("alice") == []


def test_her_tickets_are_closed_and_say_that_something_was_there(alice: Customer, run: Callable[[], int]) -> None:
    before = of(alice)
    job = erase(alice, run)
    assert (job.done, job.total) == (len(before), len(before))
    for ticket in of(alice):
        assert (ticket.subject, ticket.status, ticket.customer_name) == ("Erased", "closed", "Erased")
        thread = tickets.thread(ticket.id)
        assert thread
        assert {message.text for message in thread.messages} == {"Erased"}
        assert {message.author.name for message in thread.messages} <= {"Erased", "Bob"}
        assert {sent.to for sent in thread.deliveries.values()} <= {"Erased"}


def test_the_feed_tells_of_the_customer_and_of_each_ticket(alice: Customer, run: Callable[[], int]) -> None:
    listed = {ticket.id for ticket in of(alice)}
    erase(alice, run)
    told = [event for event in events.feed_after(0, 100) if event.type.endswith(".erased")]
    assert told[0].type == "customer.erased" and told[0].customer_id == alice.id
    assert {event.ticket_id for event in told[1:]} == listed
    assert all(event.actor == KEY for event in told)


def test_a_mail_that_comes_later_makes_a_new_customer_and_a_new_ticket(alice: Customer, run: Callable[[], int]) -> None:
    reply_to = sent_mail()[-1]["Reply-To"]
    erase(alice, run)
    again = receive_mail(
        store_mail(mail("Re: My board [#1001]", In_Reply_To="<1@alice>", Message_ID="<3@alice>"), reply_to)
    )
    found = customers.by_contact("email", "alice@example.org")
    ticket = tickets.get(again.ticket_id or "")
    assert found and found.id != alice.id
    assert ticket and (ticket.customer_id, ticket.linked_ticket_id) == (found.id, None)


def test_an_erased_ticket_takes_no_messages(alice: Customer, bob: Agent, run: Callable[[], int]) -> None:
    erase(alice, run)
    with pytest.raises(Conflict) as refusal:
        send_reply.reply(of(alice)[0].id, bob, Reply("Are you there?"))
    assert refusal.value.code == "ticket-erased"


def test_what_an_agent_writes_meanwhile_goes_too(
    alice: Customer, bob: Agent, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, forget = of(alice)[0], erasing.forget_files_of

    def written_meanwhile(ticket_id: str) -> None:
        monkeypatch.setattr(erasing, "forget_files_of", forget)
        send_reply.reply(ticket_id, bob, Reply("Alice called.", visibility="internal"))

    monkeypatch.setattr(erasing, "forget_files_of", written_meanwhile)
    assert erase_ticket.erase(ticket.id, KEY, "", run_job.Watch()) is None
    thread = tickets.thread(ticket.id)
    assert thread and thread.ticket.erased_at
    assert {message.text for message in thread.messages} == {"Erased"}


def test_what_was_about_to_be_sent_to_her_is_not(alice: Customer, bob: Agent, run: Callable[[], int]) -> None:
    send_reply.reply(of(alice)[0].id, bob, Reply("One more word."))
    sent = len(sent_mail())
    job = erase_customer.erase(alice.id, KEY)
    while (jobs.get(job.id) or job).at_work:
        run_job.run(job.id, step_for)
    run()
    assert len(sent_mail()) == sent


def test_exports_of_her_and_uploads_go_too(alice: Customer, bob: Agent, run: Callable[[], int]) -> None:
    export = start_job.make("customer_export", {"customer_ids": [alice.id]}, "key_1")
    change = Changes()
    jobs.add(change, export)
    change.commit()
    files.put(f"{jobs.folder(export.id)}/diwan-customer-export-1.zip", b"alice")
    files.put("uploads/att_1", b"alice")
    files.put(f"{uploads.folder(of(alice)[0].id)}att_2/alice.png", b"alice")
    picture = Attachment("att_1", "alice.png", "image/png", 5, "attachments/uploaded/att_1")
    files.copy("uploads/att_1", picture.key)
    send_reply.reply(of(alice)[0].id, bob, Reply("See", visibility="internal", attachments=(picture,)))
    start_job.stop(export.id)
    erase(alice, run)
    assert telling("alice") == []


def test_mail_of_hers_that_was_suspended_goes_too(alice: Customer, run: Callable[[], int]) -> None:
    receive_mail(store_mail(mail("Alice wins", "Spam of Alice", Message_ID="<9@alice>"), spam="FAIL"))
    erase(alice, run)
    assert telling("alice") == []


def test_whoever_was_merged_into_her_goes_with_her(alice: Customer, run: Callable[[], int]) -> None:
    receive_mail(store_mail(mail("Mine too", "I am Alison", From="Alison <alison@example.net>")))
    alison = customers.by_contact("email", "alison@example.net")
    assert alison
    merge_customers.merge(alison.id, alice.id, KEY)
    erase(alice, run)
    assert customers.get(alison.id) is None
    assert telling("alice", "alison", "20555014") == []


def test_charlie_keeps_all_that_is_his(alice: Customer, run: Callable[[], int]) -> None:
    receive_mail(store_mail(mail("Charlie's board", "I am Charlie", From="Charlie <charlie@example.org>")))
    run()
    before = {at: text for at, text in everything().items() if "charlie" in text.lower()}
    erase(alice, run)
    assert {at: text for at, text in everything().items() if "charlie" in text.lower()} == before


def test_dying_in_the_midst_leaves_nothing_behind(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, fails = erasing._erase_message, iter([False, True])

    def die(*told: Any) -> None:
        whole(*told)
        if next(fails, False):
            raise changes.Busy

    monkeypatch.setattr(erasing, "_erase_message", die)
    monkeypatch.setattr("chalicelib.domain.job.RETRY_SECONDS", (0, 0, 0, 0))
    assert erase(alice, run).state == "done"
    assert telling("alice", "20555014") == []
