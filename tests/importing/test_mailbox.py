"""A mailbox as tickets: threads, authors, files, and the road by which later answers find their ticket."""

import hashlib
import io
import tarfile
import zipfile

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.recount import recount
from chalicelib.errors import Invalid
from chalicelib.importing import archive, formats, threads
from chalicelib.importing.archive import Archive
from chalicelib.importing.records import Skipped, Thread
from chalicelib.store import tickets
from tests.actions.conftest import mail, store_mail
from tests.importing.conftest import FILES, outbox, work, zipped

BOX = (FILES / "box.mbox").read_bytes()


@pytest.fixture
def job(bring):
    return bring("mbox", BOX, "box.mbox")


@pytest.fixture
def shown(api, job):
    """The tickets by subject."""
    return {ticket["subject"]: ticket for ticket in api.walk("/v1/tickets", sort="created")}


def thread(api, ticket):
    return api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]


def test_mails_that_answer_each_other_are_one_ticket_whatever_their_order_in_the_file(api, shown, job):
    assert job["state"] == "done", job
    said = thread(api, shown["Spoons"])

    assert [m["text"] for m in said] == ["Which sizes are there?", "Four sizes.", "Perfect, thank you."]
    assert [m["author"]["type"] for m in said] == ["customer", "agent", "customer"]
    assert [m["author"]["name"] for m in said] == ["Alice", "Ghusn", "Alice"]
    assert shown["Spoons"]["created_at"][:19] == "2020-02-13T10:00:00"
    assert tickets.get(shown["Spoons"]["id"]).cc == ("dan@example.org",)


def test_quoted_text_is_folded_and_files_are_kept(api, shown):
    first, _, last = thread(api, shown["Spoons"])

    assert last["quoted_text"] and "Four sizes." in last["quoted_text"]
    assert [(f["name"], f["size"]) for f in first["attachments"]] == [("list.csv", 3)]


def test_an_answer_without_a_reference_is_joined_by_subject_and_people(api, shown, bob):
    said = thread(api, shown["Invoice"])

    assert [m["text"] for m in said] == ["Please send me one.", "Here it is."]
    assert said[1]["author"] == {"type": "agent", "id": bob.id, "name": "Bob"}


def test_a_stranger_who_names_somebodys_mail_gets_a_ticket_of_his_own(api, shown):
    assert [m["text"] for m in thread(api, shown["Re: Spoons"])] == ["Send it to me instead."]


def test_arabic_is_read_and_quoted_from_lines_are_mended(api, shown):
    (message,) = thread(api, shown["طلب سعر"])

    assert message["text"] == "كم سعر اللوح الكبير؟\nFrom here it looks small."
    assert shown["طلب سعر"]["locale"] == "ar"


def test_conversations_of_long_ago_are_closed(shown):
    assert {ticket["status"] for ticket in shown.values()} == {"closed"}


def test_what_is_no_conversation_is_named(job):
    told = sorted(one["detail"] for one in job["results"])

    assert len(told) == 3
    assert told[0] == "nobody but the desk takes part in it"
    assert told[1] == "the mail has no believable date"
    assert told[2].startswith("the same mail stands at box.mbox, byte ")


def test_the_raw_mail_is_kept_as_it_was(shown):
    (message,) = tickets.thread(shown["طلب سعر"]["id"]).messages
    raw = boto3.client("s3").get_object(Bucket=settings.mail_bucket(), Key=message.raw_key)["Body"].read()

    assert raw.startswith(b"From: Charlie <charlie@example.org>") and b"\nFrom here" in raw


def test_a_late_answer_finds_its_ticket(shown):
    answer = mail("Re: Spoons", "One more thing.", In_Reply_To="<b2@ghusn.example>")
    assert tickets.get(shown["Spoons"]["id"]).version == 1

    outcome = receive_mail(store_mail(answer))

    # It was closed long ago, so the answer opens a new ticket that continues it.
    opened = tickets.get(outcome.ticket_id)
    assert opened.linked_ticket_id == shown["Spoons"]["id"]


def test_nothing_is_sent_and_the_counters_are_exact(job):
    assert outbox() == []
    assert work() == 0
    assert recount() == {}


def test_a_mail_that_came_in_by_itself_is_not_brought_again(api, bring):
    sent = mail(Message_ID="<n1@example.org>", Date=date())
    first = receive_mail(store_mail(sent))
    clock.shift(3600)
    more = mail("Re: My board has split", "Any news?", In_Reply_To="<n1@example.org>", Message_ID="<n2@example.org>",
                Date=date())  # fmt: skip

    box = b"".join(b"From - Mon Mar  9 12:00:00 2020\n" + one + b"\n\n" for one in (sent, more))
    bring("mbox", box, "new.mbox")

    said = api.get(f"/v1/tickets/{first.ticket_id}/messages").json["data"]
    assert [m["text"] for m in said] == ["Hello, can it be saved?", "Any news?"]
    assert api.get(f"/v1/tickets/{first.ticket_id}").json["message_count"] == 2


