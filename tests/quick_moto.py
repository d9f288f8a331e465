"""Where moto spends most of a test's time, the same is done cheaper here.

tests/test_quick_moto.py holds both ways beside each other.
"""

import copy
import functools
import inspect
from collections.abc import Iterator
from typing import Any

from botocore import useragent
from moto.core import models as core
from moto.core import responses, serialize
from moto.core.parse import PROTOCOL_PARSERS, JSONParser
from moto.dynamodb.comparisons import AttributeValue, ConditionExpressionParser
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
moto_parses = ConditionExpressionParser.parse
moto_makes_operand = ConditionExpressionParser._make_operand
moto_queries = Table.query
moto_lists = Table.all_items
# Among what a query is asked with after its hash key.
INDEX_NAME = [*inspect.signature(moto_queries).parameters].index("index_name") - 2


def play() -> None:
    """From now on moto goes the cheaper ways, in the whole process."""
    serialize.SERVICE_SPECIFIC_SERIALIZERS["dynamodb"] = {"json": Serializer}
    PROTOCOL_PARSERS["json"] = Parser
    ways: list[tuple[type, str, Any]] = [
        (DynamoDBBackend, "transact_write_items", transact_write_items),
        (Item, "__init__", make_item),
        (ConditionExpressionParser, "parse", parse_condition),
        (ConditionExpressionParser, "_make_operand", make_operand),
        (Table, "all_items", all_items),
        (Table, "query", query),
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
    return sorted(items, key=_place_in_order)


def _place_in_order(item: Item) -> tuple[Any, ...]:
    """What moto compares, taken out of its values once and not at each comparison."""
    keys = (item.hash_key, item.range_key) if item.range_key else (item.hash_key,)
    return tuple(key.cast_value for key in keys)


def query(table: Table, hash_key: DynamoType | None, *args: Any, **more: Any) -> Any:
    """Look through the rows of the one hash key; moto sorts the whole table for it."""
    [index] = args[INDEX_NAME : INDEX_NAME + 1] or [more.get("index_name")]
    if index or hash_key is None or not table.range_key_attr:
        return moto_queries(table, hash_key, *args, **more)
    part = copy.copy(table)
    part.items = {hash_key: table.items.get(hash_key, {})}  # type: ignore[assignment]
    return moto_queries(part, hash_key, *args, **more)


class Parser(JSONParser):
    """Takes a value in as it came; moto looks in it for ten members."""

    def _parse_structure(self, shape: Any, value: Any) -> Any:
        if shape.name == "AttributeValue" and is_plain(value):
            return value
        return super()._parse_structure(shape, value)


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
    before = [(place, _kept(kind, _at(place))) for kind, place in _places(backend, transact_items)]
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


def parse_condition(parser: ConditionExpressionParser) -> Any:
    """Take a condition apart once; the product has few, and moto does it three times for each row that is written."""
    if not parser.condition_expression:
        return moto_parses(parser)
    names = tuple((parser.expression_attribute_names or {}).items())
    try:
        node, literals, asked = _taken_apart(parser.condition_expression, names)
    except Exception:  # whatever is wrong with it, moto says so itself
        return moto_parses(parser)
    if not set(asked) <= set(parser.expression_attribute_values or ()):
        return moto_parses(parser)
    parser.expr_attr_names_found.extend(literals)
    parser.expr_attr_values_found.extend(asked)
    return parser._make_op_condition(node)


def make_operand(parser: ConditionExpressionParser, node: Any) -> Any:
    """Take a value from its own call, not from the call that the condition was taken apart for."""
    if node.kind == parser.Kind.EXPRESSION_ATTRIBUTE_VALUE:
        return AttributeValue(parser._lookup_expression_attribute_value(node.text))
    return moto_makes_operand(parser, node)


@functools.lru_cache(5_000)
def _taken_apart(condition: str, names: tuple[tuple[str, str], ...]) -> tuple[Any, list[str], list[str]]:
    """A condition's tree, and the names and values that it asks for."""
    kept: list[Any] = []
    parser = ConditionExpressionParser(condition, dict(names), _Anything())
    parser._make_op_condition = kept.append  # type: ignore[method-assign]
    moto_parses(parser)
    return kept[0], parser.expr_attr_names_found, parser.expr_attr_values_found


class _Anything(dict[str, Any]):
    def __missing__(self, name: str) -> dict[str, str]:
        return {"S": name}


class _NotBackedUp(dict[str, Table]):
    """moto copies each table that is `in` its tables, and finds the one to work on by `get`."""

    def __contains__(self, name: object) -> bool:
        return False


def _places(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> Iterator[tuple[str, Place]]:
    for wanted in transact_items:
        for kind, write in wanted.items():
            table, row = backend.tables.get(write.get("TableName")), write.get("Key") or write.get("Item") or {}
            if table and set(table.table_key_attrs) <= set(row):
                yield kind, (table, *backend.get_keys_value(table, row))


def _kept(kind: str, item: Item | None) -> Item | None:
    """The row as it is: only an update changes it where it lies, the others put another there or none."""
    return copy.deepcopy(item) if kind == "Update" else item


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
