"""Machines are told from people: no machine is answered, no person is taken for one."""

import pytest

from chalicelib.channels import email_in


def read(subject="My board", sender="alice@example.org", **headers):
    fields = {"From": sender, "To": "help@ghusn.example", "Subject": subject} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return email_in.read("".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode() + b"\r\nHello.\r\n")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Auto_Submitted": "AUTO-NOTIFIED"},
        {"Precedence": "auto_reply"},
        {"Precedence": "bulk"},
        {"Precedence": "junk"},
        {"Precedence": "list"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "re"},
        {"X_Vacation": "on"},
        {"List_Id": "<people.example.org>"},
        {"List_Unsubscribe": "<mailto:out@example.org>"},
        {"Return_Path": "<>"},
    ],
    ids=lambda headers: " ".join(f"{k}={v}" for k, v in headers.items()),
)
def test_what_says_in_its_head_that_a_machine_wrote_is_automatic(headers):
    assert read(**headers).automatic


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@mx.example", "postmaster@example.org", "no-reply@example.org", "donotreply@example.org"]
)
def test_what_comes_from_a_machines_address_is_automatic(sender):
    assert read(sender=sender).automatic


@pytest.mark.parametrize(
    "subject", ["Re: delivery problem", "AW: Ihre Zustellung", "رد: مشكلة"], ids=["en", "de", "ar"]
)
def test_a_postmaster_who_answers_is_a_person(subject):
    assert not read(sender="postmaster@example.org", subject=subject).automatic


def test_a_comment_may_stand_before_the_word_that_a_machine_wrote():
    assert read(Auto_Submitted="(we are closed) auto-replied").automatic
    assert not read(Auto_Submitted="(written by hand) no").automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: My board",
        "Auto-Reply: Re: My board",
        "Autoreply from Bob",
        "Out of Office AutoReply: board",
        "Out of office",
        "AUTO: Bob is out of the office. (returning 05/01/2027)",
        "Out of the office: back on Monday",
        "On vacation Re: board",
        "رد تلقائي: اللوح",
        "Réponse automatique : planche",
        "Abwesend: Ihr Brett",
        "Automatische Antwort: Ihr Brett",
        "Автоответ: доска",
        "自动回复：板",
        "不在通知",
    ],
)
def test_what_begins_as_an_absence_note_does_is_automatic(subject):
    assert read(subject).automatic


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Out of office chairs?", {}),
        ("On vacation until June, please hold my parcel", {}),
        ("Re: Automatic reply: My board", {"In_Reply_To": "<1@ghusn.example>"}),
        ("Auto: the door is stuck", {}),
        ("Automatic replying machine", {}),
        ("Board", {"Auto_Submitted": "no"}),
        ("Board", {"X_Auto_Response_Suppress": "DR, RN, NRN"}),
        ("Board", {"X_Auto_Response_Suppress": "None"}),
        ("Board", {"Precedence": "first-class"}),
        ("Board", {"Return_Path": "<alice@example.org>"}),
        ("Board", {"X_Mailer": "Microsoft Outlook 16.0", "Thread_Index": "AQ"}),
    ],
)
def test_what_a_person_wrote_is_not(subject, headers):
    assert not read(subject, **headers).automatic


@pytest.mark.parametrize(
    ("headers", "person"),
    [
        ({"List_Post": "<mailto:desk@example.org>", "Precedence": "list"}, True),
        ({"List_Id": "<desk.example.org>", "In_Reply_To": "<1@ghusn.example>"}, True),
        ({"Precedence": "list"}, True),
        ({"List_Post": "NO"}, False),
        ({"List_Unsubscribe": "<https://news.example>", "List_Unsubscribe_Post": "List-Unsubscribe=One-Click"}, False),
        ({"List_Post": "<mailto:desk@example.org>", "Auto_Submitted": "auto-replied"}, False),
        ({"List_Id": "<news.example.org>", "Precedence": "bulk"}, False),
        ({}, False),
    ],
    ids=["posted", "answers", "majordomo", "no posts", "newsletter", "absent", "bulk", "no list"],
)
def test_a_person_who_writes_by_a_list_is_told_from_the_list(headers, person):
    assert read(**headers).by_list is person
