"""The local AWS account: an engine with the data stack in it, and the environment that leads the product there.

`enter` must come before `app` is imported: PynamoDB reads the region when a table class is made.
"""

import importlib
import os
import time
from pathlib import Path
from typing import Any

from infra.local.engine import ROOT, Engine

REGION = "eu-west-1"
STACK = "diwan-data"
TEMPLATE = ROOT / "infra" / "data.yaml"
SUPPORT_EMAIL = "help@ghusn.example"
SUPPORT_PHONE = "+21670555014"
WHATSAPP_PHONE_NUMBER_ID = "phone-number-id-976c72a700aac43eaf573ae050example"
# Those of the engine's root: of links to files it checks the signature, as S3 does.
_CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


class World:
    """One account. `outputs` are those of `infra/data.yaml`; queue addresses are asked for, never remembered."""

    def __init__(self, data: Path) -> None:
        self.engine = Engine(data / "engine")
        self.outputs: dict[str, str] = {}
        self._untouched = False
        self._clients: dict[str, Any] = {}

    def start(self) -> None:
        """Start the engine, and make what `infra/data.yaml` names where it does not stand already.

        Raises:
            RuntimeError: the engine did not start, or its world was made from another `infra/data.yaml`.
        """
        self.engine.launch()
        _load_libraries()
        self.engine.wait()
        self._clients.clear()
        self._untouched = False
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        if not any(stack["StackName"] == STACK for stack in stacks):
            self._build()
        self.outputs = _outputs(self.client("cloudformation"))
        made_from = self.client("cloudformation").get_template(StackName=STACK)["TemplateBody"]
        if _meaning(made_from) != _meaning(TEMPLATE.read_text()):
            raise RuntimeError(
                f"this world was made from another {TEMPLATE.name}: remove it, or choose another by DATA=…"
            )

    def rebuild(self) -> None:
        """A fresh account: everything is forgotten and made again."""
        if not self._untouched:
            self.engine.wipe()
            self._build()
        self._untouched = False

    def _build(self) -> None:
        self._untouched = True
        self.client("cloudformation").create_stack(StackName=STACK, TemplateBody=TEMPLATE.read_text())
        self.outputs = _outputs(self.client("cloudformation"))

    def client(self, service: str) -> Any:
        """A client of the engine itself; the product's own SES and SNS clients go to the post office instead."""
        if service not in self._clients:
            import boto3

            self._clients[service] = boto3.client(
                service, endpoint_url=self.engine.endpoint, region_name=REGION, **_CREDENTIALS
            )
        return self._clients[service]

    def queue_url(self, name: str) -> str:
        """The address of the queue that the template calls `<name>Queue`, as of this start."""
        return self._queue_url(self.outputs[f"{name}QueueArn"].rpartition(":")[2])

    def dead_letters_url(self, name: str) -> str:
        return self._queue_url(self.outputs[f"{name}DeadLettersName"])

    def dead_letters(self, name: str) -> list[str]:
        """The bodies of what `<name>Queue` gave up."""
        return self.engine.peek(self.dead_letters_url(name))

    def _queue_url(self, queue_name: str) -> str:
        return str(self.client("sqs").get_queue_url(QueueName=queue_name)["QueueUrl"])


def enter(world: World, post_office: str, public_url: str, signing_secret: str) -> None:
    """Point this process at the world: the product reads nothing but its environment.

    `post_office` is the endpoint that plays SESv2, SNS text messages and WhatsApp. The developer's own AWS settings
    are shut out.
    """
    for name in [name for name in os.environ if name.startswith(("AWS_", "DIWAN_"))]:
        del os.environ[name]
    os.environ.update(_aws_environment(world.engine.endpoint, post_office))
    os.environ.update(_product_environment(world, public_url, signing_secret))


def _aws_environment(engine: str, post_office: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": engine,
        "AWS_ENDPOINT_URL_SESV2": post_office,
        "AWS_ENDPOINT_URL_SNS": post_office,
        "AWS_ENDPOINT_URL_SOCIALMESSAGING": post_office,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": _CREDENTIALS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": _CREDENTIALS["aws_secret_access_key"],
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def _product_environment(world: World, public_url: str, signing_secret: str) -> dict[str, str]:
    outputs = world.outputs
    return {
        "DIWAN_STAGE": "local",
        "DIWAN_TABLE": outputs["TableName"],
        "DIWAN_MAIL_BUCKET": outputs["MailBucketName"],
        "DIWAN_FILES_BUCKET": outputs["FilesBucketName"],
        "DIWAN_SEARCH_BUCKET": outputs["SearchBucketName"],
        "DIWAN_JOBS_QUEUE_URL": world.queue_url("Jobs"),
        "DIWAN_SEND_QUEUE_URL": world.queue_url("Send"),
        "DIWAN_WEBHOOKS_QUEUE_URL": world.queue_url("Webhooks"),
        "DIWAN_WEBHOOK_LOOPBACK": "allow",
        "DIWAN_MAIL_TOPIC_ARN": outputs["MailTopicArn"],
        "DIWAN_SMS_TOPIC_ARN": outputs["SmsTopicArn"],
        "DIWAN_WHATSAPP_PHONE_NUMBER_ID": WHATSAPP_PHONE_NUMBER_ID,
        "DIWAN_FEEDBACK_TOPIC_ARN": outputs["FeedbackTopicArn"],
        "DIWAN_PUBLIC_URL": public_url,
        "DIWAN_SUPPORT_EMAIL": SUPPORT_EMAIL,
        "DIWAN_SUPPORT_PHONE": SUPPORT_PHONE,
        "DIWAN_SES_CONFIGURATION_SET": "local",
        "DIWAN_SIGNING_SECRET": signing_secret,
    }


def _load_libraries() -> None:
    """What the product needs first and takes longest to load, while the engine starts on another processor."""
    for name in ("boto3", "chalice", "pynamodb.models", "jinja2"):
        importlib.import_module(name)


def _meaning(template: str) -> list[str]:
    """The template's lines without its comments."""
    return [line.rstrip() for line in template.splitlines() if line.strip() and not line.strip().startswith("#")]


def _outputs(cloudformation: Any) -> dict[str, str]:
    while True:
        stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
        if stack["StackStatus"] == "CREATE_COMPLETE":
            return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        if not stack["StackStatus"].endswith("IN_PROGRESS"):
            raise RuntimeError(f"{TEMPLATE.name}: {stack['StackStatus']}: {stack.get('StackStatusReason')}")
        time.sleep(0.05)
