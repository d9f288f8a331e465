"""Files of agents: they go up before an answer or a note is sent, and reach the customer as his channel allows."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.agent import attaching
from chalicelib.domain import taken_files
from chalicelib.store import files, tickets
from tests.actions.conftest import run, sent_mail, sent_sms  # noqa: F401 (fixture)


def here(ticket):
    return f"/agent/tickets/{ticket.number}"


def announce(desk, ticket, name="offer.pdf", size="4"):
    csrf = desk.go(here(ticket)).page.find("input", attrs={"name": "csrf"})["value"]
    return json.loads(desk.post("/agent/uploads", csrf=csrf, name=name, size=size).body)


def uploaded(desk, ticket, name="offer.pdf", content=b"%PDF"):
    told = announce(desk, ticket, name, str(len(content)))
    files.put(told["fields"]["key"], content, told["fields"]["Content-Type"])
    return told["id"]


def answer(desk, ticket, ids, text="Here it is.", **fields):
    return desk.go(here(ticket)).send(f"{here(ticket)}/replies", text=text, files=ids, **fields)


def newest(ticket):
    return tickets.thread(ticket.id).messages[-1]


def test_files_of_an_answer_travel_in_its_mail_and_stand_in_the_thread(desk, ticket, run):  # noqa: F811
    both = f"{uploaded(desk, ticket)} {uploaded(desk, ticket, 'رسم.png', b'png!')}"
    answer(desk, ticket, both)
    run()

    brought = [(one.get_content_type(), one.get_content()) for one in sent_mail()[-1].iter_attachments()]
    assert brought == [("application/pdf", b"%PDF"), ("image/png", b"png!")]
    shown = desk.go(here(ticket)).page.select(".msg")[-1]
    assert "offer.pdf" in shown.text and "رسم.png" in shown.text


def test_a_file_too_large_for_a_mail_is_linked_to(desk, ticket, run, monkeypatch):  # noqa: F811
    from chalicelib.domain import mail_files

    monkeypatch.setattr(mail_files, "MOST_OCTETS", 30_000)
    answer(desk, ticket, uploaded(desk, ticket, "film.mp4", b"m" * 20_000))
    run()

    mail = sent_mail()[-1]
    assert list(mail.iter_attachments()) == []
    assert "/en/files/" in mail.get_body(("plain",)).get_content()


def test_an_sms_leads_to_its_files(desk, run):  # noqa: F811
    texted = receive(Incoming("sms", "What does it cost?", Person("phone", "+21620555014"))).ticket
    answer(desk, texted, uploaded(desk, texted))
    run()

    assert "https://" in sent_sms()[-1][1]
    assert [one.name for one in newest(texted).attachments] == ["offer.pdf"]


def test_a_note_keeps_its_files_among_agents(desk, browse, ticket, run):  # noqa: F811
    id = uploaded(desk, ticket, "calculation.xlsx")
    desk.go(here(ticket)).send(f"{here(ticket)}/notes", text="", files=id)
    run()

    note = newest(ticket)
    assert (note.is_note, note.text) == (True, "calculation.xlsx")
    assert "calculation.xlsx" not in browse("alice@example.org").go(f"/en/tickets/{ticket.number}").text
    assert not any(mail.get_filename() for one in sent_mail() for mail in one.iter_attachments())


def test_files_alone_are_an_answer_and_an_empty_form_is_none(desk, ticket):
    answer(desk, ticket, uploaded(desk, ticket), text="")
    assert newest(ticket).text == "offer.pdf"

    answer(desk, ticket, "", text="")
    assert desk.status == 422 and desk.errors == ["text"]


@pytest.mark.parametrize("whose", ["nobody", "customer"])
def test_a_file_of_somebody_else_holds_the_answer_back_and_loses_no_word(desk, browse, ticket, whose):
    id = "att_01KA3V1K3D7T9X5WQ2MH8NCJ6P"
    if whose == "customer":
        alice = browse("alice@example.org").go("/en/tickets/new")
        csrf = alice.page.find("input", attrs={"name": "csrf"})["value"]
        told = json.loads(alice.post("/en/uploads", csrf=csrf, name="a.pdf", size="4").body)
        files.put(told["fields"]["key"], b"%PDF")
        id = told["id"]
    answer(desk, ticket, id)

    assert desk.status == 422 and "didn’t arrive" in desk.page.select_one("[role=alert]").text
    assert desk.page.find(id="text").text.strip() == "Here it is."
    assert newest(ticket).from_customer


def test_a_refused_answer_still_has_its_files_when_it_is_sent_again(desk, ticket):
    answer(desk, ticket, uploaded(desk, ticket), cc="nobody at all")
    assert desk.status == 422
    assert desk.page.select_one("#files li bdi").text == "offer.pdf"

    desk.send(f"{here(ticket)}/replies", cc="")
    assert [one.name for one in newest(ticket).attachments] == ["offer.pdf"]


def test_one_file_too_many_is_told_and_none_is_left_out(desk, ticket, monkeypatch):
    monkeypatch.setattr(taken_files, "MAX_FILES", 1)
    answer(desk, ticket, f"{uploaded(desk, ticket)} {uploaded(desk, ticket)}")

    assert desk.status == 422 and "One message takes up to" in desk.page.select_one("#files-error").text
    assert newest(ticket).from_customer


def test_files_too_large_together_are_told_as_such(desk, ticket, monkeypatch):
    monkeypatch.setattr(taken_files, "MAX_OCTETS", 7)
    answer(desk, ticket, f"{uploaded(desk, ticket)} {uploaded(desk, ticket)}")

    assert desk.status == 422 and "Together the files are larger" in desk.page.select_one("#files-error").text


def test_only_agents_announce_files_and_only_so_many(desk, browse, ticket, monkeypatch):
    assert browse("alice@example.org").post("/agent/uploads", name="a.pdf", size="4").address == "/agent/sign-in"
    monkeypatch.setattr(attaching, "BY_AGENT", replace(attaching.BY_AGENT, most=1))
    announce(desk, ticket)

    assert announce(desk, ticket)["error"] and desk.status == 429


def test_only_the_page_of_a_ticket_may_send_files_away(desk, ticket):
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(files.place_of_uploads()))

    assert origin in desk.go(here(ticket)).header("content-security-policy")
    assert origin not in desk.go("/agent/tickets").header("content-security-policy")


def plain_form(desk):
    form = desk.page.select_one('form[enctype="multipart/form-data"]')
    fields = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return fields["key"].removesuffix("${filename}"), fields["success_action_redirect"]


def arrive(desk, name, content=b"%PDF"):
    """What S3 does with the form of the page, and where it leads."""
    folder, to = plain_form(desk)
    files.put(folder + name, content)
    parts = urlsplit(to)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return desk.go(f"{parts.path}?{urlencode(given | {'bucket': 'b', 'key': folder + name, 'etag': 'e'})}")


def test_without_a_script_files_go_up_one_by_one_before_the_answer_is_written(desk, ticket, run):  # noqa: F811
    desk.go(here(ticket))
    arrive(desk, "offer.pdf")
    arrive(desk, "رسم.png", b"png!")
    arrive(desk, "virus.exe")
    assert "a file of this kind" in desk.page.select_one("[role=alert]").text
    desk.send(f"{here(ticket)}/replies", text="Here they are.")
    run()

    assert [one.get_content() for one in sent_mail()[-1].iter_attachments()] == [b"%PDF", b"png!"]
    assert [one.name for one in newest(ticket).attachments] == ["offer.pdf", "رسم.png"]
    assert desk.page.select_one("input[name=files]")["value"] == ""


def test_without_a_script_no_more_files_go_up_than_an_answer_takes(desk, ticket, monkeypatch):
    monkeypatch.setattr(taken_files, "MAX_FILES", 2)
    desk.go(here(ticket))
    arrive(desk, "offer.pdf")
    arrive(desk, "رسم.png", b"png!")

    assert desk.page.select_one("[role=status] bdi").text == "رسم.png"
    assert not desk.page.select('form[enctype="multipart/form-data"]')


def test_who_loads_the_page_after_a_file_again_has_it_once(desk, ticket):
    desk.go(here(ticket))
    folder, to = plain_form(desk)
    for _ in range(2):
        files.put(folder + "offer.pdf", b"%PDF")
        parts = urlsplit(to)
        of = parse_qs(parts.query)["of"][0]
        desk.go(f"{parts.path}?{urlencode({'of': of, 'key': folder + 'offer.pdf'})}")

    assert [one.text for one in desk.page.select("#files li bdi")] == ["offer.pdf"]
