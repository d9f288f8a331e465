"""The AWS account that each test begins with, put into moto's own shelves: asking for it costs more than most tests do.

tests/test_quick_moto.py holds it beside what the calls make.
"""

import copy
import functools
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import yaml
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

REGION = "eu-west-1"
TEMPLATE = Path(__file__).parents[1] / "infra" / "data.yaml"
BUCKETS = ("diwan-mail", "diwan-files", "diwan-search")
QUEUES = ("jobs", "send", "webhooks")
IDENTITY = "ghusn.example"


def furnish() -> None:
    """Make our table, buckets, queues and the address that mail comes from, and tell the product of the queues."""
    _make_table(copy.deepcopy(table()))
    for bucket in BUCKETS:
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].create_bucket(bucket, REGION)
    for name in QUEUES:
        queue = sqs_backends[DEFAULT_ACCOUNT_ID][REGION].create_queue(name)
        os.environ[f"DIWAN_{name.upper()}_QUEUE_URL"] = queue.url(urlparse(f"https://sqs.{REGION}.amazonaws.com/"))
    ses_backends[DEFAULT_ACCOUNT_ID][REGION].create_email_identity_v2(IDENTITY, None, None, None)


@functools.cache
def table() -> dict[str, Any]:
    """What `infra/data.yaml` says of the table, as `CreateTable` takes it."""
    wanted = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
    properties = yaml.load(TEMPLATE.read_text(), _Loader)["Resources"]["Table"]["Properties"]
    return {name: properties[name] for name in wanted} | {"TableName": "diwan"}


def _make_table(wanted: dict[str, Any]) -> None:
    dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].create_table(
        wanted["TableName"],
        schema=wanted["KeySchema"],
        attr=wanted["AttributeDefinitions"],
        global_indexes=wanted["GlobalSecondaryIndexes"],
        billing_mode=wanted["BillingMode"],
        throughput=None,
        indexes=[],
        streams=None,
        sse_specification=None,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (!Ref, !Sub …), which the table's keys do not use."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
