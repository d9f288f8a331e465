"""Files in S3: one that is gone is not one that we may not read."""

import pytest
from botocore.exceptions import ClientError

from chalicelib import aws
from chalicelib.store import files


def test_a_file_that_may_not_be_read_is_not_taken_for_one_that_is_gone(
    cloud: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.find("jobs/nowhere") is None
    assert not files.is_there("jobs/nowhere")

    def refuse(**asked: str) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")

    monkeypatch.setattr(aws.client("s3"), "get_object", refuse)
    with pytest.raises(ClientError):
        files.find("jobs/nowhere")
