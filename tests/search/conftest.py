"""An empty search bucket."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib import aws, settings
from chalicelib.search import articles, tickets
from tests.conftest import KEEPING_THE_SESSION


@pytest.fixture
def bucket() -> Iterator[str]:
    """The name of the search bucket, which is empty."""
    with empty_bucket() as name:
        yield name


@pytest.fixture(scope="module")
def shared_bucket() -> Iterator[str]:
    """Like `bucket`, for a module whose tests only read what was put in once."""
    with empty_bucket() as name:
        yield name


@pytest.fixture
def atomic_bucket(bucket: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The bucket, with one request decided after the other, as S3 does for a key.

    moto checks `If-Match` and stores in two steps: of two threads both may win, and a reader may meet a closed object.
    Requests of different threads still come in any order.
    """
    client, one_at_a_time = aws.client("s3"), threading.Lock()
    call = client._make_api_call

    def call_alone(operation: str, request: dict[str, Any]) -> Any:
        with one_at_a_time:
            return call(operation, request)

    monkeypatch.setattr(client, "_make_api_call", call_alone)
    return bucket


@contextlib.contextmanager
def empty_bucket() -> Iterator[str]:
    with mock_aws(config=KEEPING_THE_SESSION):
        articles.forget()
        tickets.forget()
        where = {"LocationConstraint": "eu-west-1"}
        boto3.client("s3").create_bucket(Bucket=settings.search_bucket(), CreateBucketConfiguration=where)
        yield settings.search_bucket()
    articles.forget()
    tickets.forget()
