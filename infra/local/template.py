"""Reads `infra/app.yaml`, so that what wakes our functions here is what wakes them on AWS: batch, filter, retries."""

import functools
import json
from typing import Any

import yaml

from infra.local.world import ROOT

TEMPLATE = ROOT / "infra" / "app.yaml"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C one is ten times as fast
    """YAML with CloudFormation's short forms, whose values nobody here needs; of !Sub the text as it stands."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
_Loader.add_constructor("!Sub", lambda loader, node: getattr(node, "value", None))


@functools.cache
def resources() -> dict[str, Any]:
    return dict(yaml.load(TEMPLATE.read_text(), _Loader)["Resources"])


def event_source(handler: str, number: int = 0) -> dict[str, Any]:
    """The properties of an event source of `handler` (`inbound`, `dispatch` …), empty where Chalice's stand.

    Most have one; `number` counts the others from 1.
    """
    sources = list((resources()[handler.capitalize()]["Properties"].get("Events") or {}).values())
    return dict(sources[number]["Properties"]) if sources else {}


def filters(handler: str) -> list[dict[str, Any]]:
    """The filter patterns of its event source; a record that matches any of them passes."""
    criteria = event_source(handler).get("FilterCriteria", {})
    return [json.loads(part["Pattern"]) for part in criteria.get("Filters", [])]


def matches(pattern: Any, value: Any) -> bool:
    """Lambda's event filtering, as far as we use it: nested names, and lists of the exact values allowed."""
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(matches(part, value.get(name)) for name, part in pattern.items())
    return value in pattern


def gateway_response(kind: str) -> dict[str, Any]:
    """What API Gateway answers by itself in the case of `kind`, such as MISSING_AUTHENTICATION_TOKEN."""
    return dict(resources()["RestAPI"]["Properties"]["GatewayResponses"][kind])
