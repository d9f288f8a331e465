"""Whose mail was passed on, what it said, and what was written above it, in every program's own form."""

from pathlib import Path

import pytest

from chalicelib.domain import forward_subject, forwarded

FIXTURES = Path(__file__).parents[1] / "fixtures" / "forwards"


def cases():
    """A name, the mail's text, the four facts of it, what stands above, and what it said."""
    for file in sorted(FIXTURES.glob("*.txt")):
        for case in file.read_text().split("=== ")[1:]:
            name, _, rest = case.partition("\n")
            mail, facts_and_above, text = rest.split("%%%")
            facts, _, above = facts_and_above.partition("\n")
            yield pytest.param(mail, [one.strip() for one in facts.split("|")], above, text, id=f"{file.stem}: {name}")


@pytest.mark.parametrize(("mail", "facts", "above", "text"), list(cases()))
def test_a_forwarded_mail_is_taken_apart(mail, facts, above, text):
    found = forwarded.read(mail)

    assert found
    assert [found.sender or "-", found.name, found.subject, found.date] == facts
    assert (found.above.strip(), found.text.strip()) == (above.strip(), text.strip())


@pytest.mark.parametrize(
    "subject",
    [
        "Fwd: My board", "FW: My board", "Fw: x", "WG: Brett", "TR : Ma planche", "TR: x", "RV: Mi tabla",
        "I: Il tagliere", "ENC: A tábua", "Doorst: Plank", "PD: Deska", "إعادة توجيه: اللوح", "转发：砧板",
        "[EXTERNAL] FW: My board", "Fwd[2]: x", "İLT: Tahta",
    ],
)  # fmt: skip
def test_a_subject_says_in_any_language_that_the_mail_is_passed_on(subject):
    assert forward_subject.is_marked(subject)


@pytest.mark.parametrize("subject", ["Re: Fwd: My board", "My board", "Forward planning", "In: out", "", "Fwd"])
def test_other_subjects_do_not(subject):
    assert not forward_subject.is_marked(subject)


def test_the_subject_is_that_of_the_mail_without_the_marks():
    assert forward_subject.bare("Fwd: FW: My board: split") == "My board: split"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello,\n\nFrom: Tunis\nTo: Sfax\n",
        "To: everybody\nSubject: to change",
        "Please write down:\nDate: today\nSubject: none\n\nThank you",
        "From: me\n" + "and a long story\n" * 20 + "To: you\nSubject: x",
    ],
)
def test_a_letter_with_lines_like_headers_passes_nothing_on(text):
    assert forwarded.read(text) is None


def test_hostile_text_is_read_in_no_time():
    assert forwarded.read("From: x\n" * 200_000) is None
    assert forwarded.read("> " * 100_000 + "From: a@b\n" + "-" * 100_000) is None
    assert not forward_subject.is_marked("[" * 100_000)


HEADERS = "From: Alice <alice@example.org>\nSubject: My board\nDate: 3 November 2026\nTo: bob@ghusn.example\n\n"
ALICES = "Can it be saved?\n\nAlice"
OURS = "Do not refund her."


def marked(text):
    return "\n".join(f"> {line}" for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "alices"),
    [
        (f"{HEADERS}{ALICES}\n\n-------- End Forwarded Message --------\n\n{OURS}", ALICES),
        (f"{HEADERS}{ALICES}\n\n-------- Конец пересылаемого сообщения --------\n{OURS}\n\nBob", ALICES),
        (f"{marked(HEADERS + ALICES)}\n\n{OURS}", ALICES),
        (f"{marked(HEADERS)}\n> Can it be saved?\n{OURS}\n> Alice", "Can it be saved?"),
        (f"{HEADERS}{marked(ALICES)}\n\n{OURS}\n", f"{marked(ALICES)}\n\n{OURS}".replace("> \n", ">\n")),
        (f"{HEADERS}{ALICES}\n\n-- \n{OURS}", ALICES),
    ],
    ids=["below an end line", "in Russian", "below what is marked", "between it", "not to be told", "as a signature"],
)
def test_what_is_written_below_or_between_is_told_from_what_was_passed_on(text, alices):
    found = forwarded.read(text)

    assert found.text == alices
    assert (OURS in found.below) != (OURS in alices)


def test_a_mail_that_she_had_passed_on_herself_stays_hers():
    inner = f"---------- Forwarded message ---------\n{HEADERS.replace('Alice', 'Carol')}It split."
    found = forwarded.read(f"{HEADERS}See below.\n\n{inner}")

    assert (found.text, found.below) == (f"See below.\n\n{inner}", "")
