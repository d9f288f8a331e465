"""What both engines of ticket search do alike: our own shards, and OpenSearch."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import ModuleType

import pytest

from chalicelib.search import ticket_engine, tickets
from chalicelib.search.tickets_documents import Span, TicketDocument, entry
from tests.search.playing_opensearch import playing

ANYBODYS = {
    "status": "open",
    "team_id": "none",
    "assignee_id": "none",
    "customer_id": "cus_1",
    "channel": "email",
    "tag": (),
}
FILLER = "olive " * 115  # with it, a ticket is as long as they usually are


@pytest.fixture(params=["shards", "opensearch"])
def engine(request: pytest.FixtureRequest, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    if request.param == "shards":
        yield ticket_engine.chosen()
        return
    with playing(monkeypatch):
        yield ticket_engine.chosen()


@pytest.fixture
def publish(engine: ModuleType) -> Callable[..., None]:
    def publish(*documents: TicketDocument, gone: tuple[str, ...] = ()) -> None:
        assert not engine.publish(lambda: (documents, gone)).unseen
        tickets.forget()

    return publish


@pytest.fixture
def found(engine: ModuleType) -> Callable[..., list[str]]:
    return lambda query, **others: [hit.ticket_id for hit in engine.search(query, **others).hits]


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def ticket(id, subject="", *texts, month="2026-11", born="", exact=(), version=1, **filters):
    return TicketDocument(
        id,
        at(born or f"{month}-15"),
        subject,
        texts,
        (),
        exact,
        {name: (value,) if isinstance(value, str) else value for name, value in (ANYBODYS | filters).items()},
        version,
    )


def test_nothing_is_found_where_nothing_was_published(engine):
    page = engine.search("bowl spoon")

    assert (page.hits, page.total, page.did_you_mean) == ((), 0, None)
    assert engine.months() == set()


@pytest.mark.parametrize("query", ["boards", "BOARD", "  board, ", "board's"])
def test_a_word_is_found_in_whatever_form(publish, found, query):
    publish(ticket("tkt_1", "My board has split"), ticket("tkt_2", "Bowl"))

    assert found(query) == ["tkt_1"]


@pytest.mark.parametrize("query", ["إرجاع", "ارجاع", "الإرجاع", "إِرْجَاع"])
def test_an_arabic_word_is_found_in_whatever_form(publish, found, query):
    publish(ticket("tkt_1", "أريد إرجاع الطلب"), ticket("tkt_2", "وعاء"))

    assert found(query) == ["tkt_1"]


def test_every_word_must_stand_there_or_any_if_none_holds_all(publish, found):
    publish(ticket("tkt_1", "red bowl"), ticket("tkt_2", "red spoon"), ticket("tkt_3", "blue saw"))

    assert found("red spoon") == ["tkt_2"]
    assert set(found("spoon saw")) == {"tkt_2", "tkt_3"}
    assert found("spoon saw", strictly=True) == []


def test_the_subject_counts_more_than_what_was_said(publish, found):
    publish(ticket("tkt_1", "A question", "the bowl is fine"), ticket("tkt_2", "bowl", "the question is fine"))

    assert found("bowl") == ["tkt_2", "tkt_1"]


def test_of_equals_the_youngest_comes_first(publish, found):
    publish(*(ticket(f"tkt_{n}", "bowl", month=f"2026-0{n}") for n in range(1, 5)))

    assert found("bowl") == ["tkt_4", "tkt_3", "tkt_2", "tkt_1"]


def test_a_ticket_that_is_called_so_comes_first(publish, found):
    publish(ticket("tkt_1", "GH 7", "GH 7 GH 7"), ticket("tkt_2", "bowl", exact=("GH-7",)))

    assert found("gh-7")[0] == "tkt_2"


def test_filters_are_part_of_the_search(publish, found, engine):
    publish(ticket("tkt_1", "bowl", status="solved"), ticket("tkt_2", "bowl", team_id="tea_1", customer_id="cus_2"))

    assert found("bowl", filters={"status": ("solved", "closed")}) == ["tkt_1"]
    assert found("bowl", filters={"team_id": ("none",)}) == ["tkt_1"]
    assert found("bowl", filters={"team_id": ("tea_1",), "customer_id": ("cus_2",)}) == ["tkt_2"]
    assert engine.search("bowl", filters={"customer_id": ("cus_3",)}).total == 0


def test_a_ticket_is_found_by_any_of_its_tags(publish, found):
    publish(ticket("tkt_1", "bowl", tag=("gift", "oil")), ticket("tkt_2", "bowl", channel="sms"))
    fresh = [entry(ticket("tkt_3", "bowl", tag=("oil", "wax")))]

    assert set(found("bowl", fresh=fresh, filters={"tag": ("oil",)})) == {"tkt_1", "tkt_3"}
    assert found("bowl", fresh=fresh, filters={"tag": ("gift",)}) == ["tkt_1"]
    assert found("bowl", fresh=fresh, filters={"channel": ("sms",)}) == ["tkt_2"]
    assert found("bowl", fresh=fresh, filters={"channel": ("sms",), "tag": ("oil",)}) == []


@pytest.mark.parametrize(
    ("after", "before", "wanted"),
    [
        (None, None, "1234"),
        ("2026-09-15T08:00:00", None, "234"),
        ("2026-09-15T08:00:00.001", None, "34"),
        (None, "2026-09-15T08:00:00", "1"),
        (None, "2026-09-15T08:00:00.000001", "12"),
        ("2026-09-01", "2026-10-01", "12"),
        ("2026-09-10", "2026-11-02", "23"),
        ("2026-10-01", "2026-11-01", "3"),
        ("2026-12-01", None, ""),
        ("2026-10-01", "2026-09-01", ""),
        ("1969-12-31", "1970-01-02", ""),
    ],
)
def test_tickets_are_kept_to_those_born_in_a_span(publish, engine, found, after, before, wanted):
    births = ("2026-09-01", "2026-09-15T08:00:00", "2026-10-31T23:59:59.999", "2026-11-30")
    listed = [ticket(f"tkt_{n}", "bowl", born=born) for n, born in enumerate(births, start=1)]
    publish(*listed)
    span = Span(*(at(end) if end else None for end in (after, before)))

    assert {id[-1] for id in found("bowl", born=span)} == {*wanted}
    assert engine.search("bowl", born=span).total == len(wanted)
    assert {id[-1] for id in found("bowl", born=span, fresh=list(map(entry, listed[1:3])))} == {*wanted}


def test_what_is_left_out_is_not_counted(publish, engine):
    publish(ticket("tkt_1", "bowl"), ticket("tkt_2", "bowl"))

    page = engine.search("bowl", without=["tkt_1"])
    assert ([hit.ticket_id for hit in page.hits], page.total) == (["tkt_2"], 1)


def test_a_fresh_ticket_is_found_once_and_as_it_is_now(publish, engine, found):
    publish(ticket("tkt_1", "bowl", status="open"))
    fresh = [entry(ticket("tkt_1", "spoon", status="solved")), entry(ticket("tkt_2", "spoon"))]

    assert found("bowl", fresh=fresh) == []
    assert set(found("spoon", fresh=fresh)) == {"tkt_1", "tkt_2"}
    assert found("spoon", fresh=fresh, filters={"status": ("solved",)}) == ["tkt_1"]


def test_what_is_fresh_is_ranked_among_what_is_published(publish, found):
    some = [ticket(f"tkt_{n}", "A question", f"{'spoon ' * n} {FILLER}") for n in range(1, 7)]
    publish(*some)

    assert found("spoon", fresh=list(map(entry, some[::2]))) == found("spoon") == [f"tkt_{n}" for n in range(6, 0, -1)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("borad", "board"), ("my borad split", "my board split"), ("boardsplit", "board split"), ("bo ard", "board")],
)
def test_a_misspelt_query_is_mended(publish, engine, typed, meant):
    publish(ticket("tkt_1", "My board has split"), ticket("tkt_2", "A bowl"))

    page = engine.search(typed)
    assert ([hit.ticket_id for hit in page.hits], page.did_you_mean) == (["tkt_1"], meant)
    assert engine.search(typed, strictly=True).total == 0


def test_a_word_that_only_a_fresh_ticket_holds_is_no_mistake(publish, engine):
    publish(ticket("tkt_1", "board"))

    page = engine.search("broad", fresh=[entry(ticket("tkt_2", "broad"))])
    assert ([hit.ticket_id for hit in page.hits], page.did_you_mean) == (["tkt_2"], None)


def test_an_arabic_word_with_a_particle_written_to_it_is_no_mistake(publish, engine):
    publish(ticket("tkt_1", "طلب"))

    page = engine.search("بطلب")
    assert ([hit.ticket_id for hit in page.hits], page.did_you_mean) == (["tkt_1"], None)


@pytest.mark.parametrize(("offset", "limit", "shown"), [(0, 3, 3), (3, 3, 2), (5, 3, 0), (0, 0, 0)])
def test_pages_are_cut_out_of_all_months(publish, engine, offset, limit, shown):
    publish(*(ticket(f"tkt_{n}", "Bowl", month=f"2026-0{n}") for n in range(1, 6)))

    page = engine.search("bowl", offset=offset, limit=limit)
    assert (len(page.hits), page.total) == (shown, 5)


@pytest.mark.parametrize(
    "query", ["", " ", "…!?", "\ud800", "a" * 10_000, "the of and", "🙂", "word " * 2_000, '"*:(\\']
)
def test_nothing_that_can_be_typed_fails(publish, engine, query):
    publish(ticket("tkt_1", "bowl"))

    assert engine.search(query, fresh=[entry(ticket("tkt_2", "spoon"))]).total == 0


def test_a_ticket_that_is_gone_is_found_no_more(publish, found):
    publish(ticket("tkt_1", "bowl"), ticket("tkt_2", "bowl"))
    publish(gone=("tkt_1", "tkt_3"))

    assert found("bowl") == ["tkt_2"]


def test_a_change_takes_the_place_of_what_was_there(publish, found):
    publish(ticket("tkt_1", "bowl", version=1))
    publish(ticket("tkt_1", "spoon", version=2))

    assert (found("bowl"), found("spoon")) == ([], ["tkt_1"])


def test_a_rebuild_leaves_of_its_month_only_what_it_was_given(publish, engine, found):
    publish(ticket("tkt_1", "Bowl"), ticket("tkt_2", "Bowl", month="2026-10"))
    engine.rebuild("2026-11", [ticket("tkt_3", "Bowl")])
    tickets.forget()

    assert set(found("bowl")) == {"tkt_2", "tkt_3"}
    assert "2026-11" in engine.months()


def test_a_month_without_tickets_is_none(engine):
    assert engine.rebuild("2026-11", []) == 0
    assert engine.months() == set()
