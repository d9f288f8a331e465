"""What comes round CloudFront is turned away at every door, before any work; what comes by it is told who is there."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

import app as switchboard
from bench.counted import counting
from chalicelib import aws, signing
from chalicelib.web import visit
from infra.local.gateway import Gateway, Request, Response

FIRST, SECOND, THIRD = "first-secret", "second-secret", "third-secret"
Ask = Callable[..., Response]
DOORS = [
    "/v1/tickets",
    "/v1/openapi.json",
    "/health",
    "/en/",
    "/en/tickets/new",
    "/brand.css",
    "/agent",
    "/nowhere/at/all",
]
HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def ask(cloud: None) -> Ask:
    gateway = Gateway(switchboard.app)

    def asking(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Response:
        sent = [(name.replace("_", "-"), value) for name, value in headers.items()]
        return gateway.answer(Request(method, path, "", sent, body, "130.176.1.1"))

    return asking


@pytest.fixture
def secret(cloud: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The ARN of the secret behind a front that stands."""
    arn: str = boto3.client("secretsmanager").create_secret(Name="origin", SecretString=FIRST)["ARN"]
    monkeypatch.setenv("DIWAN_ORIGIN_SECRET_ARN", arn)
    aws.forget_secrets()
    yield arn
    aws.forget_secrets()


def change(arn: str, text: str) -> None:
    """Write a new one, and renew the processes as a deployment does."""
    boto3.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=text)
    aws.forget_secrets()


def turned_away(answer: Response) -> bool:
    return answer.status == 403 and b"https://help.ghusn.example" in answer.body


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize(
    "given", [{}, {"X_Origin_Secret": "guessed"}, {"X_Origin_Secret": ""}], ids=["no", "wrong", "empty"]
)
def test_no_door_opens_to_who_comes_round_the_front(ask, secret, path, given):
    assert turned_away(ask(path, **given))


@pytest.mark.parametrize("path", DOORS)
def test_every_door_answers_by_the_front_as_it_does_where_none_stands(ask, secret, monkeypatch, path):
    by_front = ask(path, X_Origin_Secret=FIRST)
    monkeypatch.delenv("DIWAN_ORIGIN_SECRET_ARN")
    bare = ask(path)

    assert by_front.status == bare.status != 403


def test_a_program_is_turned_away_by_a_problem_in_its_language(ask, secret):
    answer = ask("/v1/tickets", Accept_Language="ar")
    problem: dict[str, Any] = json.loads(answer.body)

    assert dict(answer.headers)["Content-Type"] == "application/problem+json"
    assert (problem["status"], problem["code"], problem["title"]) == (403, "wrong-host", "مضيف غير صحيح")
    assert problem["request_id"] == dict(answer.headers)["X-Request-Id"]
    assert dict(answer.headers)["Cache-Control"] == "no-store"


def test_a_browser_is_told_in_one_line_where_to_go(ask, secret):
    answer = ask("/en/", **HTML)

    assert dict(answer.headers)["Content-Type"] == "text/plain; charset=utf-8"
    assert "Set-Cookie" not in dict(answer.headers)
    assert answer.body.decode().splitlines()[-1] == "https://help.ghusn.example"


def test_who_is_turned_away_has_had_no_work_done(ask, secret):
    with counting() as outside:
        ask("/v1/tickets", Authorization="Bearer diwan_guessed")
        ask("/en/tickets/new", **HTML)
    with counting() as inside:
        ask("/v1/tickets", Authorization="Bearer diwan_guessed", X_Origin_Secret=FIRST)

    assert outside.calls == 0 < inside.calls


def test_the_secret_is_read_once_for_many_requests_and_wrong_guesses(ask, secret, monkeypatch):
    reads: list[dict[str, str]] = []
    keeper = aws.client("secretsmanager")
    read = keeper.get_secret_value
    monkeypatch.setattr(keeper, "get_secret_value", lambda **given: reads.append(given) or read(**given))
    for guess in (FIRST, "one", "two", FIRST, "three"):
        ask("/health", X_Origin_Secret=guess)

    assert len(reads) == 2  # this one, and whether there is a previous one


def test_after_a_change_the_one_before_is_taken_and_no_older_one(ask, secret):
    change(secret, SECOND)
    assert [ask("/health", X_Origin_Secret=one).status for one in (SECOND, FIRST)] == [200, 200]

    change(secret, THIRD)
    assert [ask("/health", X_Origin_Secret=one).status for one in (THIRD, SECOND, FIRST)] == [200, 200, 403]


def test_secrets_are_compared_in_constant_time(ask, secret, monkeypatch):
    compared: list[tuple[str, str]] = []
    monkeypatch.setattr(signing, "same", lambda ours, theirs: compared.append((ours, theirs)) or False)
    ask("/health", X_Origin_Secret="guessed")

    assert compared == [(FIRST, "guessed")]


def test_nobody_is_let_in_while_the_secret_cannot_be_read(ask, secret, monkeypatch):
    monkeypatch.setenv("DIWAN_ORIGIN_SECRET_ARN", f"{secret}-gone")
    answer = ask("/v1/tickets", X_Origin_Secret=FIRST)

    assert (answer.status, json.loads(answer.body)["code"]) == (500, "internal")


@pytest.mark.parametrize(
    ("passed", "stands", "client"),
    [
        ("198.51.100.9, 130.176.1.1", True, "198.51.100.9"),
        ("10.0.0.1, 2001:db8:1:2::3, 130.176.1.1", True, "2001:db8:1:2::3"),
        ("130.176.1.1", True, "130.176.1.1"),
        ("", True, "130.176.1.1"),
        ("198.51.100.9, 130.176.1.1", False, "130.176.1.1"),
        ("", False, "130.176.1.1"),
    ],
    ids=["front", "front-v6-made-up", "front-alone", "front-nothing", "bare-made-up", "bare"],
)
def test_who_asks_is_told_by_the_front_and_without_one_by_the_gateway(monkeypatch, passed, stands, client):
    if stands:
        monkeypatch.setenv("DIWAN_ORIGIN_SECRET_ARN", "arn")

    assert visit.read(asked(passed), {}).client == client


def asked(passed: str) -> Any:
    from chalice.app import Request as Asked

    context = {"identity": {"sourceIp": "130.176.1.1"}, "httpMethod": "GET", "resourcePath": "/"}
    return Asked({"headers": {"X-Forwarded-For": passed}, "requestContext": context, "path": "/",
        "multiValueQueryStringParameters": None, "pathParameters": {}, "body": "", "stageVariables": None,
        "isBase64Encoded": False})  # fmt: skip
