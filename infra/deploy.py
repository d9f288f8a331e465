"""`python -m infra.deploy`: puts dist/ on AWS: the data stack, the zip, the static files, the application, the alarms.

What a deployment is called and where customers reach it comes from the environment (docs/operating.md lists it). The
address of a new CloudFront distribution is known only once it stands, and its secret may be asked for only once it is
sent, so a first deployment updates the application twice. `AWS_ENDPOINT_URL` points all of it at an emulator.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.exceptions import ClientError

from chalicelib import static_files
from infra import preflight, text_number, whatsapp_number

ROOT = Path(__file__).resolve().parents[1]
_DIST = ROOT / "dist"
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
# Parameters of the templates, by the variable of the environment that sets each. An absent one keeps what it was.
_FROM_ENVIRONMENT = {
    "AlarmEmail": "ALARM_EMAIL",
    "ConnectInstance": "CONNECT_INSTANCE",
    "Front": "FRONT",
    "FrontCertificateArn": "FRONT_CERTIFICATE_ARN",
    "FrontDomain": "FRONT_DOMAIN",
    "LogRetentionDays": "LOG_RETENTION_DAYS",
    "MailDomain": "MAIL_DOMAIN",
    "OptOutListName": "OPT_OUT_LIST",
    "Outbound": "OUTBOUND",
    "PhoneRegion": "PHONE_REGION",
    "PortalOrigin": "PORTAL_ORIGIN",
    "PublicUrl": "PUBLIC_URL",
    "ReceiptRuleSet": "RECEIPT_RULE_SET",
    "ReplyKeys": "REPLY_KEYS",
    "Sms": "SMS",
    "SmsMaxPrice": "SMS_MAX_PRICE",
    "SmsSenderId": "SMS_SENDER_ID",
    "SmsService": "SMS_SERVICE",
    "Stage": "STAGE",
    "SupportEmail": "SUPPORT_EMAIL",
    "SupportPhone": "SUPPORT_PHONE",
    "TableName": "TABLE_NAME",
    "TableArn": "TABLE_ARN",
    "TableStreamArn": "TABLE_STREAM_ARN",
    "TicketSearch": "TICKET_SEARCH",
    "TicketSearchArn": "TICKET_SEARCH_ARN",
    "WhatsAppApiVersion": "WHATSAPP_API_VERSION",
    "WhatsAppPhoneNumberId": "WHATSAPP_PHONE_NUMBER_ID",
}
# Stands in for the address of a front that is being made; a link to it would lead nowhere, and none is made meanwhile.
_ADDRESS_UNKNOWN = "https://address.invalid"

# A standing application keeps its table: after a restore that is not the one which the data stack once made.
_TABLE = frozenset({"TableName", "TableArn", "TableStreamArn"})

Values = dict[str, str]


def main() -> None:
    """Deploy the stage `STAGE` from dist/, which `make package` wrote.

    Raises:
        SystemExit: STAGE or SUPPORT_EMAIL is not set, or dist/ is missing.
    """
    given = {name: os.environ[key] for name, key in _FROM_ENVIRONMENT.items() if os.environ.get(key)}
    _refuse_incomplete(given)
    for line in preflight.findings(given.get("MailDomain", ""), given["SupportEmail"], given.get("ReceiptRuleSet", "")):
        print(line)
    stage = given["Stage"]
    data = _stand(f"diwan-{stage}-data", (_DIST / "data.yaml").read_text(), given)
    _set_up_number(stage, data, given)
    _set_up_whatsapp(stage, data, given)
    zip_key = _upload_code(data["CodeBucketName"])
    _upload_static(data["StaticBucketName"])
    application = _deploy_application(stage, data, given, zip_key)
    if "AlarmEmail" in given:
        _stand(f"diwan-{stage}-alarms", (_DIST / "monitoring.yaml").read_text(), data | application | given)
    print(f"deployed {_parameters(_describe(f'diwan-{stage}'))['PublicUrl']}")


def stack_parameters(stack: str) -> Values:
    """The parameters of a stack that stands, empty for one that does not."""
    return _parameters(_describe(stack))


def _refuse_incomplete(given: Values) -> None:
    for name in ("Stage", "SupportEmail"):
        if name not in given:
            raise SystemExit(f"set {_FROM_ENVIRONMENT[name]} (docs/operating.md says what to)")
    if not (_DIST / "diwan.zip").exists():
        raise SystemExit("dist/diwan.zip is missing: run `make package` first")


def _set_up_number(stage: str, data: Values, given: Values) -> None:
    """Let the number that customers text leave STOP to us, where this stage takes text messages."""
    phone = given.get("SupportPhone") or stack_parameters(f"diwan-{stage}").get("SupportPhone")
    if data.get("OptOutListName") and phone:
        for line in text_number.set_up(phone, data["SmsTopicArn"], data["OptOutListName"]):
            print(line)


def _set_up_whatsapp(stage: str, data: Values, given: Values) -> None:
    number = given.get("WhatsAppPhoneNumberId") or stack_parameters(f"diwan-{stage}").get("WhatsAppPhoneNumberId")
    if number:
        for line in whatsapp_number.set_up(number, data["WhatsAppTopicArn"]):
            print(line)


def _deploy_application(stage: str, data: Values, given: Values, zip_key: str) -> Values:
    """Stand the application up and answer its outputs. What is `given` wins over the data stack's names (a restore)."""
    name = f"diwan-{stage}"
    url = _stage_template(data["CodeBucketName"], zip_key)
    if _describe(name):
        known = {key: value for key, value in data.items() if key not in _TABLE}
    else:
        known = data | {"PublicUrl": _ADDRESS_UNKNOWN}
    made = _stand(name, url, known | given)
    then = {"OriginSecretVersion": _current_version(made.get("OriginSecretArn", ""))}
    if stack_parameters(name)["PublicUrl"] == _ADDRESS_UNKNOWN:
        then["PublicUrl"] = _address(made)
    return _stand(name, url, then)


