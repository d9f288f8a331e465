"""What Diwan says to OpenSearch, and what it does when that does not answer, or later, or no."""

import json

import pytest

from chalicelib.errors import Unavailable
from chalicelib.search import opensearch, ticket_engine, tickets, tickets_documents
from chalicelib.search import tickets_opensearch as engine
from tests.search.opensearch_double import signature
from tests.search.playing_opensearch import playing
from tests.search.test_ticket_engines import ticket


@pytest.fixture
def server(bucket, monkeypatch):
    with playing(monkeypatch) as server:
        yield server


def publish(*documents, gone=()):
    return engine.publish(lambda: (documents, gone)).unseen


def found(query):
    return [hit.ticket_id for hit in engine.search(query).hits]


def test_one_setting_chooses(monkeypatch):
    assert ticket_engine.chosen() is tickets
    monkeypatch.setenv("DIWAN_TICKET_SEARCH", "https://search.example/")
    assert ticket_engine.chosen() is engine


@pytest.mark.parametrize(
    ("host", "service"),
    [
        ("abc.eu-west-1.aoss.amazonaws.com", "aoss"),
        ("search-diwan-abc.eu-west-1.es.amazonaws.com", "es"),
        ("search.ghusn.example", "es"),
    ],
)
def test_a_request_is_signed_for_the_service_it_goes_to(server, monkeypatch, host, service):
    monkeypatch.setenv("DIWAN_TICKET_SEARCH", f"https://{host}")
    sent = []

    class Connection:
        status_code, content = 200, b'{"hits": {"hits": []}}'

        def send(self, request):
            sent.append(request)
            return self

    monkeypatch.setattr(opensearch, "_connections", lambda seconds: Connection())
    opensearch.search("diwan", {"size": 0})

    headers = {name: value if isinstance(value, str) else value.decode() for name, value in sent[0].headers.items()}
    assert sent[0].url == f"https://{host}/diwan/_search"
    assert headers["Authorization"] == signature("POST", "/diwan/_search", {**headers, "Host": host}, service)


def test_a_usual_search_is_one_request(server):
    publish(ticket("tkt_1", "My board has split"))
    server.requests.clear()

    assert found("split boards") == ["tkt_1"]
    assert server.requests == [("POST", f"/diwan-local-tickets-{tickets_documents.FORMAT}/_search")]


def test_a_query_of_unknown_words_costs_few_requests(server):
    publish(ticket("tkt_1", "My board has split"))
    server.requests.clear()

    found("boardsplit quokka wombat numbat bilby potoroo")
    assert len(server.requests) <= 20


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 503])
def test_a_refusal_is_told_as_what_it_is(server, status, capsys):
    server.broken = status

    with pytest.raises(Unavailable):
        engine.search("secretword")
    logged = capsys.readouterr().err
    assert f'"status": {status}' in logged and "secretword" not in logged


def test_nobody_waits_for_a_machine_that_is_not_there(bucket, monkeypatch):
    monkeypatch.setenv("DIWAN_TICKET_SEARCH", "http://127.0.0.1:9")

    for asking in (lambda: engine.search("bowl"), lambda: publish(ticket("tkt_1", "bowl")), engine.months):
        with pytest.raises(Unavailable):
            asking()


def test_an_answer_that_is_no_json_is_no_answer(server):
    server.garbled = True

    with pytest.raises(Unavailable):
        opensearch.drop("diwan-1")


def test_one_document_that_is_refused_fails_the_publication(server, monkeypatch):
    engine.rebuild("2026-11", [])
    monkeypatch.setattr(engine, "FILTERS", ("status",))
    (index,) = server.indexes.values()
    del index.properties["status"]

    with pytest.raises(Unavailable):
        publish(ticket("tkt_1", "bowl"))


def test_a_job_that_comes_late_brings_nothing_back(server):
    old = ticket("tkt_1", "bowl", version=3)
    publish(old)
    publish(ticket("tkt_1", "spoon", version=4))

    assert publish(old) == set()
    assert (found("bowl"), found("spoon")) == ([], ["tkt_1"])


