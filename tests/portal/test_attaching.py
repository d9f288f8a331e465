"""Files for a question: announced, uploaded past us and named in the form, or added afterwards without a script."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from chalicelib import clock
from chalicelib.domain import taken_files
from chalicelib.portal import attaching
from chalicelib.store import files, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted

ALICE = "alice@example.org"
TYPED = {"email": ALICE, "subject": "My board has split", "text": "Can it be saved?"}


def announce(browser, name="board.jpg", size="4", **typed):
    csrf = typed.pop("csrf", None) or form_csrf(browser)
    return json.loads(browser.post("/en/uploads", csrf=csrf, name=name, size=size).body)


def form_csrf(browser):
    shown = browser.page
    csrf = browser.go("/en/tickets/new").page.find("input", attrs={"name": "csrf"})["value"]
    browser.page = shown
    return csrf


def uploaded(browser, name="board.jpg"):
    """The id of a file that went up."""
    told = announce(browser, name)
    files.put(told["fields"]["key"], b"jpeg", told["fields"]["Content-Type"])
    return told["id"]


def ask(browser, **typed):
    return browser.go("/en/tickets/new").send("/en/tickets/new", **(TYPED | typed))


def newest():
    return ticket_lists.page(Wanted(), 25).tickets[0]


def attached(ticket):
    return [file for message in tickets.thread(ticket.id).messages for file in message.attachments]


def test_a_file_is_announced_for_just_what_it_is(browse):
    browser = browse()
    told = announce(browser, "C:\\photos\\board.JPG", "4")

    assert browser.status == 201
    assert told["name"] == "board.JPG"
    assert told["fields"]["Content-Type"] == "image/jpeg"
    assert told["url"].startswith("https://")


def test_files_that_went_up_come_with_the_question_in_their_order(browse):
    browser = browse()
    first, second = uploaded(browser, "board.jpg"), uploaded(browser, "فاتورة.pdf")
    ask(browser, files=f"{first} {second}")

    kept = attached(newest())
    assert [(one.name, one.content_type, one.size) for one in kept] == [
        ("board.jpg", "image/jpeg", 4),
        ("فاتورة.pdf", "application/pdf", 4),
    ]
    assert [files.read(one.key) for one in kept] == [b"jpeg", b"jpeg"]


@pytest.mark.parametrize("forged", ["another-browsers", "never-uploaded", "unknown", "no-id"])
def test_a_file_that_is_not_ours_to_attach_holds_the_question_back_and_loses_no_word(browse, forged):
    browser = browse()
    ids = {
        "another-browsers": lambda: uploaded(browse()),
        "never-uploaded": lambda: announce(browser)["id"],
        "unknown": lambda: "att_01KA3V1K3D7T9X5WQ2MH8NCJ6P",
        "no-id": lambda: "../../etc/passwd",
    }[forged]()
    ask(browser, files=ids)

    assert browser.status == 422
    assert "didn’t arrive" in browser.page.select_one("[role=alert]").text
    assert browser.page.find(id="text").text.strip() == TYPED["text"]
    assert ticket_lists.page(Wanted(), 25).tickets == ()


def test_a_file_that_went_up_is_still_there_when_the_form_comes_again(browse):
    browser = browse()
    ask(browser, files=uploaded(browser), text="")
    assert browser.page.select_one("#files li bdi").text == "board.jpg"

    browser.send("/en/tickets/new", text="Now with words.")
    assert [one.name for one in attached(newest())] == ["board.jpg"]


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("virus.exe", "4", "a file of this kind"),
        ("page.html", "4", "a file of this kind"),
        ("drawing.svg", "4", "a file of this kind"),
        ("noending", "4", "a file of this kind"),
        (".jpg", "4", "a file of this kind"),
        ("", "4", "a file of this kind"),
        ("film.mp4", str(taken_files.MAX_OCTETS + 1), "larger than 20 MB"),
        ("film.mp4", "9" * 15, "larger than 20 MB"),
        ("board.jpg", "0", "empty"),
        ("board.jpg", "-4", "empty"),
        ("board.jpg", "٤", "empty"),
        ("board.jpg", "many", "empty"),
    ],
    ids=["exe", "html", "svg", "no-ending", "no-stem", "no-name", "large", "huge", "empty", "less", "arabic", "word"],
)
def test_a_file_that_is_not_taken_is_told_why(browse, name, size, words):
    browser = browse()
    told = announce(browser, name, size)

    assert browser.status == 422 and words in told["error"]


def test_files_that_are_too_large_together_are_held_back(browse, monkeypatch):
    browser = browse()
    both = f"{uploaded(browser)} {uploaded(browser)}"
    monkeypatch.setattr(taken_files, "MAX_OCTETS", 7)

    assert ask(browser, files=both).status == 422
    assert "Together the files are larger" in browser.page.find(id="files-error").text


def test_far_too_many_files_are_held_back_unseen(browse):
    browser = browse()
    ask(browser, files=" ".join(f"att_{at}" for at in range(500)))

    assert browser.status == 422
    assert "One message takes up to 10 files." in browser.page.find(id="files-error").text


def test_another_sites_page_announces_nothing(browse):
    browser = browse()

    assert "too long" in announce(browser, csrf="guessed")["error"]


def test_nobody_fills_our_store(browse, monkeypatch):
    monkeypatch.setattr(attaching, "BY_BROWSER", replace(attaching.BY_BROWSER, most=1))
    browser = browse()
    announce(browser)

    assert announce(browser)["error"] and browser.status == 429


@pytest.mark.parametrize("page", ["form", "sent"])
def test_only_these_pages_may_send_files_away(browse, page):
    browser = browse().go("/en/tickets/new")
    if page == "sent":
        browser.send("/en/tickets/new", **TYPED)
    policy = browser.header("content-security-policy")
    place = urlsplit(files.place_of_uploads())
    origin = f"{place.scheme}://{place.netloc}"

    assert f"connect-src 'self' {origin}" in policy and f"form-action 'self' {origin}" in policy
    assert origin not in browser.go("/en/sign-in").header("content-security-policy")


def plain_form(browser):
    form = browser.page.select_one('form[enctype="multipart/form-data"]')
    fields = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return fields["key"].removesuffix("${filename}"), fields["success_action_redirect"]


def arrive(browser, folder, to, name, content=b"jpeg", key=None):
    """What S3 does with the form, and where it leads."""
    if content:
        files.put(folder + name, content)
    parts = urlsplit(to)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return browser.go(f"{parts.path}?{urlencode(given | {'bucket': 'b', 'key': key or folder + name, 'etag': 'e'})}")


def test_without_a_script_a_file_is_added_after_sending_once(browse):
    browser = ask(browse())
    folder, to = plain_form(browser)
    for _ in range(2):
        arrive(browser, folder, to, "لوح.jpg")

    assert browser.address == "/en/tickets/sent" and "لوح.jpg is attached" in browser.text
    assert [(one.name, one.content_type, one.size) for one in attached(newest())] == [("لوح.jpg", "image/jpeg", 4)]
    assert newest().message_count == 2


@pytest.mark.parametrize("second", ["photo.jpg", "invoice.pdf"], ids=["another-name", "same-name"])
def test_a_second_file_by_the_same_form_is_added_and_leaves_the_first_as_it_was(browse, second):
    browser = ask(browse())
    folder, to = plain_form(browser)
    arrive(browser, folder, to, "invoice.pdf", b"first")
    arrive(browser, folder, to, second, b"the second")

    listed = [(one.name, one.size, files.read(one.key)) for one in attached(newest())]
    assert listed == [("invoice.pdf", 5, b"first"), (second, 10, b"the second")]
    assert len({one.id for one in attached(newest())}) == 2


def test_what_went_up_again_changes_no_file_that_a_message_names(browse):
    browser = browse()
    id = uploaded(browser)
    ask(browser, files=id)
    files.put(f"uploads/{id}", b"swap", "image/jpeg")
    ask(browser, files=id, text="Once more.")

    assert [files.read(one.key) for one in attached(newest())] == [b"jpeg"]


def test_a_name_that_a_store_read_as_latin_1_is_mended(browse):
    browser = ask(browse())
    folder, to = plain_form(browser)
    arrive(browser, folder, to, "لوح.jpg".encode().decode("latin-1"))

    assert [one.name for one in attached(newest())] == ["لوح.jpg"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("virus.exe", b"MZ", "a file of this kind"), ("board.jpg", b"", "didn’t arrive")],
    ids=["kind", "nothing"],
)
def test_a_file_that_is_none_is_told_and_adds_nothing(browse, name, content, words):
    browser = ask(browse())
    folder, to = plain_form(browser)
    arrive(browser, folder, to, name, content)

    assert words in browser.page.select_one("[role=alert]").text
    assert newest().message_count == 1


def test_the_right_to_add_a_file_is_of_one_browser_one_folder_and_one_hour(browse):
    browser = ask(browse())
    folder, to = plain_form(browser)
    files.put("attachments/uploaded/att_of_another", b"secret")

    assert arrive(browse(), folder, to, "board.jpg").status == 403
    arrive(browser, folder, to, "board.jpg", key="attachments/uploaded/att_of_another")
    assert "didn’t arrive" in browser.text
    assert arrive(browser, folder, to.replace("of=", "of=x"), "board.jpg").status == 403
    clock.shift(3601)
    assert arrive(browser, folder, to, "board.jpg").status == 403
    assert newest().message_count == 1


@pytest.mark.parametrize("typed", [{"text": ""}, {"website": "a robot"}], ids=["wrong", "suspect"])
def test_what_becomes_no_ticket_leaves_no_file_behind(browse, typed):
    browser = browse()
    id = uploaded(browser)
    ask(browser, files=id, **typed)

    assert files.is_there(f"uploads/{id}") and not files.is_there(f"attachments/uploaded/{id}")


@pytest.mark.parametrize(("name", "words"), [("لوح.jpg", "لوح.jpg is attached"), ("virus.exe", "a file of this kind")])
def test_without_a_script_a_file_added_in_a_conversation_is_told_of_there(browse, name, words):
    ask(browse())
    browser = browse(ALICE).go(f"/en/tickets/{newest().number}")
    arrive(browser, *plain_form(browser), name)

    assert (browser.status, browser.address) == (200, f"/en/tickets/{newest().number}")
    assert words in browser.text
