"""Where moto spends most of a test's time, the same is done cheaper here.

tests/test_quick_moto.py holds both ways beside each other.
"""

import copy
import functools
from collections import deque
from collections.abc import Iterator
from typing import Any

from botocore import useragent
from moto.core import models as core
from moto.core import responses, serialize
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

# A value of these types lies in moto as it goes over the wire; bytes do not.
PLAIN = {"S", "N", "BOOL", "NULL", "SS", "NS"}
Place = tuple[Table, DynamoType, DynamoType | None]

# Asked the same few things at each of ten thousands of calls, and always giving the same for the same.
REMEMBERED = (
    (useragent, "sanitize_user_agent_string_component"),
    (responses, "method_names_from_class"),
    (responses, "camelcase_to_underscores"),
)

moto_transacts = DynamoDBBackend.transact_write_items
moto_makes_item = Item.__init__
moto_lexes = ConditionExpressionParser._lex_condition_expression


def play() -> None:
    """From now on moto goes the cheaper ways, in the whole process."""
    serialize.SERVICE_SPECIFIC_SERIALIZERS["dynamodb"] = {"json": Serializer}
    ways: list[tuple[type, str, Any]] = [
        (DynamoDBBackend, "transact_write_items", transact_write_items),
        (Item, "__init__", make_item),
        (ConditionExpressionParser, "_lex_condition_expression", lex),
        (Table, "all_items", all_items),
    ]
    for owner, name, way in ways:
        setattr(owner, name, way)
    for module, name in REMEMBERED:
        setattr(module, name, functools.cache(getattr(module, name)))
    # Nothing here speaks to AWS by way of `requests`, for which each `mock_aws` would prepare 1,300 answers.
    core.RESPONSES_METHODS.clear()


def all_items(table: Table) -> list[Item]:
    """What lies in the table now: moto goes through it while queries of other threads add empty places to it."""
    rows = list(table.items.values())
    items = [item for row in rows for item in list(row.values())] if table.range_key_attr else rows
    return sorted(items, key=lambda one: (one.hash_key, one.range_key) if one.range_key else one.hash_key)


class Serializer(serialize.JSONSerializer):
    """Writes a stored value as it lies there; moto looks in it for ten members, each by all names it might have."""

    def _serialize_type_structure(self, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if key and shape.name == "AttributeValue" and is_plain(value):
            serialized[self.get_serialized_name(shape, key)] = value
        else:
            super()._serialize_type_structure(serialized, value, shape, key)


def is_plain(value: Any) -> bool:
    """Whether an attribute's value is the same on the wire: no bytes in it, and nothing of moto's own."""
    if type(value) is not dict or len(value) != 1:
        return False
    [(kind, content)] = value.items()
    if kind == "M":
        return type(content) is dict and all(map(is_plain, content.values()))
    if kind == "L":
        return type(content) is list and all(map(is_plain, content))
    return kind in PLAIN


def transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """Put the rows back that were to be written when one fails; moto copies the whole table for each of them."""
    before = [(place, copy.deepcopy(_at(place))) for place in _places(backend, transact_items)]
    working = copy.copy(backend)
    working.tables = _NotBackedUp(backend.tables)
    try:
        moto_transacts(working, transact_items)
    except Exception:
        for place, item in before:
            _put_back(place, item)
        raise


def make_item(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
    """Have the limit of 400 KB watched at the last attribute; moto adds up all that are there at each."""
    moto_makes_item(item, hash_key, range_key, {})
    if not attrs:
        return
    *most, (last, value) = attrs.items()
    item.attrs.update((name, DynamoType(one)) for name, one in most)
    item.attrs[last] = DynamoType(value)


def lex(parser: ConditionExpressionParser) -> deque[ConditionExpressionParser.Node]:
    """Take a condition apart once; the product has few, and moto makes its patterns anew for each of their words."""
    return deque(_lexed(parser.condition_expression))


@functools.cache
def _lexed(expression: str) -> tuple[ConditionExpressionParser.Node, ...]:
    return tuple(moto_lexes(ConditionExpressionParser(expression, {}, {})))


class _NotBackedUp(dict[str, Table]):
    """moto copies each table that is `in` its tables, and finds the one to work on by `get`."""

    def __contains__(self, name: object) -> bool:
        return False


def _places(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> Iterator[Place]:
    for wanted in transact_items:
        for write in wanted.values():
            table, row = backend.tables.get(write.get("TableName")), write.get("Key") or write.get("Item") or {}
            if table and set(table.table_key_attrs) <= set(row):
                yield table, *backend.get_keys_value(table, row)


def _at(place: Place) -> Item | None:
    table, hash_key, range_key = place
    return table.get_item(hash_key, range_key)


def _put_back(place: Place, item: Item | None) -> None:
    table, hash_key, range_key = place
    rows: dict[Any, Any] = table.items[hash_key] if range_key else table.items
    key = range_key or hash_key
    if item is None:
        rows.pop(key, None)
    else:
        rows[key] = item
