"""What is tried again, how long the client waits, and what it never does twice."""

import threading
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest

from clients.python.tests.conftest import Server, Turn
from diwan_client import Diwan, NoAnswer, NotFound, Retries, ServiceFailed, TooManyRequests
from diwan_client.retries import retry_after

Problem = Callable[..., Turn]
HOSTILE_ZONE = "Fri, 14 Nov 2025 09:12:00 +99999999999999999999"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem, team: dict[str, Any], status: int
) -> None:
    server.play(problem(status, "some"), problem(status, "some"), Turn(200, team))

    assert diwan.teams.get("tea_1").name == "Workshop"
    assert len(server.received) == 3 and len(waits) == 2


@pytest.mark.parametrize("cut", [-1, 0, 20])
def test_a_dropped_connection_and_half_an_answer_are_tried_again(
    server: Server, diwan: Diwan, waits: list[float], team: dict[str, Any], cut: int
) -> None:
    server.play(Turn(200, team, cut=cut), Turn(200, team))

    assert diwan.teams.get("tea_1").name == "Workshop"
    assert len(server.received) == 2


def test_a_post_has_one_key_over_all_its_tries_and_another_post_another(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem
) -> None:
    upload = {"attachment_id": "att_1", "url": "https://files.example.org", "fields": {}}
    server.play(problem(503, "contention"), Turn(cut=-1), Turn(201, upload))
    diwan.uploads.create(name="a.png", content_type="image/png", size=1)
    diwan.uploads.create(name="a.png", content_type="image/png", size=1)

    first, second, third, other = (one.headers["idempotency-key"] for one in server.received)
    assert first == second == third != other
    assert len({one.body for one in server.received}) == 1


def test_a_key_of_ones_own_is_used(server: Server, diwan: Diwan) -> None:
    server.play(Turn(201, {"attachment_id": "att_1", "url": "https://files.example.org", "fields": {}}))
    diwan.uploads.create(name="a.png", content_type="image/png", size=1, idempotency_key="board-1")

    assert server.received[0].headers["idempotency-key"] == "board-1"


@pytest.mark.parametrize("lost", [Turn(cut=-1), Turn(502)])
def test_what_is_gone_when_its_deletion_is_repeated_was_deleted(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem, lost: Turn
) -> None:
    server.play(lost, problem(404, "webhook-not-found"))
    diwan.webhooks.delete("whk_1")

    assert [one.method for one in server.received] == ["DELETE", "DELETE"]


def test_what_is_gone_before_it_is_deleted_is_not_found(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem
) -> None:
    server.play(problem(404, "webhook-not-found"))
    with pytest.raises(NotFound):
        diwan.webhooks.delete("whk_1")


def test_what_is_read_for_the_second_time_is_not_found_like_the_first(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem
) -> None:
    server.play(Turn(cut=-1), problem(404, "team-not-found"))
    with pytest.raises(NotFound):
        diwan.teams.get("tea_1")


def test_a_customer_erased_for_the_second_time_is_not_found_since_his_job_is_unknown(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem
) -> None:
    server.play(Turn(cut=-1), problem(404, "customer-not-found"))
    with pytest.raises(NotFound):
        diwan.customers.erase("cus_1")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 422])
def test_what_will_not_pass_is_not_tried_again(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem, status: int
) -> None:
    server.play(problem(status, "some"))

    with pytest.raises(Exception, match=str(status)):
        diwan.teams.get("tea_1")
    assert len(server.received) == 1 and not waits


def test_the_wait_grows_with_full_jitter_and_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float]] = []
    monkeypatch.setattr("random.uniform", lambda low, high: drawn.append((low, high)) or high)
    patient = Retries(tries=8)

    assert [patient.wait(tried, None) for tried in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 20, None]
    assert {low for low, _ in drawn} == {0}


def test_retry_after_is_waited_for_as_seconds_and_as_a_date(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem, team: dict[str, Any]
) -> None:
    later = formatdate(usegmt=True, timeval=None)
    server.play(
        problem(429, "too-many-requests", {"Retry-After": "7"}),
        problem(503, "unavailable", {"Retry-After": later}),
        Turn(200, team),
    )
    diwan.teams.get("tea_1")

    assert 7 <= waits[0] <= 7.5
    assert waits[1] <= 1


@pytest.mark.parametrize(
    "told", ["", "soon", "-3", "²", "1.5", "Fri, 14 Nov 2025 09:12:00 -0000", "Fri, 14 Nov 2025", HOSTILE_ZONE]
)
def test_a_retry_after_that_says_nothing_or_is_over_is_none(told: str) -> None:
    assert retry_after({"retry-after": told}) == 0


def test_nobody_waits_longer_than_he_has_patience(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem
) -> None:
    server.play(problem(429, "too-many-requests", {"Retry-After": "3600"}))

    with pytest.raises(TooManyRequests) as raised:
        diwan.teams.get("tea_1")
    assert raised.value.headers["retry-after"] == "3600"
    assert len(server.received) == 1 and not waits


def test_the_last_failure_is_told_when_all_tries_are_used_up(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem
) -> None:
    patient = diwan.with_options(retries=Retries(tries=3))
    server.play(problem(500, "internal"))
    with pytest.raises(ServiceFailed) as raised:
        patient.teams.get("tea_1")
    assert (raised.value.code, raised.value.request_id) == ("internal", "req_1")

    server.play(Turn(cut=-1))
    with pytest.raises(NoAnswer, match="3 tries"):
        patient.teams.get("tea_1")
    assert len(server.received) == 6


def test_nobody_at_home_is_no_answer(waits: list[float], server: Server) -> None:
    server.server_close()

    with pytest.raises(NoAnswer) as raised, Diwan(server.url, "dwn_x") as diwan:
        diwan.teams.get("tea_1")
    assert raised.value.__cause__ is not None
    assert len(waits) == 5


def test_one_who_is_too_slow_is_given_up(server: Server, problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Server.next_turn
    monkeypatch.setattr(Server, "next_turn", lambda self, request: _after(1.0, slow, self, request))
    server.play(problem(404, "team-not-found"))

    with Diwan(server.url, "dwn_x", timeout=0.1, retries=Retries(tries=1)) as diwan, pytest.raises(NoAnswer):
        diwan.teams.get("tea_1")
    with Diwan(server.url, "dwn_x", timeout=5) as diwan, pytest.raises(NotFound):
        diwan.teams.get("tea_1")


def _after(seconds: float, work: Callable[..., Any], *arguments: Any) -> Any:
    threading.Event().wait(seconds)
    return work(*arguments)
