"""Shards of tickets: what they hold, how their scores compare, and what is left of a ticket that is gone."""

import threading
from datetime import UTC, datetime

import boto3
import pytest

from chalicelib import settings
from chalicelib.search import packing, tickets, tickets_month
from chalicelib.search.tickets import TicketDocument
from chalicelib.search.tickets_documents import Span

ANYBODYS = {
    "status": "open",
    "team_id": "none",
    "assignee_id": "none",
    "customer_id": "cus_1",
    "channel": "email",
    "tag": "gift",
}


def ticket(id, subject="", *texts, month="2026-11", **filters):
    born = datetime.fromisoformat(f"{month}-15").replace(tzinfo=UTC)
    return TicketDocument(
        id, born, subject, texts, (), (), {name: (value,) for name, value in (ANYBODYS | filters).items()}
    )


def publish(*documents, gone=()):
    generation = tickets.publish(lambda: (documents, gone))
    tickets.forget()
    return generation


def found(query, **others):
    return [hit.ticket_id for hit in tickets.search(query, **others).hits]


def test_nothing_is_found_where_nothing_was_published(bucket):
    assert tickets.search("bowl").total == 0


def test_a_ticket_of_a_young_month_does_not_rank_last(bucket):
    publish(ticket("tkt_young", "Bowl"), *(ticket(f"tkt_{n}", "Spoon", month="2026-10") for n in range(50)))
    publish(ticket("tkt_old", "Spoon and bowl, oil, wax, glue and a saw", month="2026-10"))

    assert found("bowl") == ["tkt_young", "tkt_old"]


def test_what_is_fresh_is_ranked_among_what_is_published(bucket):
    filler = "olive " * 115  # as long as a ticket usually is
    some = [ticket(f"tkt_{n}", "A question", f"{'spoon ' * n} {filler}") for n in range(1, 7)]
    publish(*some)
    fresh = [tickets.entry(one) for one in some[::2]]

    assert found("spoon", fresh=fresh) == found("spoon") == [f"tkt_{n}" for n in range(6, 0, -1)]


def test_only_the_months_that_change_are_written_anew(bucket):
    publish(ticket("tkt_1", "Bowl", month="2026-09"), ticket("tkt_2", "Bowl", month="2026-10"))
    before = dict(tickets._shelf.manifest()[0].files)
    publish(ticket("tkt_2", "Spoon", month="2026-10"))
    after = tickets._shelf.manifest()[0].files

    assert [month for month in before if before[month] != after[month]] == ["2026-10"]
    assert (found("bowl"), found("spoon")) == (["tkt_1"], ["tkt_2"])


def test_shards_of_months_that_are_not_wanted_are_not_opened(bucket, monkeypatch):
    publish(*(ticket(f"tkt_{n}", "Bowl", month=f"2026-0{n}") for n in range(1, 6)))
    opened, fetch = [], tickets._shelf.fetch
    monkeypatch.setattr(tickets._shelf, "fetch", lambda file: opened.append(file) or fetch(file))
    ends = (datetime(2026, month, 20, tzinfo=UTC) for month in (1, 3))

    assert set(found("bowl", born=Span(*ends))) == {"tkt_2", "tkt_3"}
    assert len(opened) == 3


def test_of_a_ticket_that_is_gone_no_word_is_left(bucket, tmp_path):
    publish(ticket("tkt_1", "Bowl"), ticket("tkt_2", "Quokka", "secretword"))
    publish(gone=["tkt_2"])

    file = tickets._shelf.manifest()[0].files["2026-11"]
    packing.unpack(tickets._shelf.fetch(file), tmp_path)
    octets = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert (b"secretword" in octets, b"quokka" in octets) == (False, False)
    assert tickets_month.Month(tmp_path).mend("secretwords", 2) == []


def test_two_who_publish_at_once_lose_nothing(atomic_bucket):
    writers = [
        threading.Thread(target=tickets.publish, args=(lambda n=n: ([ticket(f"tkt_{n}", "Olive wood")], ()),))
        for n in range(6)
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    tickets.forget()

    assert set(found("olive")) == {f"tkt_{n}" for n in range(6)}


def test_a_rebuild_leaves_only_what_it_was_given(bucket):
    publish(ticket("tkt_1", "Bowl"), ticket("tkt_2", "Bowl", month="2026-10"))
    tickets.rebuild("2026-11", [ticket("tkt_3", "Bowl")])
    tickets.forget()

    assert set(found("bowl")) == {"tkt_2", "tkt_3"}


def test_a_month_without_tickets_gets_no_shard(bucket):
    assert tickets.rebuild("2026-11", []) == 0
    assert tickets.months() == set()


@pytest.mark.parametrize(("offset", "limit", "shown"), [(0, 3, 3), (3, 3, 2), (5, 3, 0), (0, 0, 0)])
def test_pages_are_cut_out_of_all_shards(bucket, offset, limit, shown):
    publish(*(ticket(f"tkt_{n}", "Bowl", month=f"2026-0{n}") for n in range(1, 6)))

    page = tickets.search("bowl", offset=offset, limit=limit)
    assert (len(page.hits), page.total) == (shown, 5)


def test_sweeping_keeps_what_is_read(bucket):
    publish(ticket("tkt_1", "Bowl"))
    tickets.sweep()

    stored = boto3.client("s3").list_objects_v2(Bucket=settings.search_bucket())["Contents"]
    assert len(stored) == 2 and found("bowl") == ["tkt_1"]
