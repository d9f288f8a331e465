"""What each handler does not import before it has work to do: a cold start pays for every module."""

from typing import Any

import pytest

from tests.infra.conftest import Call

HEAVY = {"jinja2", "tantivy", "babel", "phonenumbers", "markdown_it", "nh3", "PIL", "boto3", "s3transfer"}

IDLE: dict[str, dict[str, Any]] = {
    "inbound": {"Records": []},
    "jobs": {"Records": []},
    "send": {"Records": []},
    "dispatch": {"Records": []},
}


@pytest.mark.parametrize("handler", sorted(IDLE))
def test_handler_starts_without_the_heavy_libraries(call: Call, handler: str) -> None:
    loaded = {name.partition(".")[0] for name in call(handler, IDLE[handler])["modules"]}
    assert loaded & HEAVY == set()
