"""What is done cheaper in moto gives what moto itself gives: the same answers, the same table after them."""

import json
import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.core import DEFAULT_ACCOUNT_ID, serialize
from moto.core.parse import PROTOCOL_PARSERS, JSONParser
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from tests import empty_account, quick_calls, quick_moto

DEEP = {
    "text": {"S": "زيت"},
    "count": {"N": "4"},
    "is": {"BOOL": False},
    "none": {"NULL": True},
    "words": {"SS": ["a", "b"]},
    "bytes": {"B": b"\x00\xff"},
    "list": {"L": [{"S": "x"}, {"M": {"inner": {"L": []}, "raw": {"B": b"1"}}}, {"N": "1.5"}]},
    "map": {"M": {"empty": {"M": {}}, "none": {"S": ""}, "more": {"M": {"S": {"S": "S"}}}}},
}


@pytest.fixture(params=["cheaper", "moto's own"])
def moto(request: pytest.FixtureRequest, cloud: None) -> Iterator[str]:
    """Each test is run in both ways, and asks for the same of both."""
    with pytest.MonkeyPatch.context() as patched:
        if request.param != "cheaper":
            patched.delitem(serialize.SERVICE_SPECIFIC_SERIALIZERS, "dynamodb")
            patched.setattr(DynamoDBBackend, "transact_write_items", quick_moto.moto_transacts)
            patched.setattr(Item, "__init__", quick_moto.moto_makes_item)
            patched.setattr(ConditionExpressionParser, "parse", quick_moto.moto_parses)
            patched.setattr(ConditionExpressionParser, "_make_operand", quick_moto.moto_makes_operand)
            patched.setattr(Table, "all_items", quick_moto.moto_lists)
            patched.setattr(Table, "query", quick_moto.moto_queries)
            patched.setitem(PROTOCOL_PARSERS, "json", JSONParser)
        yield request.param


def put(name: str, **more: Any) -> dict[str, Any]:
    return {"Put": {"TableName": "diwan", "Item": row(name, **more)}}


def key(name: str) -> dict[str, Any]:
    return {"pk": {"S": name}, "sk": {"S": "-"}}


def row(name: str, **more: Any) -> dict[str, Any]:
    return {**key(name), **more}