def _current_version(secret: str) -> str:
    """What the newest version of the secret is called, empty without one.

    The application is told of it last: from then on it asks for the secret, which CloudFront must send already.
    """
    if not secret:
        return ""
    versions = boto3.client("secretsmanager").describe_secret(SecretId=secret)["VersionIdsToStages"].items()
    return next(name for name, stages in versions if "AWSCURRENT" in stages)


def _address(outputs: Values) -> str:
    """Where the application answers when it has no address of its own: CloudFront, or without it the API's stage."""
    return (outputs.get("FrontUrl") or outputs["EndpointURL"]).rstrip("/")


def _stage_template(bucket: str, zip_key: str) -> str:
    """Put the application's template beside its zip and answer its address: it is over the 51,200 of a request."""
    template = yaml.safe_load((_DIST / "app.yaml").read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{bucket}/{zip_key}"
    text = yaml.dump(template).encode()
    key = f"{_sha256(text)}.yaml"
    s3 = boto3.client("s3")
    s3.put_object(Bucket=bucket, Key=key, Body=text)
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"


def _upload_code(bucket: str) -> str:
    """The key of the zip in `bucket`: its hash, so that an unchanged zip changes no function."""
    code = (_DIST / "diwan.zip").read_bytes()
    key = f"{_sha256(code)}.zip"
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=code)
    return key


def _upload_static(bucket: str) -> None:
    """What the last version's pages name stays beside it: those are in caches, and open in browsers."""
    folder, s3 = _DIST / "static", boto3.client("s3")
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        kind, cache = static_files.content_type(name), static_files.FOR_A_YEAR
        s3.put_object(Bucket=bucket, Key=f"static/{name}", Body=path.read_bytes(), ContentType=kind, CacheControl=cache)


def _stand(stack: str, template: str, values: Values) -> Values:
    """Create or update `stack` and wait for it; answers its outputs. `template` is a text, or an address in S3."""
    body = {"TemplateURL": template} if template.startswith("http") else {"TemplateBody": template}
    client, found = boto3.client("cloudformation"), _describe(stack)
    summary = client.get_template_summary(**body)
    parameters = _choose([each["ParameterKey"] for each in summary["Parameters"]], values, _parameters(found))
    request = {"StackName": stack, **body, "Parameters": parameters, "Capabilities": _CAPABILITIES}
    if found:
        _update(client, request)
    else:
        client.create_stack(**request, OnFailure="DELETE")
        client.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 5})
    print(f"stack {stack} stands")
    return _outputs(_describe(stack))


def _choose(keys: list[str], values: Values, before: Values) -> list[Values]:
    """Parameters for a request: what we say, else what the stack had, else the template's default."""
    chosen = before | values
    return [{"ParameterKey": key, "ParameterValue": chosen[key]} for key in keys if key in chosen]


def _update(client: Any, request: dict[str, Any]) -> None:
    try:
        client.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return
        raise
    waiter = client.get_waiter("stack_update_complete")
    waiter.wait(StackName=request["StackName"], WaiterConfig={"Delay": 5})


def _describe(stack: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return None if found["StackStatus"] == "DELETE_COMPLETE" else found


def _outputs(stack: dict[str, Any] | None) -> Values:
    return {each["OutputKey"]: each["OutputValue"] for each in (stack or {}).get("Outputs", [])}


def _parameters(stack: dict[str, Any] | None) -> Values:
    return {each["ParameterKey"]: each["ParameterValue"] for each in (stack or {}).get("Parameters", [])}


def _sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


if __name__ == "__main__":
    main()
