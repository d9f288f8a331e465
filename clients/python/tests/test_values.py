"""Values as they are sent and read: times, null and not given, pages, names that Python keeps for itself."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.python.tests.conftest import Server, Turn
from diwan_client import Diwan, TimedOut, UnreadableAnswer, answers
from diwan_client.reading import read


def page(data: list[Any], cursor: str | None = None) -> Turn:
    return Turn(200, {"data": data, "has_more": cursor is not None, "next_cursor": cursor})


def test_a_reader_passes_over_what_it_does_not_know(server: Server, diwan: Diwan, team: dict[str, Any]) -> None:
    server.play(Turn(200, team))
    found = diwan.teams.get("tea_1")

    assert found.names == {"en": "Workshop"}
    assert found.created_at == datetime(2026, 11, 14, 9, 12, tzinfo=timezone.utc)
    assert not hasattr(found, "colour")


def test_what_an_older_service_does_not_send_is_null_or_empty_where_that_can_be() -> None:
    told = event(1)
    told["data"] = {"webhook_id": "whk_1"}

    found = read(answers.Event, told)
    assert (found.data.ticket_id, found.data.changes) == (None, {})
    with pytest.raises(UnreadableAnswer, match="sequence"):
        read(answers.Event, {name: value for name, value in told.items() if name != "sequence"})


def test_null_is_sent_and_what_is_not_given_is_not(server: Server, diwan: Diwan) -> None:
    server.play(Turn(200, {}))
    with pytest.raises(UnreadableAnswer):
        diwan.tickets.update(1042, assignee_id=None, tags=("boards",), if_match=4)

    [sent] = server.received
    assert sent.json() == {"assignee_id": None, "tags": ["boards"]}
    assert (sent.method, sent.path, sent.headers["if-match"]) == ("PATCH", "/v1/tickets/1042", '"4"')


def test_what_is_asked_for_stands_behind_the_question_mark(server: Server, diwan: Diwan) -> None:
    server.play(page([]))
    since = datetime(2026, 11, 14, 10, tzinfo=timezone(timedelta(hours=1)))
    diwan.tickets.list(status=["new", "open"], updated_since=since, limit=5)

    wanted = "/v1/tickets?status=new%2Copen&updated_since=2026-11-14T10%3A00%3A00%2B01%3A00&limit=5"
    assert server.received[0].path == wanted


def test_a_time_without_a_zone_is_refused_before_it_is_sent(server: Server, diwan: Diwan) -> None:
    with pytest.raises(ValueError, match="time zone"):
        diwan.tickets.list(updated_since=datetime(2026, 11, 14))  # noqa: DTZ001 - that is what it is about
    assert not server.received


def test_an_id_cannot_leave_its_place_in_the_address(server: Server, diwan: Diwan, team: dict[str, Any]) -> None:
    server.play(Turn(200, team))
    diwan.teams.get("../tickets?x=1#y")

    assert server.received[0].path == "/v1/teams/..%2Ftickets%3Fx%3D1%23y"


def test_a_page_goes_on_over_all_that_follow(server: Server, diwan: Diwan, team: dict[str, Any]) -> None:
    one, two, three = ({**team, "id": f"tea_{n}"} for n in (1, 2, 3))
    server.play(page([one, two], "c1"), page([], "c2"), page([three]))
    found = diwan.teams.list(limit=2)

    assert [team.id for team in found.data] == ["tea_1", "tea_2"]
    assert len(server.received) == 1, "nothing is read ahead"
    assert [team.id for team in found] == ["tea_1", "tea_2", "tea_3"]
    assert [one.path for one in server.received] == [
        "/v1/teams?limit=2",
        "/v1/teams?limit=2&cursor=c1",
        "/v1/teams?limit=2&cursor=c2",
    ]


def test_the_feed_is_followed_from_the_last_event_and_without_end(
    server: Server, diwan: Diwan, waits: list[float]
) -> None:
    server.play(page([event(1), event(2)], "c1"), page([], "c2"), page([event(3)]), page([]), page([event(4)]))
    feed = diwan.events.follow(pause=3)

    assert [next(feed).sequence for _ in range(4)] == [1, 2, 3, 4]
    asked = [one.path.partition("?")[2].replace("&limit=100", "") for one in server.received]
    assert asked == ["after=0", "after=0&cursor=c1", "after=0&cursor=c2", "after=3", "after=3"]
    assert waits == [3, 3]


def event(sequence: int) -> dict[str, Any]:
    nothing = dict.fromkeys(("ticket_id", "customer_id", "message_id", "article_id", "version"))
    return {
        "id": f"evt_{sequence}",
        "type": "ticket.updated",
        "sequence": sequence,
        "created_at": "2026-11-14T09:12:00.123456Z",
        "actor": {"type": "agent", "id": "agt_1"},
        "data": {**nothing, "changes": {"status": ["open", "solved"]}},
    }


def job(state: str) -> Turn:
    about = {"id": "job_1", "type": "export", "created_by": "key_1", "error": None, "url": None, "finished_at": None}
    times = dict.fromkeys(("created_at", "updated_at"), "2026-11-14T09:12:00Z")
    return Turn(200, {**about, **times, "state": state, "progress": {"done": 1, "total": None}})


def test_a_job_is_waited_for_until_it_ends(server: Server, diwan: Diwan, waits: list[float]) -> None:
    server.play(job("queued"), job("running"), job("done"))

    assert diwan.jobs.wait("job_1").state == "done"
    assert len(server.received) == 3 and 0 < waits[0] < waits[1]


def test_a_job_is_not_waited_for_longer_than_wanted(server: Server, diwan: Diwan, waits: list[float]) -> None:
    server.play(job("running"))

    with pytest.raises(TimedOut, match="running"):
        diwan.jobs.wait("job_1", timeout=0.2)
    assert len(server.received) == 1


def test_a_file_is_sent_to_where_it_is_kept_and_without_the_key(
    server: Server, diwan: Diwan, waits: list[float], tmp_path: Path
) -> None:
    form = {"attachment_id": "att_1", "url": f"{server.url}/files", "fields": {"key": "files/1", "policy": "p"}}
    server.play(Turn(201, form), Turn(503, b"<Error/>"), Turn(204, b""))
    (tmp_path / "board.png").write_bytes(b"PNG of a board")

    assert diwan.uploads.send(tmp_path / "board.png") == "att_1"
    announced, refused, sent = server.received
    assert announced.json() == {"name": "board.png", "content_type": "image/png", "size": 14, "purpose": "message"}
    assert len(refused.body) == len(sent.body), "it is read from its beginning at every try"
    assert sent.path == "/files" and "authorization" not in sent.headers
    assert sent.body.index(b'name="policy"') < sent.body.index(b'name="file"') < sent.body.index(b"PNG of a board")


def test_a_client_closes_what_is_its_own(server: Server, team: dict[str, Any]) -> None:
    server.play(Turn(200, team))
    with httpx.Client() as http:
        with Diwan(server.url, "dwn_x", http=http) as diwan:
            diwan.teams.get("tea_1")
        assert not http.is_closed

    with Diwan(server.url, "dwn_x") as diwan:
        with diwan.with_options(timeout=1) as hasty:
            hasty.teams.get("tea_1")
        assert diwan.teams.get("tea_1").id == "tea_1"
    with pytest.raises(RuntimeError):
        diwan.teams.get("tea_1")


def test_threads_may_share_a_client(server: Server, diwan: Diwan, team: dict[str, Any]) -> None:
    server.play(Turn(200, team))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: diwan.teams.get("tea_1"), range(40)))
    assert {one.id for one in found} == {"tea_1"} and len(server.received) == 40


def test_octets_need_a_name(diwan: Diwan) -> None:
    with pytest.raises(ValueError, match="name"):
        diwan.uploads.send(b"PNG")


@dataclass(frozen=True)
class Letter:
    from_: str
    copies: list[datetime] | None = None


def test_a_word_that_python_keeps_for_itself_has_a_line_under_its_end() -> None:
    assert read(Letter, {"from": "Alice"}) == Letter("Alice")
    with pytest.raises(UnreadableAnswer):
        read(Letter, {"from_": "Alice"})
    with pytest.raises(UnreadableAnswer):
        read(Letter, {"from": "Alice", "copies": ["yesterday"]})