def update(name: str, expression: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {"UpdateExpression": expression, "ExpressionAttributeValues": values, **more}
    return {"Update": {"TableName": "diwan", "Key": key(name), **told}}


def everything() -> list[dict[str, Any]]:
    return sorted(boto3.client("dynamodb").scan(TableName="diwan")["Items"], key=lambda found: str(found["pk"]["S"]))


def refused(*writes: dict[str, Any]) -> list[str]:
    """The reason for each of the writes, of which none was done."""
    with pytest.raises(ClientError) as told:
        boto3.client("dynamodb").transact_write_items(TransactItems=writes)
    return [one["Code"] for one in told.value.response.get("CancellationReasons", [])]


def test_every_type_of_value_comes_back_as_it_was_written(moto: str) -> None:
    boto3.client("dynamodb").put_item(TableName="diwan", Item=row("a", **DEEP))

    assert everything() == [row("a", **DEEP)]


def test_an_answer_is_the_same_to_the_octet(cloud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    table = quick_calls.boto_makes("dynamodb")
    table.put_item(TableName="diwan", Item=row("a", **DEEP))
    bodies: list[bytes] = []
    table.meta.events.register("before-parse.dynamodb", lambda response_dict, **_: bodies.append(response_dict["body"]))
    table.get_item(TableName="diwan", Key=key("a"))
    monkeypatch.delitem(serialize.SERVICE_SPECIFIC_SERIALIZERS, "dynamodb")
    table.get_item(TableName="diwan", Key=key("a"))

    assert bodies[0] == bodies[1]
    assert json.loads(bodies[0])["Item"].keys() == row("a", **DEEP).keys()


def test_a_transaction_is_done_whole(moto: str) -> None:
    table = boto3.client("dynamodb")
    table.put_item(TableName="diwan", Item=row("a", n={"N": "1"}))
    table.put_item(TableName="diwan", Item=row("b"))
    table.transact_write_items(
        TransactItems=[
            update("a", "ADD n :one", {":one": {"N": "1"}}),
            {"Delete": {"TableName": "diwan", "Key": key("b")}},
            put("c", **DEEP),
        ]
    )

    assert everything() == [row("a", n={"N": "2"}), row("c", **DEEP)]


def test_of_a_transaction_that_fails_nothing_is_left(moto: str) -> None:
    table = boto3.client("dynamodb")
    before = [row("a", n={"N": "1"}, deep={"M": {"said": {"S": "was"}}}), row("b", **DEEP), row("e")]
    for one in before:
        table.put_item(TableName="diwan", Item=one)
    missing = {"ConditionExpression": "attribute_not_exists(pk)"}
    reasons = refused(
        update("a", "SET deep.said = :new ADD n :one", {":one": {"N": "1"}, ":new": {"S": "is"}}),
        {"Delete": {"TableName": "diwan", "Key": key("b")}},
        put("c", **DEEP),
        update("d", "SET n = :one", {":one": {"N": "1"}}),
        {"Put": {**put("e", other={"S": "row"})["Put"], **missing}},
    )

    assert reasons == ["None"] * 4 + ["ConditionalCheckFailed"]
    assert everything() == before


def test_a_row_may_be_written_once_in_a_transaction(moto: str) -> None:
    assert refused(put("a"), put("a", n={"N": "1"})) == []
    assert everything() == []


def test_a_row_may_not_grow_over_its_limit(moto: str) -> None:
    with pytest.raises(ClientError, match="Item size"):
        boto3.client("dynamodb").put_item(
            TableName="diwan", Item=row("a", x={"S": "x" * 300_000}, y={"S": "y" * 120_000})
        )
    boto3.client("dynamodb").put_item(TableName="diwan", Item=row("a", x={"S": "x" * 300_000}, y={"S": "y" * 90_000}))

    assert len(everything()) == 1


def test_a_condition_is_read_with_the_names_and_values_of_its_own_call(moto: str) -> None:
    def written(name: str, most: str) -> bool:
        told = {
            "ConditionExpression": "attribute_not_exists(#n) OR (#n < :most AND NOT #n IN (:most, :other))",
            "ExpressionAttributeNames": {"#n": name},
            "ExpressionAttributeValues": {":most": {"N": most}, ":other": {"N": "7"}},
        }
        try:
            boto3.client("dynamodb").put_item(TableName="diwan", Item=row("a", n={"N": "7"}), **told)
        except ClientError:
            return False
        return True

    assert [written("n", "5"), written("n", "5"), written("m", "5"), written("n", "9")] == [True, False, True, False]


NAMES = {"#a": "first", "#b": "second", "#c.d": "third"}
VALUES = {":x": {"N": "5"}, ":y": {"S": "y"}, ":list": {"L": [{"S": "z"}]}}
CONDITIONS = [
    "",
    "#a = :x",
    "#a <> :x AND (NOT begins_with(#b, :y) OR attribute_not_exists(pk))",
    "size(#a.#b[2]) >= :x AND #a BETWEEN :x AND :y AND #b IN (:x, :y,:list)",
    "attribute_type(#a, :y) OR contains(deep.er, :list) or not attribute_exists(#b)",
    "((#a = :x))",
    "#a = :x AND",
    "(#a = :x",
    "#a = :x)",
    "#nobody = :x",
    "#a = :nothing",
    "((#a = :nothing))",
    "size = :x",
    "begins_with(#a)",
    "#a ! :x",
    "name = :x",
]


@pytest.mark.parametrize("values", [VALUES, {":x": {"S": "other"}, ":y": {"N": "1"}, ":list": {"M": {}}}, {}, None])
@pytest.mark.parametrize("names", [NAMES, {"#b": "first", "#a": "second"}, None])
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_taken_apart_as_moto_does(condition: str, names: Any, values: Any) -> None:
    def taken_apart(way: Any) -> Any:
        parser = ConditionExpressionParser(condition, names, values)
        try:
            return repr(way(parser)), parser.expr_attr_names_found, parser.expr_attr_values_found
        except Exception as failed:
            return type(failed), str(failed)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ConditionExpressionParser, "_make_operand", quick_moto.moto_makes_operand)
        own = taken_apart(quick_moto.moto_parses)

    assert [taken_apart(quick_moto.parse_condition) for _ in range(2)] == [own, own]


def test_a_query_finds_the_same_rows_in_the_same_order(moto: str) -> None:
    table = boto3.client("dynamodb")
    for number in (3, 11, 2, 1, 10):
        for pk in ("b", "a"):
            listed = {"inbox_pk": {"S": "list"}, "inbox_sk": {"S": str(-number)}}
            table.put_item(TableName="diwan", Item=row(pk, **listed, n={"N": str(number)}) | {"sk": {"S": str(number)}})

    def found(where: str, *values: str, **more: Any) -> list[str]:
        told = {f":{at}": {"S": value} for at, value in enumerate(values)} | more.pop("values", {})
        answer = table.query(TableName="diwan", KeyConditionExpression=where, ExpressionAttributeValues=told, **more)
        rows = [f"{one['pk']['S']}{one['sk']['S']}" for one in answer["Items"]]
        return rows + [f"{name}={key['S']}" for name, key in sorted(answer.get("LastEvaluatedKey", {}).items())]

    assert found("pk = :0", "a") == ["a1", "a10", "a11", "a2", "a3"]
    assert found("pk = :0", "nobody") == []
    assert found("pk = :0 AND begins_with(sk, :1)", "a", "1", ScanIndexForward=False) == ["a11", "a10", "a1"]
    assert found("pk = :0", "b", Limit=2) == ["b1", "b10", "pk=b", "sk=10"]
    assert found("pk = :0", "b", ExclusiveStartKey=row("b") | {"sk": {"S": "11"}}) == ["b2", "b3"]
    few = {"FilterExpression": "n < :few", "values": {":few": {"N": "3"}}}
    assert found("pk = :0", "b", **few) == ["b1", "b2"]
    assert found("inbox_pk = :0", "list", IndexName="inbox", Limit=3) == [
        "a1", "b1", "a10", "inbox_pk=list", "inbox_sk=-10", "pk=a", "sk=10"
    ]  # fmt: skip
    assert [f"{one['pk']['S']}{one['sk']['S']}" for one in table.scan(TableName="diwan")["Items"]] == [
        f"{pk}{sk}" for pk in "ab" for sk in (1, 10, 11, 2, 3)
    ]


def test_what_is_remembered_is_what_would_be_told_anew(cloud: None) -> None:
    boto3.client("dynamodb").put_item(TableName="diwan", Item=row("a"))
    clean, names, underscored = (getattr(module, name) for module, name in quick_moto.REMEMBERED)

    assert all(one.cache_info().currsize for one in (clean, names, underscored)), "these are the ones that are called"
    assert names(DynamoHandler) == names.__wrapped__(DynamoHandler)
    for text in ("TransactWriteItems", "a/b#c d", "md", "lib"):
        assert underscored(text) == underscored.__wrapped__(text)
        assert [clean(text, allow) for allow in (True, False)] == [
            clean.__wrapped__(text, one) for one in (True, False)
        ]


def test_the_cheaper_ways_are_those_that_the_tests_go(cloud: None) -> None:
    backend = dynamodb_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"]

    assert backend.transact_write_items.__func__ is quick_moto.transact_write_items  # type: ignore[attr-defined]
    assert serialize.get_serializer_class("dynamodb", "json") is quick_moto.Serializer
    assert PROTOCOL_PARSERS["json"] is quick_moto.Parser
    assert (Table.query, Table.all_items) == (quick_moto.query, quick_moto.all_items)


# Where a thing's own name or age stands.
OWN = ("TableName", "TableArn", "TableId", "CreationDateTime", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn")


def plain(told: dict[str, Any]) -> dict[str, Any]:
    """What is told of a thing, but for what is never the same of two."""
    kept = {name: value for name, value in told.items() if name not in (*OWN, "ResponseMetadata")}
    kept["GlobalSecondaryIndexes"] = [
        {name: value for name, value in one.items() if name != "IndexArn"}
        for one in told.get("GlobalSecondaryIndexes", ())
    ]
    return kept


def test_the_account_that_is_put_there_is_what_the_calls_make(cloud: None) -> None:
    dynamodb, s3, sqs, ses = map(boto3.client, ("dynamodb", "s3", "sqs", "sesv2"))
    made = dynamodb.create_table(**{**empty_account.table(), "TableName": "made"})["TableDescription"]
    s3.create_bucket(Bucket="made", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    queue = sqs.create_queue(QueueName="made")["QueueUrl"]
    ses.create_email_identity(EmailIdentity="made.example")

    assert plain(dynamodb.describe_table(TableName="diwan")["Table"]) == plain(
        dynamodb.describe_table(TableName=made["TableName"])["Table"]
    )
    for name in ("jobs", "send", "webhooks"):
        put = os.environ[f"DIWAN_{name.upper()}_QUEUE_URL"]
        assert put == queue.replace("made", name) == sqs.get_queue_url(QueueName=name)["QueueUrl"]
        told = [sqs.get_queue_attributes(QueueUrl=one, AttributeNames=["All"])["Attributes"] for one in (put, queue)]
        assert plain(told[0]) == plain(told[1])
    for ask in (s3.get_bucket_location, s3.get_bucket_acl, s3.get_bucket_versioning):
        assert {str(plain(ask(Bucket=one))) for one in empty_account.BUCKETS} == {str(plain(ask(Bucket="made")))}
    assert plain(ses.get_email_identity(EmailIdentity="ghusn.example")) == plain(
        ses.get_email_identity(EmailIdentity="made.example")
    )
