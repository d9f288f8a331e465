"""What each handler does not import before it has work to do: a cold start pays for every module."""

from typing import Any

import pytest

from tests.infra.conftest import SCHEDULED, Call

HEAVY = {"jinja2", "tantivy", "babel", "phonenumbers", "markdown_it", "nh3", "PIL"}

NO_MESSAGES: dict[str, Any] = {"Records": []}


@pytest.mark.parametrize("handler", ["inbound", "jobs", "send", "webhooks", "dispatch"])
def test_handler_starts_without_the_heavy_libraries(call: Call, handler: str) -> None:
    assert loaded(call(handler, NO_MESSAGES)) & HEAVY == set()


def test_sweep_of_every_minute_needs_none_of_them_at_all(call: Call) -> None:
    assert loaded(call("minute", SCHEDULED)) & HEAVY == set()


@pytest.mark.parametrize("handler", ["inbound", "jobs", "send", "webhooks", "dispatch"])
def test_handler_of_events_starts_without_the_pages(call: Call, handler: str) -> None:
    names = call(handler, NO_MESSAGES)["modules"]
    assert [name for name in names if name.startswith(("chalicelib.portal.", "chalicelib.agent."))] == []


def loaded(outcome: dict[str, Any]) -> set[str]:
    return {name.partition(".")[0] for name in outcome["modules"]}
