"""Errors by name, and a key that nobody reads in them."""

import logging
from collections.abc import Callable

import httpx
import pytest

from clients.python.tests.conftest import KEY, Server, Turn
from diwan_client import (
    ApiError,
    BadRequest,
    Conflict,
    Diwan,
    Fault,
    Forbidden,
    Invalid,
    NoAnswer,
    NotFound,
    NotModified,
    Retries,
    ServiceFailed,
    TooManyRequests,
    Unauthorized,
    UnreadableAnswer,
    VersionMismatch,
)

Problem = Callable[..., Turn]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (412, VersionMismatch),
        (422, Invalid),
        (429, TooManyRequests),
        (500, ServiceFailed),
        (503, ServiceFailed),
        (415, ApiError),
    ],
)
def test_each_refusal_has_its_class(
    server: Server, diwan: Diwan, waits: list[float], problem: Problem, status: int, kind: type[ApiError]
) -> None:
    server.play(problem(status, "some"))

    with pytest.raises(ApiError) as raised:
        diwan.teams.get("tea_1")
    assert type(raised.value) is kind and raised.value.status == status


def test_an_error_tells_what_the_problem_document_says(server: Server, diwan: Diwan, problem: Problem) -> None:
    fault = {"pointer": "/subject", "code": "required", "message": "The field “subject” is missing.", "hint": 1}
    server.play(problem(422, "invalid", type="https://help.example.org/docs/problems/invalid", errors=[fault]))

    with pytest.raises(Invalid) as raised:
        diwan.messages.create("tkt_1", text="Yes.")
    error = raised.value
    assert (error.code, error.detail, error.request_id) == ("invalid", "It cannot be.", "req_1")
    assert error.type.endswith("/docs/problems/invalid")
    assert error.errors == [Fault("/subject", "required", "The field “subject” is missing.")]
    assert "/subject" in str(error) and "req_1" in str(error)


def test_what_is_no_problem_document_keeps_its_first_words(server: Server, diwan: Diwan, waits: list[float]) -> None:
    page = b"<html>Bad gateway</html>" + b" " * 5000
    server.play(Turn(502, page, {"Content-Type": "text/html", "X-Request-Id": "edge-1"}))

    with pytest.raises(ServiceFailed) as raised:
        diwan.teams.get("tea_1")
    assert raised.value.code == "unknown" and "Bad gateway" in str(raised.value)
    assert raised.value.request_id == "edge-1" and len(str(raised.value)) < 400


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"\xff\xfe", b'{"id": "tea_1"}'])
def test_an_answer_that_cannot_be_read_is_told_as_such(server: Server, diwan: Diwan, body: bytes) -> None:
    server.play(Turn(200, body))

    with pytest.raises(UnreadableAnswer):
        diwan.teams.get("tea_1")


@pytest.mark.parametrize("body", [b"[]", b"null", b'{"data": null}', b'{"data": [{"id": 1}]}'])
def test_a_page_that_cannot_be_read_is_told_as_such(server: Server, diwan: Diwan, body: bytes) -> None:
    server.play(Turn(200, body))

    with pytest.raises(UnreadableAnswer):
        diwan.teams.list()


def test_no_redirect_is_followed_with_the_key(server: Server, diwan: Diwan) -> None:
    server.play(Turn(302, {}, {"Location": f"{server.url}/elsewhere"}))

    with pytest.raises(ApiError):
        diwan.teams.get("tea_1")
    assert len(server.received) == 1


@pytest.mark.parametrize("key", ["", "dwn_x\n", "dwn x", "dwn_…", "dwn_" + "x" * 200])
def test_what_is_no_key_is_refused_and_not_shown(server: Server, key: str) -> None:
    with pytest.raises(ValueError, match="API key") as raised:
        Diwan(server.url, key)
    assert not key or key not in str(raised.value)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match=r"help\.example\.org"):
        Diwan("help.example.org", "dwn_x")


def test_what_cannot_be_sent_is_not_tried_again(server: Server, diwan: Diwan, waits: list[float]) -> None:
    with pytest.raises(NoAnswer, match="cannot be sent"):
        diwan.messages.create("tkt_1", text="Yes.", idempotency_key="two\nlines")
    assert not server.received and not waits


def test_an_answer_packed_wrong_is_unreadable(server: Server, diwan: Diwan, waits: list[float]) -> None:
    server.play(Turn(200, b"no gzip", {"Content-Encoding": "gzip"}))

    with pytest.raises(UnreadableAnswer):
        diwan.teams.get("tea_1")
    assert not waits


def test_what_one_has_already_is_not_modified(server: Server, diwan: Diwan) -> None:
    server.play(Turn(304, b""))

    with pytest.raises(NotModified):
        diwan.tickets.get(1042, if_none_match=3)
    assert server.received[0].headers["if-none-match"] == '"3"'


def test_the_key_is_in_no_repr_no_log_and_no_error(
    server: Server, waits: list[float], problem: Problem, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.play(Turn(cut=-1), problem(500, "internal"))
    diwan = Diwan(server.url, KEY, retries=Retries(tries=3))
    with pytest.raises(ServiceFailed) as raised:
        diwan.teams.get("tea_1")
    server.play(Turn(cut=-1))
    with pytest.raises(NoAnswer) as unanswered:
        diwan.teams.get("tea_1")

    request = unanswered.value.__cause__
    assert isinstance(request, httpx.TransportError)
    told = [repr(diwan), repr(diwan.teams), repr(diwan._transport), repr(request.request.headers), caplog.text]
    told += [f"{error!r} {error} {vars(error)}" for error in (raised.value, unanswered.value)]
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"
    assert "try 2 follows" in caplog.text
    assert not any(KEY in one for one in told)
