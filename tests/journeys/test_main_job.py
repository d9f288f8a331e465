"""The main job, from outside: a question comes in, an agent answers, the customer reads it where he asked."""

import uuid
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any

import pytest

from tests.journeys.product import Product


def person() -> str:
    """An address nobody else in these journeys has."""
    return f"alice-{uuid.uuid4().hex[:8]}@example.com"


def number() -> str:
    return f"+2162{uuid.uuid4().int % 10_000_000:07d}"


def letter(sender: str, text: str, subject: str = "My board has split", **headers: str) -> str:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "help@ghusn.example", subject
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@example.com>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_string()


def mails_to(product: Product, address: str) -> list[EmailMessage]:
    sent = [one for one in product.local("GET", "outbox")["emails"] if address in one["to"]]
    parsed = [message_from_string(one["raw"], policy=policy.default) for one in sent]
    return [mail for mail in parsed if isinstance(mail, EmailMessage)]


def texts_to(product: Product, phone: str) -> list[dict[str, Any]]:
    return [one for one in product.local("GET", "outbox")["sms"] if one["to"] == phone]


def tickets_of(product: Product, **contact: str) -> list[dict[str, Any]]:
    [(kind, value)] = contact.items()
    customers = product.api("GET", f"/customers?{kind}={value.replace('+', '%2B')}").json()["data"]
    assert len(customers) <= 1, "one contact is one customer"
    if not customers:
        return []
    listed = product.api("GET", f"/tickets?customer_id={customers[0]['id']}&sort=created").json()["data"]
    return list(reversed(listed))


