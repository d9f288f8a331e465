"""An agent who never opens the desk: he is mailed what his customers write, answers by mail, and forwards to us."""

import re
import uuid
from email.message import EmailMessage
from typing import Any

from tests.journeys.product import Product
from tests.journeys.test_main_job import letter, mails_to, messages_of, person, tickets_of


def agent_of(product: Product) -> dict[str, Any]:
    """A new agent, whose address nobody else in these journeys has."""
    email = f"bob-{uuid.uuid4().hex[:8]}@ghusn.example"
    made = product.api("POST", "/agents", {"name": "Bob", "email": email})
    assert made.status == 201, made.body
    return dict(made.json())


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def answer_to(notice: EmailMessage, text: str) -> str:
    """What a mail program makes of an answer: to Reply-To, with the notice quoted beneath."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = notice["To"], notice["Reply-To"], f"Re: {notice['Subject']}"
    made["Message-ID"] = f"<{uuid.uuid4().hex}@ghusn.example>"
    made["In-Reply-To"] = notice["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in text_of(notice).splitlines())
    made.set_content(f"{text}\n\nOn Tue, 3 Nov 2026 at 10:12, Ghusn <help@ghusn.example> wrote:\n\n{quoted}\n")
    return made.as_string()


def deliver(product: Product, raw: str, *to: str) -> dict[str, Any]:
    """Let a mail come in as SES brings it, and say what became of it."""
    query = "&".join(f"to={one.replace('+', '%2B')}" for one in to)
    made = product.call("POST", f"/_local/email?{query}", raw.encode())
    assert made.status == 202, made.body
    product.settle()
    return dict(product.local("GET", f"email/{made.json()['id']}"))


def test_an_agent_is_mailed_a_question_answers_by_mail_and_the_customer_has_it_once(product: Product) -> None:
    alice, bob = person(), agent_of(product)
    deliver(product, letter(alice, "It split along the grain."), "help@ghusn.example")
    [ticket] = tickets_of(product, email=alice)
    product.api("PATCH", f"/tickets/{ticket['id']}", {"assignee_id": bob["id"]})
    product.settle()
    [notice] = mails_to(product, bob["email"])
    assert f"[#{ticket['number']}]" in notice["Subject"]
    assert "It split along the grain." in text_of(notice)
    assert notice["Auto-Submitted"] == "auto-generated"
    assert re.search(rf"/agent/tickets/{ticket['number']}\b", text_of(notice))

    raw = answer_to(notice, "Send us a picture, please.")
    outcomes = [deliver(product, raw, str(notice["Reply-To"]))["outcome"] for _ in range(3)]
    assert outcomes == ["message", "duplicate", "duplicate"]
    receipt, answer = mails_to(product, alice)
    assert receipt["Auto-Submitted"]
    assert "Send us a picture, please." in text_of(answer)
    assert "goes to the customer" not in answer.as_string()
    assert bob["email"] not in answer.as_string()
    [_, written] = messages_of(product, ticket)
    assert (written["author"]["type"], written["author"]["id"]) == ("agent", bob["id"])
    assert product.api("GET", f"/tickets/{ticket['id']}").json()["status"] == "pending"

    deliver(product, letter(alice, "Here it is."), str(answer["Reply-To"]))
    _, second = mails_to(product, bob["email"])
    assert "Here it is." in text_of(second)
    assert len(mails_to(product, alice)) == 2


def test_nothing_goes_out_of_what_charlie_writes_to_the_agents_address(product: Product) -> None:
    alice, bob = person(), agent_of(product)
    deliver(product, letter(alice, "It split."), "help@ghusn.example")
    [ticket] = tickets_of(product, email=alice)
    product.api("PATCH", f"/tickets/{ticket['id']}", {"assignee_id": bob["id"]})
    product.settle()
    [notice] = mails_to(product, bob["email"])

    deliver(product, letter(person(), "Give it to me."), str(notice["Reply-To"]))
    assert len(mails_to(product, alice)) == 1, "her receipt"
    assert messages_of(product, ticket)[-1]["text"].strip() == "Give it to me.", "kept where agents see it"


def test_a_mail_that_an_agent_forwards_is_the_customers_ticket(product: Product) -> None:
    alice, bob = person(), agent_of(product)
    text = (
        "Please be quick.\n\n---------- Forwarded message ---------\n"
        f"From: Alice <{alice}>\nDate: Tue, Nov 3, 2026 at 10:12 AM\nSubject: My board has split\n"
        f"To: Bob <{bob['email']}>\n\n\nIt split along the grain.\n"
    )
    outcome = deliver(product, letter(bob["email"], text, subject="Fwd: My board has split"), "help@ghusn.example")
    assert (outcome["outcome"], outcome["reason"]) == ("message", "forwarded")
    [ticket] = tickets_of(product, email=alice)
    assert (ticket["subject"], ticket["status"], ticket["assignee_id"]) == ("My board has split", "new", None)
    words, note = messages_of(product, ticket)
    assert (words["text"], words["author"]["type"]) == ("It split along the grain.", "customer")
    assert (note["visibility"], note["author"]["id"]) == ("internal", bob["id"])
    assert mails_to(product, alice) == mails_to(product, bob["email"]) == [], "neither gets a receipt"

    product.api("POST", f"/tickets/{ticket['id']}/messages", {"text": "We can save it."})
    product.settle()
    [answer] = mails_to(product, alice)
    assert "We can save it." in text_of(answer)
    assert "Please be quick." not in answer.as_string()