@pytest.mark.parametrize("was_there", [True, False])
def test_what_is_gone_stays_gone_whatever_comes_late(server, was_there):
    old = ticket("tkt_1", "bowl", version=2**50)
    if was_there:
        publish(old)
    publish(gone=["tkt_1"])
    publish(old)

    assert found("bowl") == []
    (index,) = server.indexes.values()
    assert index.stored["tkt_1"].fields is None


def test_what_cannot_be_seen_yet_is_named_and_not_written_again_once_it_can(server):
    server.lag = 10
    document = ticket("tkt_1", "bowl")

    assert publish(document) == {"tkt_1"}
    assert found("bowl") == []
    for _ in range(10):
        found("bowl")
    server.requests.clear()
    assert publish(document) == set()
    assert [path for _, path in server.requests if path.endswith("/_bulk")] == []
    assert found("bowl") == ["tkt_1"]


def test_a_deletion_is_named_until_it_is_seen(server):
    publish(ticket("tkt_1", "bowl"))
    server.lag = 10

    assert publish(gone=["tkt_1"]) == {"tkt_1"}
    for _ in range(10):
        found("bowl")
    assert publish(gone=["tkt_1"]) == set()


def test_nothing_to_publish_asks_nothing(server):
    assert publish() == set()
    assert server.requests == []


def test_no_request_is_too_large(server, monkeypatch):
    monkeypatch.setattr(engine, "_MOST_OCTETS", 5_000)
    engine.rebuild("2026-11", [ticket(f"tkt_{n:02}", "bowl " * 100) for n in range(20)])

    assert len([path for _, path in server.requests if path.endswith("/_bulk")]) > 5
    assert engine.search("bowl").total == 20


def test_a_rebuild_takes_out_what_is_there_no_more_page_by_page(server, monkeypatch):
    monkeypatch.setattr(engine, "_PAGE", 2)
    publish(*(ticket(f"tkt_{n}", "bowl") for n in range(7)))
    engine.rebuild("2026-11", [ticket("tkt_3", "bowl")])

    assert found("bowl") == ["tkt_3"]


def test_a_ticket_that_a_rebuild_took_out_can_come_back(server):
    publish(ticket("tkt_1", "bowl", version=5))
    engine.rebuild("2026-11", [])
    publish(ticket("tkt_1", "bowl", version=6))

    assert found("bowl") == ["tkt_1"]


def test_an_index_of_another_format_is_not_read_and_swept_away(server, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(engine, "FORMAT", "t0.0")
        engine.rebuild("2026-11", [ticket("tkt_1", "bowl")])
    assert (found("bowl"), engine.months()) == ([], set())
    engine.rebuild("2026-11", [ticket("tkt_1", "bowl")])
    server.indexes["somebody-elses"] = server.indexes[f"diwan-local-tickets-{engine.FORMAT}"]
    ticket_engine.sweep()

    assert sorted(server.indexes) == [f"diwan-local-tickets-{engine.FORMAT}", "somebody-elses"]
    assert found("bowl") == ["tkt_1"]


def test_the_shards_of_before_are_given_up_within_three_nights(server):
    tickets.publish(lambda: ([ticket("tkt_1", "bowl")], ()))
    for _ in range(3):
        ticket_engine.sweep()

    assert tickets.months() == set()
    assert tickets._shelf.manifest()[0].keys() == set()


def test_an_index_takes_no_field_that_nobody_named(server):
    engine.rebuild("2026-11", [])
    opensearch_said = {"status": 400, "error": {"type": "strict_dynamic_mapping_exception"}}
    (name,) = server.indexes

    answer = server.answer("POST", f"/{name}/_bulk", b'{"index": {"_id": "1"}}\n{"surprise": 1}\n')
    assert answer["items"][0]["index"] == {"_id": "1", **opensearch_said}
    with pytest.raises(Unavailable):
        opensearch.bulk(name, [{"index": {"_id": "1"}}, json.loads('{"surprise": 1}')])
