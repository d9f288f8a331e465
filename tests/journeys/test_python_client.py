"""The Python client against the running product, as an integrator uses it."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import httpx
import pytest
from diwan_client import (
    Conflict,
    Diwan,
    Forbidden,
    Invalid,
    NotFound,
    NotModified,
    Retries,
    TooManyRequests,
    Unauthorized,
    VersionMismatch,
    verify,
)
from diwan_client.answers import Ticket

from tests.journeys.product import Product
from tests.receiver import listening


@pytest.fixture(scope="module")
def diwan(product: Product) -> Iterator[Diwan]:
    with Diwan(product.url, product.api_key, timeout=90) as made:
        yield made


@pytest.fixture
def alice() -> str:
    return f"alice-{uuid.uuid4().hex[:8]}@example.org"


@pytest.fixture
def ticket(diwan: Diwan, alice: str) -> Ticket:
    return diwan.tickets.create(
        subject="My board has split",
        message={"text": "Hello, can it be saved?"},
        customer={"email": alice, "name": "Alice"},
        tags=["boards"],
        custom_fields={"order": "A-1042"},
    )


def test_a_ticket_is_opened_answered_and_solved(diwan: Diwan, ticket: Ticket, alice: str) -> None:
    answer = diwan.messages.create(ticket.id, text="Yes: oil it.", status="pending")
    solved = diwan.tickets.update(ticket.number, status="solved", tags=["boards", "care"])

    assert (answer.author.type, answer.delivery and answer.delivery.state) == ("agent", "queued")
    assert (solved.status, solved.tags, solved.custom_fields) == ("solved", ["boards", "care"], {"order": "A-1042"})
    assert diwan.tickets.get(ticket.id) == solved
    assert [one.text for one in diwan.messages.list(ticket.id)] == ["Hello, can it be saved?", "Yes: oil it."]
    [customer] = diwan.customers.list(email=alice)
    assert (customer.id, customer.name) == (ticket.customer_id, "Alice")


def test_the_same_key_is_the_same_ticket(diwan: Diwan, alice: str) -> None:
    key = uuid.uuid4().hex
    first, again = (
        diwan.tickets.create(subject="Once", message={"text": "Once."}, customer={"email": alice}, idempotency_key=key)
        for _ in range(2)
    )

    assert first == again
    assert len(list(diwan.tickets.list(customer_id=first.customer_id))) == 1


def test_pages_are_gone_through_to_the_end(diwan: Diwan, ticket: Ticket) -> None:
    for n in range(5):
        diwan.messages.create(ticket.id, text=f"Note {n}", visibility="internal")
    listed = diwan.messages.list(ticket.id, limit=2)

    assert len(listed.data) == 2 and listed.has_more
    assert [one.text for one in listed][1:] == [f"Note {n}" for n in range(5)]


def test_nobody_is_overwritten(diwan: Diwan, ticket: Ticket) -> None:
    newer = diwan.tickets.update(ticket.id, priority="high", if_match=ticket.version)

    with pytest.raises(VersionMismatch):
        diwan.tickets.update(ticket.id, priority="low", if_match=ticket.version)
    with pytest.raises(NotModified):
        diwan.tickets.get(ticket.id, if_none_match=newer.version)
    assert diwan.tickets.get(ticket.id, if_none_match=ticket.version) == newer


def test_refusals_have_names(diwan: Diwan, product: Product, ticket: Ticket) -> None:
    seen = diwan.messages.list(ticket.id).data[-1].id
    diwan.messages.create(ticket.id, text="One more thing.", author={"type": "customer"})

    with pytest.raises(Conflict) as late:
        diwan.messages.create(ticket.id, text="Yes.", last_seen_message_id=seen)
    with pytest.raises(NotFound) as unknown:
        diwan.tickets.get("tkt_01KA3V0G5T4QYB7N2M8RDWZP6E")
    with pytest.raises(Invalid) as wrong:
        diwan.tickets.create(subject=" ", message={"text": "Hello"}, customer={"email": "no address"})
    with Diwan(product.url, "dwn_nobody") as stranger, pytest.raises(Unauthorized):
        stranger.tickets.list()
    assert (late.value.code, unknown.value.code) == ("newer-message", "ticket-not-found")
    assert {one.pointer for one in wrong.value.errors} == {"/subject"}
    assert wrong.value.request_id


def test_words_come_in_arabic(product: Product) -> None:
    with Diwan(product.url, product.api_key, locale="ar") as diwan, pytest.raises(NotFound) as unknown:
        diwan.teams.get("tea_none")
    assert any("\u0600" <= sign <= "\u06ff" for sign in unknown.value.title)


def test_a_file_goes_out_with_a_message(diwan: Diwan, ticket: Ticket, tmp_path: Path) -> None:
    picture = tmp_path / "board.png"
    picture.write_bytes(b"\x89PNG of a board")
    attachment = diwan.uploads.send(picture)
    note = diwan.messages.create(ticket.id, text="See the picture.", visibility="internal", attachments=[attachment])

    [shown] = note.attachments
    assert (shown.name, shown.content_type, shown.size) == ("board.png", "image/png", 15)
    assert httpx.get(shown.url).content == picture.read_bytes()


def test_the_feed_tells_of_what_was_done(diwan: Diwan, product: Product, ticket: Ticket) -> None:
    product.settle()
    known = [one for one in diwan.events.list(limit=100) if one.data.ticket_id == ticket.id]
    assert [one.type for one in known] == ["ticket.created"]

    diwan.tickets.update(ticket.id, status="on_hold")
    product.settle()
    following = diwan.events.follow(after=known[-1].sequence, pause=0.2)
    [change] = islice((one for one in following if one.data.ticket_id == ticket.id), 1)
    assert (change.type, change.data.changes["status"]) == ("ticket.updated", ["new", "on_hold"])


def test_a_key_may_be_made_that_may_less(diwan: Diwan, product: Product) -> None:
    made = diwan.api_keys.create(name="Reports", scopes=["tickets:read"])

    with Diwan(product.url, made.key) as reader:
        assert reader.tickets.list(limit=1).data
        with pytest.raises(Forbidden):
            reader.customers.list()
        diwan.api_keys.delete(made.id)
        with pytest.raises(Unauthorized):
            reader.tickets.list()
    assert made.key not in repr(made)


def test_bulk_work_is_waited_for(diwan: Diwan, product: Product, ticket: Ticket) -> None:
    job = diwan.jobs.create(
        type="bulk",
        operations=[
            {"method": "PATCH", "path": f"/v1/tickets/{ticket.id}", "body": {"priority": "urgent"}},
            {"method": "PATCH", "path": "/v1/tickets/tkt_none", "body": {"priority": "urgent"}},
        ],
    )

    assert diwan.jobs.wait(job.id, timeout=60).state == "done"
    assert [one.status for one in diwan.jobs.results(job.id)] == [200, 404]
    assert diwan.tickets.get(ticket.id).priority == "urgent"


def test_an_article_is_written_published_found_and_archived(diwan: Diwan, product: Product) -> None:
    word = f"walnut{uuid.uuid4().hex[:6]}"
    category = diwan.categories.create(translations={"en": {"name": f"Care {word}"}})
    draft = diwan.articles.create(
        category_id=category.id, translations={"en": {"title": f"Oiling {word}", "body": "Twice a year."}}
    )
    published = diwan.articles.publish(draft.id)
    product.settle()

    assert (draft.state, published.state) == ("draft", "published")
    assert [hit.article_id for hit in diwan.search.articles(q=word).data] == [draft.id]
    assert diwan.articles.archive(draft.id).state == "archived"
    diwan.articles.delete(draft.id)
    product.settle()
    assert not diwan.search.articles(q=word).data


def test_the_service_tells_of_itself(diwan: Diwan) -> None:
    assert diwan.meta.health().status == "ok"
    assert diwan.meta.openapi()["openapi"] == "3.1.0"


def test_tickets_are_made_one_taken_apart_and_split(diwan: Diwan, ticket: Ticket, alice: str) -> None:
    other = diwan.tickets.create(subject="Again", message={"text": "Are you there?"}, customer={"email": alice})
    assert diwan.tickets.merge(other.number, into=ticket.number).merged_into == ticket.id
    assert len(list(diwan.messages.list(ticket.id))) == 2
    assert diwan.tickets.unmerge(other.id).merged_into is None

    spoon = diwan.messages.create(ticket.id, text="And my spoon?", author={"type": "customer"})
    apart = diwan.tickets.split(ticket.id, message_ids=[spoon.id], subject="A spoon")
    assert (apart.split_from, apart.subject) == (ticket.id, "A spoon")


def test_customers_belong_together_and_have_a_past(diwan: Diwan, ticket: Ticket) -> None:
    kitchen = diwan.organizations.create(name=f"Kitchen {uuid.uuid4().hex[:6]}")
    diwan.customers.update(ticket.customer_id, organization_id=kitchen.id)
    bought = diwan.customer_events.create(
        ticket.customer_id,
        type="purchase",
        title="A board",
        occurred_at=datetime(2026, 11, 7, 10, 4, tzinfo=UTC),
        amount={"value": "48.00", "currency": "TND"},
    )
    twin = diwan.customers.create(name="A.", phone=f"+2162{uuid.uuid4().int % 10_000_000:07d}")

    assert diwan.customers.merge(twin.id, into=ticket.customer_id).merged_into == ticket.customer_id
    assert diwan.customers.unmerge(twin.id).merged_into is None
    assert [one.id for one in diwan.customer_events.list(ticket.customer_id)] == [bought.id]
    assert bought.amount and bought.amount.value == "48.00"
    assert diwan.customers.get(ticket.customer_id).organization_id == kitchen.id


def test_a_ticket_is_found_by_its_words(diwan: Diwan, product: Product, alice: str) -> None:
    word = f"sycamore{uuid.uuid4().hex[:6]}"
    made = diwan.tickets.create(
        subject="My bowl", message={"text": f"My {word} bowl leaks."}, customer={"email": alice}
    )
    product.settle()
    found = diwan.search.tickets(q=word)

    assert [hit.ticket.id for hit in found] == [made.id]
    assert "<mark>" in found.data[0].snippet and found.total == 1


def test_webhooks_are_believed_by_their_signature(diwan: Diwan, product: Product, alice: str) -> None:
    with listening() as receiver:
        webhook = diwan.webhooks.create(url=receiver.url, events=["ticket.created"])
        diwan.webhooks.test(webhook.id)
        made = diwan.tickets.create(subject="Hello", message={"text": "Hello"}, customer={"email": alice})
        product.settle()
        told = {event.type: event for event in (verify(r.body, r.headers, webhook.secret) for r in receiver.received)}
        deliveries = list(diwan.webhooks.deliveries(webhook.id))
        diwan.webhooks.delete(webhook.id)

    assert told["ticket.created"].data.ticket_id == made.id and "webhook.test" in told
    assert {one.state for one in deliveries} == {"delivered"}
    assert webhook.secret not in repr(webhook)


def test_a_key_that_asks_too_often_is_told_when_to_come_again(diwan: Diwan, product: Product) -> None:
    made = diwan.api_keys.create(name="Slow", scopes=["tickets:read"], limit=1)

    with Diwan(product.url, made.key, retries=Retries(tries=1)) as hasty, pytest.raises(TooManyRequests) as refused:
        for _ in range(3):  # a minute may end between two of them
            hasty.tickets.list(limit=1)
    assert 1 <= int(refused.value.headers["retry-after"]) <= 60


def test_what_many_change_at_once_is_changed_by_each(diwan: Diwan, ticket: Ticket) -> None:
    with ThreadPoolExecutor(6) as pool:
        notes = list(
            pool.map(lambda n: diwan.messages.create(ticket.id, text=f"{n}", visibility="internal"), range(12))
        )

    assert len({note.id for note in notes}) == 12
    assert diwan.tickets.get(ticket.id).message_count == 13
