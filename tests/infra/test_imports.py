"""What each handler does not import before it has work to do: a cold start pays for every module."""

from typing import Any

import pytest

from tests.infra.conftest import SCHEDULED, Account, Call, Package, run_handler

HEAVY = {"jinja2", "tantivy", "babel", "phonenumbers", "markdown_it", "nh3", "PIL"}

HANDLERS_OF_EVENTS = ["inbound", "jobs", "send", "webhooks", "dispatch"]


@pytest.fixture(scope="module", params=HANDLERS_OF_EVENTS)
def started(request: pytest.FixtureRequest, built: Package, account: Account) -> dict[str, Any]:
    """A handler of events after a call without any."""
    return run_handler(built.code, request.param, {"Records": []}, account.environment)


def test_handler_starts_without_the_heavy_libraries(started: dict[str, Any]) -> None:
    assert loaded(started) & HEAVY == set()


def test_handler_of_events_starts_without_the_pages(started: dict[str, Any]) -> None:
    names = started["modules"]
    assert [name for name in names if name.startswith(("chalicelib.portal.", "chalicelib.agent."))] == []


def test_sweep_of_every_minute_needs_none_of_them_at_all(call: Call) -> None:
    assert loaded(call("minute", SCHEDULED)) & HEAVY == set()


def loaded(outcome: dict[str, Any]) -> set[str]:
    return {name.partition(".")[0] for name in outcome["modules"]}