def date():
    return clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000")


def test_recent_conversations_wait_for_whoever_has_to_answer(api, bring):
    asked = mail("Open question", Message_ID="<q1@example.org>", Date=date())
    bring("eml", asked, "question.eml")

    (ticket,) = api.walk("/v1/tickets")
    assert ticket["status"] == "open" and ticket["waiting_since"] == ticket["created_at"]
    assert recount() == {}


@pytest.mark.parametrize("packed", ["zip", "tar", "tar.gz"])
def test_a_folder_of_mails_is_the_same_as_a_mailbox(api, bring, packed):
    found = [one.partition(b"\n")[2] for one in BOX.split(b"\n\nFrom - ")]
    bring("eml", archived(found, packed), f"mails.{packed}")

    subjects = {ticket["subject"] for ticket in api.walk("/v1/tickets", sort="created")}
    assert subjects == {"Spoons", "Invoice", "Re: Spoons", "طلب سعر"}


def archived(mails, packed):
    made = io.BytesIO()
    if packed == "zip":
        with zipfile.ZipFile(made, "w") as archive:
            for at, one in enumerate(mails):
                archive.writestr(f"mails/{at}.eml", one)
    else:
        with tarfile.open(fileobj=made, mode="w:gz" if packed.endswith("gz") else "w") as archive:
            for at, one in enumerate(mails):
                info = tarfile.TarInfo(f"mails/{at}.eml")
                info.size = len(one)
                archive.addfile(info, io.BytesIO(one))
    return made.getvalue()


def test_old_addresses_of_the_desk_are_told_with_the_job(api, bring):
    sent = mail("Old", "We answer.", From="Shop <old@ghusn.example>", To="alice@example.org",
                Date="Sat, 18 Apr 2020 10:00:00 +0000", Message_ID="<o1@x>")  # fmt: skip
    bring("eml", sent, "old.eml", own_addresses=["old@ghusn.example"])

    (ticket,) = api.walk("/v1/tickets", sort="created")
    (message,) = thread(api, ticket)
    assert message["author"]["type"] == "agent"


@pytest.mark.parametrize("format", ["mbox", "eml"])
def test_what_is_no_mailbox_fails_by_name(bring, format):
    job = bring(format, b"\x89PNG\r\n\x1a\n" + bytes(5000), "photo.png")

    assert (job["state"], job["error"]["code"]) == ("failed", "unreadable-import")


def told(sender, at, subject, text, id, **more):
    """A mail of one day as it stands in a mailbox; `more` are headers (`_` for `-`)."""
    sent = mail(subject, text, From=sender, Message_ID=id, Date=f"Sat, 7 Nov 2020 {at}:00 +0000", **more)
    return b"From - Sat Nov  7 10:00:00 2020\n" + sent + b"\n\n"


def conversations(api):
    """Who wrote what, by ticket."""
    return sorted(
        [(m["author"]["name"], m["text"]) for m in thread(api, ticket)]
        for ticket in api.walk("/v1/tickets", sort="created")
    )


def test_strangers_whose_mails_have_one_message_id_keep_tickets_and_words_of_their_own(api, bring):
    box = (
        told("alice@example.org", "10:00", "Order form", "Alice's card", "<form@shop.example>")
        + told("charlie@example.org", "11:00", "Order form", "Charlie's card", "<form@shop.example>")
        + told("charlie@example.org", "12:00", "Re: Order form", "Charlie again", "<c2@example.org>")
    )
    expected = [
        [("alice", "Alice's card")],
        [("charlie", "Charlie's card"), ("charlie", "Charlie again")],
    ]
    assert bring("mbox", box)["results"] == []
    assert [[(name.partition("@")[0], text) for name, text in one] for one in conversations(api)] == expected

    bring("mbox", box)
    assert [[(name.partition("@")[0], text) for name, text in one] for one in conversations(api)] == expected


def test_what_a_form_sent_under_the_message_id_of_a_live_mail_is_not_lost(api, bring):
    first = receive_mail(store_mail(mail("Order form", "Alice's card", Message_ID="<form@shop.example>")))
    more = mail("Order form", "Alice's other card", Message_ID="<form@shop.example>", Date=date())
    stranger = mail("Order form", "Alice's card", From="charlie@example.org", Message_ID="<form@shop.example>",
                    Date=date())  # fmt: skip

    bring("mbox", b"".join(b"From - Mon Mar  9 12:00:00 2020\n" + one + b"\n\n" for one in (more, stranger)))
    said = [[text for _, text in one] for one in conversations(api)]
    assert sorted(said) == [["Alice's card"], ["Alice's card"], ["Alice's other card"]]
    assert len(tickets.thread(first.ticket_id).messages) == 1


