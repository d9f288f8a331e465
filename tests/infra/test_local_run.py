"""A local run ends whole and comes back whole, however it was ended."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest

from infra.local import parent_make
from infra.local.parent_make import ParentMake
from tests.journeys.product import Product, running


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One as it is started below `make test`."""
    with pytest.MonkeyPatch.context() as below_make:
        below_make.setenv("MAKELEVEL", "1")
        started = Product(tmp_path_factory.mktemp("world") / "data", "empty")
    try:
        yield started
    finally:
        started.stop()


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    found = [int(line) for line in listed.stdout.split()]
    return found + [grandchild for child in found for grandchild in children(child)]


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()


def text_us(product: Product, sender: str) -> None:
    product.local("POST", "sms", {"from": sender, "to": product.info["support_phone"], "body": "Is anybody there?"})


def ended_whole(product: Product) -> bool:
    """End it by SIGTERM: it says that all went well, and leaves no child and no open port."""
    family = children(product.process.pid)
    assert family, "the engine is a child"
    assert product.stop() == 0
    assert not [pid for pid in family if alive(pid)]
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(product.url.rpartition(":")[2]))) != 0


def test_it_ends_whole_and_what_came_in_and_went_out_is_there_after_a_restart_on_other_ports(tmp_path: Path) -> None:
    with running(tmp_path / "data", "empty") as first:
        mail = "From: Alice <alice@example.com>\r\nTo: help@ghusn.example\r\nSubject: Hello\r\n\r\nHello\r\n"
        first.mail("alice@example.com", mail)
        first.local("POST", "clock", {"advance_seconds": 86_400})
        outbox, info = first.local("GET", "outbox"), first.info
        assert outbox["emails"]
        assert ended_whole(first)
    with running(tmp_path / "data", "demo") as second:
        assert second.url != first.url
        assert second.info["api_key"] == info["api_key"]
        assert second.info["admin_email"] == "admin@ghusn.example", "the seed counts only for an empty folder"
        assert second.local("GET", "outbox") == outbox
        assert second.local("GET", "state")["now"] > outbox["emails"][0]["sent_at"], "the clock went back"
        assert second.settle()["dead"] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_make_told_to_end_returns_when_all_is_over(tmp_path: Path, number: signal.Signals) -> None:
    environment = {**os.environ, "PORT": "0", "SMTP_PORT": "0", "DATA": str(tmp_path / "data"), "SEED": "empty"}
    make = subprocess.Popen(["make", "run"], env=environment, stdout=subprocess.PIPE, text=True)
    assert make.stdout is not None
    assert any(line.startswith("ready http://127.0.0.1:") for line in make.stdout)
    family = children(make.pid)
    make.send_signal(number)
    make.wait(60)
    assert not [pid for pid in family if alive(pid)]


