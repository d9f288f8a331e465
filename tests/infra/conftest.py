"""One build of the package for all tests here, and an account at moto's server in which its handlers run."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml
from moto.server import ThreadedMotoServer

from infra.package import __main__ as package
from infra.package import templates

ROOT = Path(__file__).parents[2]
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-1"}
SCHEDULED = {
    "version": "0",
    "id": "53dc4d37",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "123456789012",
    "time": "2026-03-14T03:00:00Z",
    "region": "eu-west-1",
    "resources": ["arn:aws:events:eu-west-1:123456789012:rule/night"],
    "detail": {},
}

Call = Callable[[str, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Package:
    """`dist` as `make package` writes it, its zip unpacked in `code`, and the zip of a second packing elsewhere."""

    dist: Path
    code: Path
    packed_again: Path


@dataclass(frozen=True)
class Account:
    """An AWS account as moto plays it: the outputs of the data stack, and what the environment of a function holds."""

    outputs: dict[str, str]
    environment: dict[str, str]

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.environment["AWS_ENDPOINT_URL"],
            region_name="eu-west-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Package:
    work = tmp_path_factory.mktemp("package")
    dist, again = work / "dist", work / "elsewhere" / "again.zip"
    dist.mkdir()
    made = package.gather(ROOT, work, dist, "x86_64")
    shutil.copytree(made.code, work / "elsewhere" / "code")
    package.pack(made.code, dist / "diwan.zip")
    package.pack(work / "elsewhere" / "code", again)
    templates.write(made.template, ROOT / "infra", dist)
    shutil.unpack_archive(dist / "diwan.zip", work / "unpacked")
    return Package(dist, work / "unpacked", again)


@pytest.fixture(scope="session")
def application(built: Package) -> dict[str, Any]:
    """The application's template, as it is deployed."""
    return yaml.safe_load((built.dist / "app.yaml").read_text())


@pytest.fixture(scope="session")
def account(application: dict[str, Any]) -> Iterator[Account]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield _stand(f"http://{host}:{port}", application)
    server.stop()


@pytest.fixture
def call(built: Package, account: Account) -> Call:
    """Calls a handler out of the zip, in a process of its own that sees nothing of this one."""

    def calling(handler: str, event: dict[str, Any]) -> dict[str, Any]:
        return run_handler(built.code, handler, event, account.environment)

    return calling


def run_handler(code: Path, handler: str, event: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-I", "-S", "-B", str(Path(__file__).with_name("call_handler.py")), str(code), handler]
    done = subprocess.run(
        command,
        input=json.dumps(event),
        env=environment | {"_HANDLER": f"app.{handler}"},  # as Lambda sets it
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _stand(endpoint: str, application: dict[str, Any]) -> Account:
    account = Account({}, {"AWS_ENDPOINT_URL": endpoint})
    stacks = account.client("cloudformation")
    stacks.create_stack(StackName="data", TemplateBody=(ROOT / "infra" / "data.yaml").read_text())
    outputs = {each["OutputKey"]: each["OutputValue"] for each in stacks.describe_stacks()["Stacks"][0]["Outputs"]}
    secret = account.client("secretsmanager").create_secret(Name="signing", SecretString="of the tests")
    # moto gives a secret no Ref, and a queue the address it would have on AWS.
    outputs["SigningSecretArn"] = secret["ARN"]
    outputs |= {name: f"{endpoint}/{_path(url)}" for name, url in outputs.items() if name.endswith("QueueUrl")}
    account.client("sesv2").create_email_identity(EmailIdentity="ghusn.example")
    return Account(outputs, _surroundings(endpoint) | variables(application, outputs | _CHOSEN))


_CHOSEN = {
    "Stage": "test",
    "PublicUrl": "https://help.ghusn.example",
    "SupportEmail": "help@ghusn.example",
    "SupportPhone": "+21670555014",
    "MailDomain": "ghusn.example",
    "ReplyKeys": "a",
    "Outbound": "live",
    "MailConfigurationSetName": "",
}


def _path(url: str) -> str:
    return url.split("/", 3)[3]


def _surroundings(endpoint: str) -> dict[str, str]:
    """What Lambda sets by itself, and where this account is."""
    given = {"AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "eu-west-1", "TZ": ":UTC", "LANG": "en_US.UTF-8"}
    return CREDENTIALS | given | {"NO_PROXY": "127.0.0.1", "PATH": os.defpath}


def variables(application: dict[str, Any], values: dict[str, str]) -> dict[str, str]:
    """The environment that the template gives every function, its parameters set to `values` or as they come."""
    parameters = application["Parameters"].items()
    known = {name: str(told["Default"]) for name, told in parameters if "Default" in told} | values
    wanted = application["Globals"]["Function"]["Environment"]["Variables"]
    return {name: _resolved(value, known, application["Conditions"]) for name, value in wanted.items()}


def _resolved(value: Any, values: dict[str, str], conditions: dict[str, Any]) -> str:
    if isinstance(value, str):
        return value
    if "Fn::If" in value:
        condition, then, otherwise = value["Fn::If"]
        return _resolved(
            then if _holds({"Condition": condition}, values, conditions) else otherwise, values, conditions
        )
    if "Ref" in value:
        return values[value["Ref"]]
    text: str = value["Fn::Sub"]
    for name, known in values.items():
        text = text.replace(f"${{{name}}}", known)
    return text


def _holds(condition: dict[str, Any], values: dict[str, str], conditions: dict[str, Any]) -> bool:
    ((kind, told),) = condition.items()
    if kind == "Condition":
        return _holds(conditions[told], values, conditions)
    if kind == "Fn::Equals":
        one, other = (_resolved(each, values, conditions) for each in told)
        return one == other
    inner = all(_holds(each, values, conditions) for each in told)
    return {"Fn::Not": not inner, "Fn::And": inner}[kind]