def test_strangers_who_wrote_to_an_address_that_nobody_named_share_no_ticket(api, bring):
    box = (
        told("alice@example.org", "10:00", "Re: Your order", "Alice's card", "<a1@x>", To="help@old.example")
        + told("charlie@example.org", "11:00", "Re: Your order", "Charlie's card", "<c1@y>", To="help@old.example")
        + told("charlie@example.org", "12:00", "Re: Other", "Guessed", "<c2@y>", To="help@old.example",
               In_Reply_To="<a1@x>")
        + told("help@old.example", "13:00", "Re: Your order", "Dear Charlie", "<h1@y>", To="charlie@example.org")
    )  # fmt: skip
    bring("mbox", box)

    said = sorted([text for _, text in one] for one in conversations(api))
    assert said == [["Alice's card"], ["Charlie's card", "Dear Charlie"], ["Guessed"]]


def box_of(writers):
    """Mails of so many to an old address, and each one's answer to our answer."""
    return b"".join(
        told(f"c{at}@example.org", f"10:{at:02}", "Order", f"Card {at}", f"<{at}@x>", To="help@old.example")
        + told("help@old.example", f"11:{at:02}", "Re: Order", f"Dear {at}", f"<h{at}@x>", To=f"c{at}@example.org",
               In_Reply_To=f"<{at}@x>")
        for at in range(writers)
    )  # fmt: skip


def test_an_address_that_many_write_to_is_asked_about_and_joins_nobody():
    mails = [record for _, record in formats.reader("mbox", Archive(io.BytesIO(box_of(21)), "b")).records([0, 0])]
    made = list(threads.grouped(mails, threads.Own([])))

    assert [(one.where, one.reason) for one in made if isinstance(one, Skipped)] == [
        ("help@old.example", "21 people wrote to it: if it is the desk's, name it in own_addresses")
    ]
    assert [len(one.mails) for one in made if isinstance(one, Thread)] == [2] * 21


def test_an_address_that_is_named_is_not_asked_about():
    mails = [record for _, record in formats.reader("mbox", Archive(io.BytesIO(box_of(21)), "b")).records([0, 0])]

    assert [len(one.mails) for one in threads.grouped(mails, threads.Own(["help@old.example"]))] == [2] * 21


def damaged(name, at):
    """A zip of three mails, in one of which some octets are not as they were: `at` says how far in, from 0 to 1."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            lines = "".join(f"line {k} {hashlib.sha256(bytes([k % 256])).hexdigest()}{k}\n" for k in range(9000))
            sent = told("alice@example.org", f"10:0{number}", f"S{number}", lines, f"<{number}@x>")
            archive.writestr(f"{number}.eml", sent.partition(b"\n")[2])
    octets = bytearray(made.getvalue())
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name) + int(info.compress_size * at)
    octets[start : start + 8] = b"\xff" * 8
    return bytes(octets)


@pytest.mark.parametrize("at", [0.01, 0.95])
def test_a_damaged_mail_in_a_zip_costs_no_other_mail(api, bring, at):
    job = bring("eml", damaged("1.eml", at), "mails.zip")

    assert job["state"] == "done", job
    assert sorted(one["subject"] for one in api.walk("/v1/tickets", sort="created")) == ["S0", "S2"]
    (result,) = job["results"]
    assert result["source"] == "1.eml" and "“1.eml” in the archive is damaged or locked" in result["detail"]


def test_a_damaged_table_of_an_export_fails_by_name(bring):
    octets = bytearray(zipped())
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        info = archive.getinfo("export/tickets.json")
    start = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    octets[start : start + 8] = b"\xff" * 8

    job = bring("zendesk", bytes(octets), "export.zip")
    assert (job["state"], job["error"]["code"]) == ("failed", "unreadable-import")
    assert "export/tickets.json" in job["error"]["detail"]


def test_a_tar_too_long_to_be_looked_through_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TAR", 1024)

    with pytest.raises(Invalid, match="Upload a zip"):
        Archive(io.BytesIO(archived([b"From: a@b.co\n\nHi"], "tar")), "mails.tar")


def test_a_conversation_too_long_for_a_step_becomes_several_tickets(monkeypatch):
    monkeypatch.setattr(threads, "MOST_MAILS", 2)
    box = b"".join(
        told("alice@example.org", f"10:{at:02}", "Order", "Hi", f"<{at}@x>", In_Reply_To="<0@x>") for at in range(5)
    )
    mails = [record for _, record in formats.reader("mbox", Archive(io.BytesIO(box), "b")).records([0, 0])]

    assert [len(one.mails) for one in threads.grouped(mails, threads.Own([]))] == [2, 2, 1]