def test_it_outlives_the_children_that_whoever_started_it_starts(product: Product) -> None:
    """Below `make test` its parent is no make: a parent that blocks signals while it forks does not end it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        time.sleep(2)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    assert product.process.poll() is None
    assert product.local("GET", "info")


def test_a_make_that_starts_a_child_is_not_ending() -> None:
    make = ParentMake(os.getppid())
    with patch.object(parent_make, "_blocks_interrupts", side_effect=[True, False, True, True]):
        assert [make.is_ending() for _ in range(4)] == [False, False, False, True]


def test_killing_it_outright_loses_nothing_and_the_engine_ends_by_itself(tmp_path: Path) -> None:
    with running(tmp_path / "data", "empty") as product:
        text_us(product, "+21620555014")
        product.settle()
        family = children(product.process.pid)
        product.process.kill()
        product.process.wait()
    with running(tmp_path / "data", "empty") as again:
        deadline = time.monotonic() + 20
        while [pid for pid in family if alive(pid)] and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not [pid for pid in family if alive(pid)]
        assert again.local("POST", "login", {"email": "admin@ghusn.example", "role": "agent"})["url"]
        text_us(again, "+21620555014")
        assert again.settle()["dead"] == 0


def test_killing_the_engine_too_leaves_the_world_of_the_last_save(tmp_path: Path) -> None:
    with running(tmp_path / "data", "empty") as product:
        for pid in children(product.process.pid):
            os.kill(pid, signal.SIGKILL)
        product.process.kill()
        product.process.wait()
    with running(tmp_path / "data", "empty") as again:
        assert again.info["api_key"] == product.info["api_key"]
        assert again.info["admin_email"] == "admin@ghusn.example"
        assert again.settle()["dead"] == 0


def test_two_runs_cannot_share_a_folder(product: Product) -> None:
    with pytest.raises(AssertionError, match="did not start"):
        Product(product.data, "empty")
    assert product.local("GET", "info")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("login", {"email": "nobody", "role": "agent"}, 422),
        ("login", {"email": "admin@ghusn.example", "role": "king"}, 422),
        ("login", {"email": "charlie@example.com", "role": "agent"}, 403),
        ("clock", {"advance_seconds": -1}, 422),
        ("clock", {"advance_seconds": "soon"}, 422),
        ("sms", {"from": "+21620555014"}, 422),
        ("sms", {"from": "+21620555014", "body": "x", "colour": "red"}, 422),
        ("whatsapp", {"from": "+21620555014"}, 422),
        ("whatsapp", {"from": "Alice B", "body": "x"}, 422),
        ("whatsapp", {"from": "+21620555014", "body": "x", "to": "+21670555014"}, 422),
        ("reset", {"seed": "other"}, 422),
        ("settle/now", {}, 404),
        ("outbox", {}, 405),
        ("ses-event", b"not json", 400),
        ("ses-event", {"eventType": "Bounce"}, 422),
        ("email?spam=PERHAPS", b"", 400),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(product: Product, path: str, body: object, status: int) -> None:
    answer = product.call("POST", f"/_local/{path}", body)
    assert answer.status == status
    assert answer.json()["detail"]


@pytest.fixture(scope="module")
def moment_before_the_demo(product: Product) -> str:
    """Where the clock of the running one stood when all in it gave way to the demo, which it is from here on."""
    text_us(product, "+21620555014")
    product.local("POST", "clock", {"advance_seconds": 3600})
    before = str(product.local("GET", "state")["now"])
    product.local("POST", "reset", {"seed": "demo"})
    return before


def test_a_fresh_world_forgets_everything_but_the_key(product: Product, moment_before_the_demo: str) -> None:
    assert product.local("GET", "info")["admin_email"] == "nadia@ghusn.example"
    assert product.local("GET", "info")["api_key"] == product.api_key
    assert product.local("GET", "outbox") == {"emails": [], "sms": [], "whatsapp": [], "webhooks": []}
    assert product.local("GET", "state")["now"] < moment_before_the_demo, "the clock is the wall's again"


@pytest.fixture
def demo(product: Product, moment_before_the_demo: str) -> Product:
    return product


def test_the_demo_has_something_on_each_page_for_authors_and_it_is_true(demo: Product) -> None:
    def listed(path: str) -> list[dict[str, Any]]:
        return list(demo.api("GET", path).json()["data"])

    articles = listed("/articles?limit=100")
    drafts = [one for one in articles if one["state"] == "draft"]
    assert len(drafts) == 2 and sum(one["publish_at"] is not None for one in drafts) == 1
    outdated = [one for one in articles if any(text["outdated"] for text in one["translations"].values())]
    assert len(outdated) == 1 and len(listed(f"/articles/{outdated[0]['id']}/versions")) == 2
    searched = listed("/searches?limit=100")
    assert {one["hits"] > 0 for one in searched} == {True, False}
    for one in searched:
        answer = demo.api("GET", f"/search/articles?q={quote(one['query'])}&locale={one['locale']}").json()
        assert (answer["total"] > 0) == (one["hits"] > 0), one["query"]


def test_the_nightly_count_finds_nothing_wrong_in_the_demo(demo: Product) -> None:
    demo.local("POST", "clock", {"advance_seconds": 2 * 86_400})
    assert "counters.wrong" not in (demo.data / "server.log").read_text()
