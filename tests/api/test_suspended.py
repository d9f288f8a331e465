"""Mail kept out of the tickets: listed with its cause, released into a ticket, or deleted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import receive_mail as receive_mail_module
from chalicelib.actions import release_mail
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import outgoing
from chalicelib.store import changes, files
from infra.local import product
from tests.actions.conftest import mail, one_request_at_a_time, run, sent_mail, store_mail  # noqa: F401
from tests.api.conftest import new_ticket


def suspend(subject="Cheap watches", **said):
    """A mail that SES takes for spam; returns its id and where its octets are."""
    stored = store_mail(mail(subject, **said), spam="FAIL")
    assert receive_mail(stored).outcome == "suspended"
    return stored


def octets_of(stored):
    return boto3.client("s3").list_objects_v2(Bucket=settings.mail_bucket(), Prefix=stored.key)["KeyCount"]


def test_suspended_mail_is_listed_newest_first_with_its_cause_in_words(api):
    mails = [suspend(f"Offer {n}") for n in range(5)]

    found = api.walk("/v1/suspended", limit=2)

    assert [one["id"] for one in found] == [f"sus_{one.id}" for one in mails[::-1]]
    newest = found[0]
    assert (newest["from"], newest["from_name"], newest["subject"]) == ("alice@example.org", "Alice", "Offer 4")
    assert (newest["reason"], newest["detail"]) == ("spam", "It looks like spam.")
    assert newest["size"] == len(mail("Offer 4"))
    assert newest["expires_at"][:10] == (clock.now() + timedelta(days=14)).strftime("%Y-%m-%d")


def test_one_is_read_in_the_callers_language(api):
    stored = suspend()

    assert (
        api.get(f"/v1/suspended/sus_{stored.id}", {"Accept-Language": "ar"}).json["detail"]
        == "تبدو رسالة غير مرغوب فيها."
    )


def test_mail_that_was_let_in_is_not_listed(api):
    stored = store_mail(mail())
    receive_mail(stored)

    assert api.get("/v1/suspended").json["data"] == []
    assert api.get(f"/v1/suspended/sus_{stored.id}").code == "suspended-not-found"
    assert api.post(f"/v1/suspended/sus_{stored.id}/release").code == "suspended-not-found"
    assert api.delete(f"/v1/suspended/sus_{stored.id}").code == "suspended-not-found"
    assert octets_of(stored) == 1


def test_a_released_mail_becomes_a_ticket_of_its_sender(api):
    stored = suspend("My board has split")

    released = api.post(f"/v1/suspended/sus_{stored.id}/release")

    assert released.status == 200
    ticket = api.get(f"/v1/tickets/{released.json['ticket_id']}").json
    assert (ticket["subject"], ticket["status"], ticket["channel"]) == ("My board has split", "new", "email")
    messages = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]
    assert [one["id"] for one in messages] == [released.json["message_id"]]
    assert api.get("/v1/suspended").json["data"] == []
    assert product.outcome(stored.id) == {
        "outcome": "message", "ticket_id": ticket["id"], "message_id": messages[0]["id"], "reason": None,
    }  # fmt: skip


def test_a_released_answer_goes_into_the_ticket_it_answers(api):
    first = store_mail(mail(Message_ID="<one@example.org>"))
    opened = receive_mail(first)
    stored = suspend(In_Reply_To="<one@example.org>")

    assert api.post(f"/v1/suspended/sus_{stored.id}/release").json["ticket_id"] == opened.ticket_id


def test_a_second_release_answers_as_the_first(api):
    stored = suspend()

    first = api.post(f"/v1/suspended/sus_{stored.id}/release", Idempotency_Key="once")
    again = api.post(f"/v1/suspended/sus_{stored.id}/release", Idempotency_Key="once")
    unkeyed = api.post(f"/v1/suspended/sus_{stored.id}/release")

    assert first.json == again.json == unkeyed.json
    assert again.headers["idempotent-replayed"] == "true"
    assert len(api.walk("/v1/tickets")) == 1


def test_releases_at_the_same_moment_open_one_ticket(api, one_request_at_a_time):  # noqa: F811
    stored = suspend()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: api.post(f"/v1/suspended/sus_{stored.id}/release"), range(4)))

    assert {answer.status for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(api.walk("/v1/tickets")) == 1


def test_of_a_release_and_a_deletion_one_happens(api, one_request_at_a_time):  # noqa: F811
    for n in range(4):
        stored = suspend(f"Offer {n}")
        with ThreadPoolExecutor(2) as pool:
            deleting = pool.submit(api.delete, f"/v1/suspended/sus_{stored.id}")
            releasing = pool.submit(api.post, f"/v1/suspended/sus_{stored.id}/release")
        made = deleting.result().status, releasing.result().status

        assert made in {(204, 404), (404, 200)}
        assert octets_of(stored) == (made[1] == 200)
        assert product.outcome(stored.id)["outcome"] == ("message" if made[1] == 200 else "suspended")


@pytest.fixture
def to_two_tickets(api):
    """A suspended mail of Alice to the reply addresses of two tickets of hers; returns it and their ids."""
    two = [api.post("/v1/tickets", new_ticket(subject=subject)).json["id"] for subject in ("One", "Two")]
    stored = store_mail(mail(), *(outgoing.reply_to(id, "alice@example.org") for id in two), spam="FAIL")
    receive_mail(stored)
    return stored, two


def test_a_mail_to_two_tickets_that_is_deleted_while_it_is_released_comes_into_both(api, to_two_tickets, monkeypatch):
    stored, two = to_two_tickets
    receive, deletions = receive_mail_module.receive, []

    def receive_slowly(*given, **named):
        received = receive(*given, **named)
        if not deletions:
            deletions.append(api.delete(f"/v1/suspended/sus_{stored.id}"))
        return received

    monkeypatch.setattr(receive_mail_module, "receive", receive_slowly)

    assert api.post(f"/v1/suspended/sus_{stored.id}/release").json["ticket_id"] == two[0]
    assert (deletions[0].status, deletions[0].code) == (503, "contention")
    assert [api.get(f"/v1/tickets/{id}").json["message_count"] for id in two] == [2, 2]
    assert octets_of(stored) == 1
    assert api.delete(f"/v1/suspended/sus_{stored.id}").status == 404


def test_a_mail_to_two_tickets_that_was_deleted_comes_into_neither(api, to_two_tickets, monkeypatch):
    stored, two = to_two_tickets
    read = release_mail.email_in.read

    def read_slowly(raw):
        api.delete(f"/v1/suspended/sus_{stored.id}")
        return read(raw)

    monkeypatch.setattr(release_mail.email_in, "read", read_slowly)

    assert api.post(f"/v1/suspended/sus_{stored.id}/release").status == 404
    assert [api.get(f"/v1/tickets/{id}").json["message_count"] for id in two] == [1, 1]


def test_a_release_that_broke_off_is_finished_by_the_next(api, to_two_tickets, monkeypatch):
    stored, two = to_two_tickets
    receive = receive_mail_module.receive
    with monkeypatch.context() as broken:
        broken.setattr(receive_mail_module, "receive", lambda *given, **named: receive(*given, **named) and 1 / 0)
        assert api.post(f"/v1/suspended/sus_{stored.id}/release").status == 500
    assert [api.get(f"/v1/tickets/{id}").json["message_count"] for id in two] == [1, 2]
    clock.shift(61)

    assert api.get(f"/v1/suspended/sus_{stored.id}").status == 200
    assert api.post(f"/v1/suspended/sus_{stored.id}/release").status == 200
    assert [api.get(f"/v1/tickets/{id}").json["message_count"] for id in two] == [2, 2]


def test_a_second_delivery_of_a_suspended_mail_changes_nothing(api):
    stored = suspend()
    api.post(f"/v1/suspended/sus_{stored.id}/release")

    assert receive_mail(stored).outcome == "message"
    assert len(api.walk("/v1/tickets")) == 1


def test_two_copies_of_a_mail_released_one_after_the_other_are_one_message(api):
    copies = [suspend(Message_ID="<copy@example.org>", Date="Sat, 14 Nov 2026 09:00:00 +0000") for _ in range(2)]

    answers = [api.post(f"/v1/suspended/sus_{stored.id}/release").json for stored in copies]

    assert answers[0]["message_id"] == answers[1]["message_id"]
    assert product.outcome(copies[1].id)["outcome"] == "duplicate"
    assert api.get("/v1/suspended").json["data"] == []


def test_the_mail_services_own_id_names_no_suspended_mail(api):
    stored = suspend()

    assert api.get(f"/v1/suspended/{stored.id}").code == "suspended-not-found"
    assert api.delete(f"/v1/suspended/{stored.id}").code == "suspended-not-found"
    assert api.get(f"/v1/suspended/sus_{stored.id}").json["id"] == f"sus_{stored.id}"


def test_a_deleted_mail_is_gone_with_its_octets_and_does_not_come_back(api):
    stored = suspend()

    assert api.delete(f"/v1/suspended/sus_{stored.id}").status == 204

    assert api.get(f"/v1/suspended/sus_{stored.id}").status == 404
    assert api.post(f"/v1/suspended/sus_{stored.id}/release").status == 404
    assert octets_of(stored) == 0
    assert receive_mail(stored).outcome == "suspended"
    assert api.get("/v1/suspended").json["data"] == []


def test_a_deletion_that_broke_off_is_finished_by_the_next(api, monkeypatch):
    stored = suspend()
    with monkeypatch.context() as broken:
        broken.setattr(release_mail.files, "delete_mail", lambda key: 1 / 0)
        assert api.delete(f"/v1/suspended/sus_{stored.id}").status == 500

    assert api.delete(f"/v1/suspended/sus_{stored.id}").status == 204
    assert octets_of(stored) == 0


def test_after_14_days_a_mail_is_gone_at_once_and_its_octets_that_night(api):
    old = suspend("Old")
    clock.shift(14 * 86_400 - 60)
    young = suspend("Young")
    assert len(api.walk("/v1/suspended")) == 2
    clock.shift(120)

    assert [one["id"] for one in api.walk("/v1/suspended")] == [f"sus_{young.id}"]
    assert api.post(f"/v1/suspended/sus_{old.id}/release").code == "suspended-not-found"
    assert release_mail.expire() == 1
    assert (octets_of(old), octets_of(young)) == (0, 1)
    assert release_mail.expire() == 0


def test_a_mail_whose_octets_could_not_be_deleted_goes_in_another_night_and_keeps_no_other(api, monkeypatch):
    mails = [suspend(f"Offer {n}") for n in range(3)]
    clock.shift(15 * 86_400)
    delete = files.delete_mail
    with monkeypatch.context() as broken:
        broken.setattr(files, "delete_mail", lambda key: 1 / 0 if key == mails[1].key else delete(key))
        with pytest.raises(release_mail.NotExpired, match="1"):
            release_mail.expire()
    assert [octets_of(one) for one in mails] == [0, 1, 0]
    assert api.post(f"/v1/suspended/sus_{mails[1].id}/release").status == 404

    assert release_mail.expire() == 1
    assert octets_of(mails[1]) == 0


def test_a_deletion_that_broke_off_and_was_not_repeated_is_finished_when_the_mail_would_be_gone(api, monkeypatch):
    stored = suspend()
    with monkeypatch.context() as broken:
        broken.setattr(files, "delete_mail", lambda key: 1 / 0)
        api.delete(f"/v1/suspended/sus_{stored.id}")
    assert api.get("/v1/suspended").json["data"] == []
    clock.shift(15 * 86_400)

    assert release_mail.expire() == 1
    assert octets_of(stored) == 0


def test_a_deletion_at_a_busy_moment_is_tried_again(api, monkeypatch):
    stored, commit, busy = suspend(), changes.Changes.commit, [changes.Busy()]

    def commit_later(change):
        if busy:
            raise busy.pop()
        commit(change)

    monkeypatch.setattr(changes.Changes, "commit", commit_later)

    assert api.delete(f"/v1/suspended/sus_{stored.id}").status == 204
    assert api.get("/v1/suspended").json["data"] == []


def test_a_mail_without_a_sender_cannot_be_released(api):
    stored = store_mail(b"Subject: nobody\r\n\r\nhello")
    receive_mail(stored)

    refused = api.post(f"/v1/suspended/sus_{stored.id}/release")

    assert (refused.status, refused.code) == (422, "mail-without-sender")
    assert api.get(f"/v1/suspended/sus_{stored.id}").json["from"] is None


@pytest.mark.parametrize("sender", ["help@ghusn.example", "MAILER-DAEMON@mx.example.org"])
def test_a_released_loop_or_bounce_is_answered_by_nobody(api, run, sender):  # noqa: F811
    stored = store_mail(mail("Undeliverable: your mail", From=sender, Auto_Submitted="auto-replied"), spam="FAIL")
    receive_mail(stored)

    assert api.post(f"/v1/suspended/sus_{stored.id}/release").status == 200
    run()

    assert sent_mail() == []


def test_whoever_may_only_read_may_not_release_or_delete(api, key):
    stored, reader = suspend(), key("tickets:read")

    assert reader.get(f"/v1/suspended/sus_{stored.id}").status == 200
    assert reader.post(f"/v1/suspended/sus_{stored.id}/release").code == "missing-scope"
    assert reader.delete(f"/v1/suspended/sus_{stored.id}").code == "missing-scope"
    assert key("customers:*").get("/v1/suspended").code == "missing-scope"


def test_the_feed_tells_which_mail_was_suspended_and_who_released_it(api, run):  # noqa: F811
    stored = suspend()
    api.post(f"/v1/suspended/sus_{stored.id}/release")
    run()

    told = api.get("/v1/events").json["data"]
    suspended = next(one for one in told if one["type"] == "mail.suspended")
    opened = next(one for one in told if one["type"] == "ticket.created")
    assert suspended["data"]["changes"] == {"suspended_id": [None, f"sus_{stored.id}"], "reason": [None, "spam"]}
    assert opened["actor"]["type"] == "api_key"
