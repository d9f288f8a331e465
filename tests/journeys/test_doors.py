"""Several doors, from outside: each team has its own, whoever writes to it is answered from it, and one can be shut."""

import urllib.parse

from tests.journeys.product import Product
from tests.journeys.test_main_job import letter, mails_to, person, reply, tickets_of


def put_in(product: Product, raw: str, *to: str) -> str:
    """Bring a mail in by the console; returns its id."""
    query = urllib.parse.urlencode([("to", one) for one in to])
    answer = product.call("POST", f"/_local/email?{query}", raw.encode())
    assert answer.status == 202, answer.body
    product.settle()
    return str(answer.json()["id"])


def test_who_writes_to_a_teams_door_is_answered_from_it_and_answers_into_the_same_ticket(product: Product) -> None:
    alice = person()
    team = product.api("POST", "/teams", {"names": {"en": "Repairs"}, "email": "repairs@ghusn.example"}).json()
    signed = product.api("PATCH", f"/teams/{team['id']}", {"signatures": {"en": "Repairs,\nby hand"}})
    assert signed.status == 200
    put_in(product, letter(alice, "Can it be saved?"), "repairs@ghusn.example")

    (ticket,) = tickets_of(product, email=alice)
    assert ticket["team_id"] == team["id"]
    reply(product, ticket, "Yes, it can.")
    product.settle()
    receipt, answer = mails_to(product, alice)
    assert [mail["From"].addresses[0].addr_spec for mail in (receipt, answer)] == ["repairs@ghusn.example"] * 2
    for kind in ("plain", "html"):
        body = answer.get_body((kind,)).get_content()  # type: ignore[union-attr]
        assert body.index("Yes, it can.") < body.index("by hand")

    product.mail(alice, letter(alice, "Thank you!"), to=answer["Reply-To"])
    product.settle()
    assert [one["id"] for one in tickets_of(product, email=alice)] == [ticket["id"]]


def test_who_is_blocked_waits_with_the_suspended_mail_until_somebody_lets_it_in(product: Product) -> None:
    charlie = person()
    blocked = product.api("POST", "/blocked-senders", {"value": charlie}).json()
    mail_id = put_in(product, letter(charlie, "Buy now"), "help@ghusn.example")

    assert tickets_of(product, email=charlie) == [] and mails_to(product, charlie) == []
    told = product.local("GET", f"email/{mail_id}")
    assert (told["outcome"], told["reason"]) == ("suspended", "blocked-sender")
    (held,) = [one for one in product.api("GET", "/suspended").json()["data"] if one["from"] == charlie]
    released = product.api("POST", f"/suspended/{held['id']}/release")
    assert released.status == 200
    assert [one["id"] for one in tickets_of(product, email=charlie)] == [released.json()["ticket_id"]]
    assert product.api("DELETE", f"/blocked-senders/{blocked['id']}").status == 204
