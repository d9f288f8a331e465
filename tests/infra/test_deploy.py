"""What a deployment tells CloudFormation, the second time as much as the first. moto cannot stand a SAM application up,
so a small template with the same parameters and outputs stands for it here."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from chalicelib import static_files
from infra import deploy
from tests.infra.conftest import ROOT

APPLICATION = """
Parameters:
  PublicUrl: { Type: String }
  SupportEmail: { Type: String }
  TableName: { Type: String }
  Outbound: { Type: String, Default: live }
  OriginSecretVersion: { Type: String, Default: "" }
Resources:
  Code: { Type: "AWS::Serverless::Function", Properties: { CodeUri: ./diwan.zip } }
  Standing: { Type: AWS::SQS::Queue, Properties: { Tags: [{ Key: table, Value: { Ref: TableName } }] } }
Outputs:
  FrontUrl: { Value: "https://d111.cloudfront.net" }
"""


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A dist/ to deploy from, a caller's environment, and an empty AWS account."""
    (tmp_path / "data.yaml").write_text((ROOT / "infra" / "data.yaml").read_text())
    (tmp_path / "diwan.zip").write_bytes(b"a zip")
    static_files.write(tmp_path / "static", tmp_path / "names.json")
    monkeypatch.setattr(deploy, "_DIST", tmp_path)
    for name in ("PUBLIC_URL", "TABLE_NAME", "OUTBOUND", "ALARM_EMAIL", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STAGE", "test")
    monkeypatch.setenv("SUPPORT_EMAIL", "help@ghusn.example")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        (tmp_path / "app.yaml").write_text(with_secret(APPLICATION))
        yield tmp_path


def with_secret(template: str) -> str:
    """The application's template as that of a front, whose secret is there: moto makes none from a template."""
    arn = boto3.client("secretsmanager").create_secret(Name="origin", SecretString="first")["ARN"]
    return f"{template}  OriginSecretArn: {{ Value: '{arn}' }}\n"


def parameters() -> dict[str, str]:
    return deploy._parameters(deploy._describe("diwan-test"))


def data() -> dict[str, str]:
    return deploy._outputs(deploy._describe("diwan-test-data"))


def test_first_deployment_learns_its_own_address() -> None:
    deploy.main()
    assert parameters()["PublicUrl"] == "https://d111.cloudfront.net"
    assert parameters()["TableName"] == data()["TableName"]


def test_an_address_of_ones_own_stays_when_it_is_not_named_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://help.ghusn.example")
    deploy.main()
    monkeypatch.delenv("PUBLIC_URL")
    deploy.main()
    assert parameters()["PublicUrl"] == "https://help.ghusn.example"


def test_the_secret_of_the_front_is_asked_for_only_once_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://help.ghusn.example")
    stand, told = deploy._stand, []

    def standing(stack: str, template: str, values: dict[str, str]) -> dict[str, str]:
        told.append((stack, values.get("OriginSecretVersion", "")))
        return stand(stack, template, values)

    monkeypatch.setattr(deploy, "_stand", standing)
    deploy.main()

    version = parameters()["OriginSecretVersion"]
    assert version
    assert told == [("diwan-test-data", ""), ("diwan-test", ""), ("diwan-test", version)]


def test_a_deployment_after_a_change_of_the_secret_tells_its_new_version() -> None:
    deploy.main()
    before = parameters()["OriginSecretVersion"]
    changed = boto3.client("secretsmanager").put_secret_value(SecretId="origin", SecretString="second")
    deploy.main()

    assert parameters()["OriginSecretVersion"] == changed["VersionId"] != before


def test_without_a_front_no_secret_is_asked_for_any_more(built: Path) -> None:
    deploy.main()
    (built / "app.yaml").write_text(APPLICATION)
    deploy.main()

    assert parameters()["OriginSecretVersion"] == ""


def test_restored_table_stays_and_what_was_held_stays_held(monkeypatch: pytest.MonkeyPatch) -> None:
    deploy.main()
    monkeypatch.setenv("TABLE_NAME", "restored")
    monkeypatch.setenv("OUTBOUND", "hold")
    deploy.main()
    monkeypatch.delenv("TABLE_NAME")
    monkeypatch.delenv("OUTBOUND")
    deploy.main()
    assert (parameters()["TableName"], parameters()["Outbound"]) == ("restored", "hold")


def test_functions_get_the_zip_by_its_hash(built: Path) -> None:
    deploy.main()
    bucket = data()["CodeBucketName"]
    key = f"{deploy._sha256(b'a zip')}.zip"
    s3 = boto3.client("s3")
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"a zip"
    templates = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"] if each["Key"].endswith(".yaml")]
    assert f"s3://{bucket}/{key}" in s3.get_object(Bucket=bucket, Key=templates[0])["Body"].read().decode()


def test_static_files_bear_their_type_and_may_be_kept() -> None:
    deploy.main()
    s3, bucket = boto3.client("s3"), data()["StaticBucketName"]
    found = s3.head_object(Bucket=bucket, Key=f"static/{static_files.name('css/base.css')}")
    assert found["ContentType"] == "text/css; charset=utf-8"
    assert found["CacheControl"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("missing", ["STAGE", "SUPPORT_EMAIL"])
def test_deployment_without_its_name_or_sender_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delenv(missing)
    with pytest.raises(SystemExit, match=missing):
        deploy.main()
