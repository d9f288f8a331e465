"""What is done cheaper in moto gives what moto itself gives: the same answers, the same table after them."""

import json
import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.core import DEFAULT_ACCOUNT_ID, serialize
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.responses import DynamoHandler

from tests import empty_account, quick_moto

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
            patched.setattr(ConditionExpressionParser, "_lex_condition_expression", quick_moto.moto_lexes)
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
    table = boto3.client("dynamodb")
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