def messages_of(product: Product, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    return list(product.api("GET", f"/tickets/{ticket['id']}/messages").json()["data"])


def reply(product: Product, ticket: dict[str, Any], text: str) -> None:
    answer = product.api("POST", f"/tickets/{ticket['id']}/messages", {"text": text})
    assert answer.status == 201, answer.body


def test_a_mail_is_one_ticket_and_the_answer_is_one_mail_that_answers_into_it(product: Product) -> None:
    alice = person()
    product.mail(alice, letter(alice, "Hello, it split along the grain."))
    product.mail(alice, letter(alice, "And where is my spoon?", subject="My spoon"))
    product.settle()
    split, spoon = tickets_of(product, email=alice)
    assert (split["subject"], split["status"], split["channel"]) == ("My board has split", "new", "email")

    reply(product, split, "Send us a picture, please.")
    product.settle()
    [answer] = [mail for mail in mails_to(product, alice) if "Send us a picture" in str(mail)]
    assert product.api("GET", f"/tickets/{split['id']}").json()["status"] == "pending"

    product.mail(alice, letter(alice, "Here it is.", In_Reply_To=answer["Message-ID"]), to=answer["Reply-To"])
    product.settle()
    assert [m["text"].strip() for m in messages_of(product, split)][-1] == "Here it is."
    assert product.api("GET", f"/tickets/{split['id']}").json()["status"] == "open"
    assert len(messages_of(product, spoon)) == 1
    assert len(tickets_of(product, email=alice)) == 2


def test_a_text_message_is_one_ticket_and_is_answered_by_text(product: Product) -> None:
    phone = number()
    product.local("POST", "sms", {"from": phone, "to": product.info["support_phone"], "body": "أين طلبي؟"})
    product.settle()
    [ticket] = tickets_of(product, phone=phone)
    assert (ticket["channel"], ticket["locale"]) == ("sms", "ar")

    reply(product, ticket, "خرج أمس من صفاقس.")
    product.settle()
    [answer] = [text for text in texts_to(product, phone) if "صفاقس" in text["body"]]

    again = {"from": phone, "to": product.info["support_phone"], "body": "شكرًا", "previous_id": answer["id"]}
    product.local("POST", "sms", again)
    product.settle()
    assert [m["text"] for m in messages_of(product, ticket)][-1] == "شكرًا"
    assert len(tickets_of(product, phone=phone)) == 1


def test_the_same_mail_three_times_is_one_ticket_one_message_and_one_receipt(product: Product) -> None:
    alice = person()
    raw = letter(alice, "Only once, please.")
    ids = [product.call("POST", "/_local/email", raw.encode()).json()["id"] for _ in range(3)]
    product.settle()
    [ticket] = tickets_of(product, email=alice)
    assert len(messages_of(product, ticket)) == 1
    assert len(mails_to(product, alice)) == 1
    outcomes = [product.local("GET", f"email/{one}")["outcome"] for one in ids]
    assert sorted(outcomes) == ["duplicate", "duplicate", "message"]


def test_a_stranger_with_the_reply_address_is_told_nothing_and_changes_nothing(product: Product) -> None:
    alice, charlie = person(), person()
    product.mail(alice, letter(alice, "A secret of mine."))
    product.settle()
    [ticket] = tickets_of(product, email=alice)
    reply(product, ticket, "We keep it.")
    product.settle()
    answer = mails_to(product, alice)[-1]

    product.mail(charlie, letter(charlie, "Let me in.", subject="Hello"), to=answer["Reply-To"])
    product.settle()
    kept = product.api("GET", f"/tickets/{ticket['id']}").json()
    assert messages_of(product, ticket)[-1]["text"].strip() == "Let me in.", "kept where an agent sees it"
    assert kept["status"] == "pending", "a stranger's mail has no bearing on the ticket"
    assert not mails_to(product, charlie), "a stranger is told nothing"


def test_a_ticket_by_the_api_reaches_its_customer_and_his_answer_comes_back(product: Product) -> None:
    alice = person()
    made = product.api(
        "POST",
        "/tickets",
        {"subject": "Order GH-1", "message": {"text": "Where is it?"}, "customer": {"email": alice, "name": "Alice"}},
    )
    assert made.status == 201, made.body
    ticket = made.json()
    reply(product, ticket, "On its way.")
    product.settle()
    [answer] = [mail for mail in mails_to(product, alice) if "On its way." in str(mail)]
    product.mail(alice, letter(alice, "It came."), to=answer["Reply-To"])
    product.settle()
    assert [m["text"].strip() for m in messages_of(product, ticket)] == ["Where is it?", "On its way.", "It came."]


def test_a_bounce_is_seen_on_the_message_which_can_be_sent_again(product: Product) -> None:
    made = product.api(
        "POST",
        "/tickets",
        {
            "subject": "Order GH-2",
            "message": {"text": "Your order is ready.", "author": {"type": "agent"}},
            "customer": {"email": "bounce@simulator.amazonses.com"},
        },
    )
    assert made.status == 201, made.body
    product.settle()
    [message] = messages_of(product, made.json())
    assert message["delivery"]["state"] == "bounced"
    again = product.api("POST", f"/tickets/{made.json()['id']}/messages/{message['id']}/retry")
    assert (again.status, again.json()["delivery"]["state"]) == (200, "queued"), again.body
    product.settle()
    assert len(mails_to(product, "bounce@simulator.amazonses.com")) == 2


@pytest.mark.parametrize("named", ["id", "Message-ID"])
def test_an_event_names_a_mail_as_the_outbox_or_as_its_recipient_does(product: Product, named: str) -> None:
    alice = person()
    wanted = {"subject": "Order GH-3", "message": {"text": "It is ready.", "author": {"type": "agent"}}}
    made = product.api("POST", "/tickets", {**wanted, "customer": {"email": alice}}).json()
    product.settle()
    [mail] = [one for one in product.local("GET", "outbox")["emails"] if alice in one["to"]]
    seen = str(message_from_string(mail["raw"])["Message-ID"]).strip("<>").partition("@")[0]
    bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [{"emailAddress": alice}]}
    about = {"messageId": mail["id"] if named == "id" else seen, "destination": [alice], "tags": {}}
    product.local("POST", "ses-event", {"eventType": "Bounce", "bounce": bounce, "mail": about})
    product.settle()
    assert messages_of(product, made)[0]["delivery"]["state"] == "bounced"


def test_a_solved_ticket_closes_a_week_later(product: Product) -> None:
    alice = person()
    product.mail(alice, letter(alice, "A small question."))
    product.settle()
    [ticket] = tickets_of(product, email=alice)
    solved = product.api("PATCH", f"/tickets/{ticket['id']}", {"status": "solved"})
    assert solved.status == 200, solved.body
    assert product.settle()["later"] >= 1
    product.local("POST", "clock", {"advance_seconds": 7 * 86_400 + 60})
    assert product.api("GET", f"/tickets/{ticket['id']}").json()["status"] == "closed"
