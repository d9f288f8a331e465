"""A question that a robot may have asked is held like a mail: with its files, and gone with whoever is forgotten."""

import sys

import boto3
import pytest

from chalicelib import settings
from chalicelib.actions import erase_customer, hold_question, release_mail
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.channels import email_in
from chalicelib.domain.event import Actor
from chalicelib.domain.message import Attachment
from chalicelib.store import files, idempotency, suspended, tickets
from chalicelib.store.changes import Replayed
from chalicelib.store.idempotency import Keyed

ALICE = "alice@example.org"
BOB = Actor("agent", "agt_1")
PHOTO = Attachment("att_1", "لوح.jpg", "image/jpeg", 4, "uploads/att_1")


FORM = Keyed("form#browser#ticket#req_1", "hash", lambda *_: {})


def hold(email=ALICE, name='Alice "the" \\ cook', text="Words\n.\nمرحبا", keyed=None):
    files.put(PHOTO.key, b"jpeg", "image/jpeg")
    return hold_question.hold(email, name, "A “board”", text, [PHOTO], keyed)


def kept_mails():
    """All that lies in the bucket of mails."""
    return [one["Key"] for one in boto3.client("s3").list_objects_v2(Bucket=settings.mail_bucket()).get("Contents", ())]


def test_it_holds_the_words_and_the_files_as_they_were(cloud):
    hold()

    (held,) = suspended.page(25).mails
    read = email_in.read(files.read_mail(held.raw_key))
    assert (held.sender, held.subject, read.subject) == (ALICE, "A “board”", "A “board”")
    assert read.text.strip() == "Words\n.\nمرحبا"
    assert [(one.name, one.content) for one in read.attachments] == [("لوح.jpg", b"jpeg")]


def test_let_in_it_opens_a_ticket_with_its_files_and_is_held_no_more(cloud):
    outcome = release_mail.release(hold(), BOB)

    (message,) = tickets.thread(outcome.ticket_id).messages
    assert [one.name for one in message.attachments] == ["لوح.jpg"]
    assert suspended.page(25).mails == ()


def test_deleted_nothing_of_it_is_left(cloud):
    held_id = hold()
    raw_key = suspended.get(held_id).raw_key
    release_mail.delete(held_id)

    assert suspended.get(held_id) is None and files.find_mail(raw_key) is None


def test_whoever_is_forgotten_leaves_no_held_question_behind(run):
    ticket = receive(Incoming("portal", "Which oil?", Person("email", ALICE), subject="Oil")).ticket
    raw_key = suspended.get(hold()).raw_key
    erase_customer.erase(ticket.customer_id, BOB)
    run()

    assert suspended.page(25).mails == ()
    assert files.find_mail(raw_key) is None


def test_a_form_that_is_sent_twice_is_held_once(cloud):
    first = hold(keyed=FORM)

    assert hold(keyed=FORM) == first
    assert kept_mails() == [suspended.get(first).raw_key]


def test_two_sendings_at_the_same_moment_write_one_mail(cloud, monkeypatch):
    held_id = hold(keyed=FORM)
    monkeypatch.setattr(hold_question.intake, "of_mail", lambda _: None)
    with pytest.raises(Replayed) as met:
        hold(keyed=FORM)

    assert idempotency.of(met.value.stored) == ("hash", {})
    assert kept_mails() == [suspended.get(held_id).raw_key]


def test_a_form_that_is_sent_again_brings_nothing_back_that_an_agent_deleted(cloud):
    release_mail.delete(hold(keyed=FORM))
    hold(keyed=FORM)

    assert kept_mails() == []


def test_whoever_is_forgotten_leaves_no_question_behind_that_was_being_written_when_all_ended(run, monkeypatch):
    ticket = receive(Incoming("portal", "Which oil?", Person("email", ALICE), subject="Oil")).ticket
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(hold_question.changes, "again", lambda _: sys.exit())
        hold()
    assert kept_mails()
    erase_customer.erase(ticket.customer_id, BOB)
    run()

    assert kept_mails() == []
