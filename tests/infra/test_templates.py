"""The templates against each other, against the code, and against limits that no emulator enforces."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.api.problem_words import PROBLEMS
from chalicelib.channels import webhook_out
from chalicelib.domain import job
from chalicelib.inbound import raw_mail_notice
from chalicelib.store import idempotency, jobs, raw_mail, table, uploads
from infra.local import arrivals
from tests.infra.conftest import ROOT, Package

# DynamoDB's API reference, Projection: "NonKeyAttributes" may have 20 members, and a table 100 over all its indexes.
MOST_AN_INDEX, MOST_A_TABLE = 20, 100
INDEXES = {"inbox", "assignee", "customer", "created", "promise", "due"}


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (!Ref, !Sub …) as plain values."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: getattr(node, "value", None))


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return yaml.load((ROOT / "infra" / "data.yaml").read_text(), _Loader)


@pytest.fixture(scope="module")
def indexes(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["IndexName"]: each for each in data["Resources"]["Table"]["Properties"]["GlobalSecondaryIndexes"]}


def functions(application: dict[str, Any]) -> dict[str, dict[str, Any]]:
    resources = application["Resources"].items()
    return {name: each["Properties"] for name, each in resources if each["Type"] == "AWS::Serverless::Function"}


def test_cfn_lint_finds_nothing(built: Package) -> None:
    names = [str(path) for path in sorted(built.dist.glob("*.yaml"))]
    assert len(names) == 3
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--non-zero-exit-code", "warning", "--", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_table_has_its_six_indexes_by_their_own_keys(indexes: dict[str, dict[str, Any]]) -> None:
    assert set(indexes) == INDEXES
    for name, index in indexes.items():
        assert [key["AttributeName"] for key in index["KeySchema"]] == [f"{name}_pk", f"{name}_sk"]


def test_indexes_carry_no_more_than_dynamodb_allows(indexes: dict[str, dict[str, Any]]) -> None:
    sizes = {name: len(index["Projection"].get("NonKeyAttributes", [])) for name, index in indexes.items()}
    assert {name: size for name, size in sizes.items() if size > MOST_AN_INDEX} == {}
    assert sum(sizes.values()) <= MOST_A_TABLE


def test_code_and_template_say_the_same_of_every_index(indexes: dict[str, dict[str, Any]]) -> None:
    for name, index in indexes.items():
        in_code = getattr(table.Row, name).Meta.projection
        assert in_code.projection_type == index["Projection"]["ProjectionType"], name
        assert sorted(in_code.non_key_attributes or []) == sorted(index["Projection"].get("NonKeyAttributes", [])), name


def test_what_holds_data_outlives_its_stack(data: dict[str, Any]) -> None:
    holding = {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SecretsManager::Secret"}
    kept = [each for each in data["Resources"].values() if each["Type"] in holding]
    assert len(kept) > 10
    for each in kept:
        assert (each["DeletionPolicy"], each["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_what_only_passes_through_the_files_bucket_ends_there(data: dict[str, Any]) -> None:
    rules = data["Resources"]["FilesBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "Prefix" in rule}
    assert days[uploads.WAITING] > uploads.KEPT.days
    assert days[uploads.IMPORTS] > uploads.IMPORT_KEPT.days + job.KEPT.days
    assert days[f"{jobs.folder('').strip('/')}/"] > job.KEPT.days
    assert days["answers/"] > idempotency.KEPT.days
    assert not any("attachments/".startswith(prefix) or "bodies/".startswith(prefix) for prefix in days)


def test_every_variable_the_code_reads_is_set(application: dict[str, Any]) -> None:
    code = "".join(path.read_text() for path in [ROOT / "app.py", *(ROOT / "chalicelib").rglob("*.py")])
    read = set(re.findall(r"environ(?:\.get\(|\[)[\"'](DIWAN_\w+)", code))
    given = set(application["Globals"]["Function"]["Environment"]["Variables"])
    given |= set(functions(application)["APIHandler"]["Environment"]["Variables"])
    # On AWS the secret itself is never in the environment, only where to find it.
    # And only a developer's machine lets webhooks lead to itself.
    assert read - given == {"DIWAN_SIGNING_SECRET", "DIWAN_WEBHOOK_LOOPBACK"}
    # A version that nobody reads ends the processes which remember the secret before it.
    assert given - read == {"DIWAN_ORIGIN_SECRET_VERSION"}


def test_every_output_that_the_application_wants_is_one_of_the_data_stack(
    application: dict[str, Any], data: dict[str, Any]
) -> None:
    wanted = {name for name in application["Parameters"] if re.search(r"(Name|Arn|Url)$", name)}
    assert wanted - set(data["Outputs"]) == {"PublicUrl", "FrontCertificateArn", "TicketSearchArn"}


def test_every_function_has_a_role_and_a_log_of_its_own(application: dict[str, Any]) -> None:
    found = functions(application)
    assert set(found) == {"APIHandler", "Inbound", "Jobs", "Send", "Webhooks", "Dispatch", "Minute", "Night"}
    assert len({json.dumps(each["Role"]) for each in found.values()}) == len(found)
    assert len({json.dumps(each["LoggingConfig"]) for each in found.values()}) == len(found)
    assert all("Fn::GetAtt" in each["Role"] for each in found.values())


def test_no_role_may_do_everything(application: dict[str, Any]) -> None:
    text = json.dumps(application["Resources"])
    assert not re.search(r'"Action": "(\*|\w+:\*)"|"[\w-]+:\*"', text)
    assert "dynamodb:Scan" not in text


def test_the_secret_of_the_front_is_read_by_the_function_behind_it_alone(application: dict[str, Any]) -> None:
    resources = application["Resources"].items()
    reading = {name for name, each in resources if '"OriginSecret"' in json.dumps(each)}
    assert reading == {"APIHandler", "ApiRole"}


def test_only_who_starts_an_attempt_may_fill_the_queue_of_webhooks(application: dict[str, Any]) -> None:
    roles = {name: json.dumps(each) for name, each in application["Resources"].items() if name.endswith("Role")}
    putting = {name for name, text in roles.items() if "sqs:SendMessage" in text and "WebhooksQueueArn" in text}
    assert putting == {"ApiRole", "JobsRole", "WebhooksRole", "MinuteRole"}


def test_what_posts_to_addresses_of_others_may_read_no_file_and_send_no_mail(application: dict[str, Any]) -> None:
    (policy,) = application["Resources"]["WebhooksRole"]["Properties"]["Policies"]
    actions = {one for each in policy["PolicyDocument"]["Statement"] for one in _listed(each["Action"])}
    assert {action.partition(":")[0] for action in actions} == {"logs", "sqs"}


def test_slow_receivers_keep_ten_functions_busy_and_no_more(application: dict[str, Any]) -> None:
    (source,) = functions(application)["Webhooks"]["Events"].values()
    assert source["Properties"]["ScalingConfig"] == {"MaximumConcurrency": 10}
    assert source["Properties"]["BatchSize"] == 1
    assert functions(application)["Webhooks"]["Timeout"] >= webhook_out.SECONDS + 10


def test_a_job_that_ends_its_process_takes_no_other_along(application: dict[str, Any]) -> None:
    (source,) = functions(application)["Jobs"]["Events"].values()
    assert source["Properties"]["BatchSize"] == 1


def test_a_job_that_fails_rings(data: dict[str, Any]) -> None:
    alarms = yaml.load((ROOT / "infra" / "monitoring.yaml").read_text(), _Loader)["Resources"]
    (told,) = alarms["JobsGivenUpCount"]["Properties"]["MetricTransformations"]
    watched = alarms["JobsGivenUp"]["Properties"]
    assert watched["MetricName"] == told["MetricName"]
    assert '"job.failed"' in alarms["JobsGivenUpCount"]["Properties"]["FilterPattern"]


def test_no_delete_marker_stays_where_versions_end(data: dict[str, Any]) -> None:
    versioned = [each["Properties"] for each in data["Resources"].values() if "VersioningConfiguration" in str(each)]
    assert len(versioned) == 2
    for bucket in versioned:
        rules = bucket["LifecycleConfiguration"]["Rules"]
        assert any(rule.get("ExpiredObjectDeleteMarker") and "Prefix" not in rule for rule in rules)


def _listed(action: Any) -> list[str]:
    return action if isinstance(action, list) else [action]


def test_who_reads_the_index_may_see_that_it_is_not_there_yet(application: dict[str, Any]) -> None:
    for name in ("ApiRole", "JobsRole", "NightRole"):
        (policy,) = application["Resources"][name]["Properties"]["Policies"]
        (listing,) = [each for each in policy["PolicyDocument"]["Statement"] if each.get("Action") == "s3:ListBucket"]
        assert ":${SearchBucketName}" in str(listing["Resource"]), name


def test_who_asks_whether_a_file_is_there_may_see_that_it_is_not(application: dict[str, Any]) -> None:
    for name in ("ApiRole", "JobsRole"):
        (policy,) = application["Resources"][name]["Properties"]["Policies"]
        (listing,) = [each for each in policy["PolicyDocument"]["Statement"] if each.get("Action") == "s3:ListBucket"]
        assert all(f":${{{bucket}}}" in str(listing["Resource"]) for bucket in ("FilesBucketName", "MailBucketName"))


def test_calls_come_from_the_instance_that_is_named_and_where_one_is(
    application: dict[str, Any], data: dict[str, Any]
) -> None:
    rule = data["Resources"]["CallsRule"]
    (asked,) = application["Resources"]["JobsRole"]["Properties"]["Policies"]

    assert rule["Condition"] == "HasConnect"
    assert rule["Properties"]["EventPattern"]["detail"]["instanceArn"] == ["ConnectInstance"]
    allowed = [each["Fn::If"][1] for each in asked["PolicyDocument"]["Statement"] if "Fn::If" in each]
    resources = {each["Action"]: each["Resource"] for each in allowed if "connect:" in str(each["Action"])}
    assert resources == {
        "connect:DescribeContact": {"Fn::Sub": "${ConnectInstance}/contact/*"},
        "connect:DescribeUser": {"Fn::Sub": "${ConnectInstance}/agent/*"},
    }


@pytest.mark.parametrize("handler", ["Inbound", "Jobs", "Send", "Webhooks"])
def test_message_stays_hidden_as_long_as_its_function_may_run(
    application: dict[str, Any], data: dict[str, Any], handler: str
) -> None:
    visible_after = data["Resources"][f"{handler}Queue"]["Properties"]["VisibilityTimeout"]
    assert visible_after >= 2 * functions(application)[handler]["Timeout"]


@pytest.mark.parametrize("handler", ["Inbound", "Jobs", "Send", "Webhooks", "Dispatch"])
def test_functions_answer_for_each_message_by_itself(application: dict[str, Any], handler: str) -> None:
    for source in functions(application)[handler]["Events"].values():
        assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_raw_mail_is_looked_for_when_its_notice_must_have_been_handled(
    application: dict[str, Any], data: dict[str, Any]
) -> None:
    bucket, queue = data["Resources"]["MailBucket"]["Properties"], data["Resources"]["RawQueue"]["Properties"]
    (told,) = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert (told["Event"], told["Queue"]) == ("s3:ObjectCreated:*", "RawQueue.Arn")
    assert told["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": raw_mail.FOLDER}]
    (stored,) = data["Resources"]["MailReceipt"]["Properties"]["Rule"]["Actions"]
    assert stored["S3Action"]["ObjectKeyPrefix"] == raw_mail.FOLDER == arrivals.FOLDER
    assert queue["DelaySeconds"] == 15 * 60
    assert queue["RedrivePolicy"]["maxReceiveCount"] == raw_mail_notice.TRIES
    inbound = functions(application)["Inbound"]
    assert inbound["Events"]["RawSqsEventSource"]["Properties"]["Queue"] == {"Ref": "RawQueueArn"}
    assert queue["VisibilityTimeout"] >= 2 * inbound["Timeout"]


def test_stream_wakes_the_dispatcher_for_pending_events_only(application: dict[str, Any]) -> None:
    (source,) = functions(application)["Dispatch"]["Events"].values()
    (only,) = source["Properties"]["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"dispatch": {"S": ["pending"]}}},
    }


def test_what_the_gateway_answers_itself_is_a_problem_document(application: dict[str, Any]) -> None:
    answers = application["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    for answer in answers.values():
        text = answer["ResponseTemplates"]["application/json"]["Fn::Sub"]
        problem = json.loads(text.replace("$context.error.messageString", '"…"'))
        assert {"detail", "request_id", "errors"} <= set(problem)
        assert problem["type"] == f"${{PublicUrl}}/docs/problems/{problem['code']}"
        assert problem["title"] == PROBLEMS[problem["code"]].title("en")
        assert str(problem.get("status", answer.get("StatusCode"))) == str(answer.get("StatusCode"))
        assert answer["ResponseParameters"]["Headers"]["Content-Type"] == "'application/problem+json'"


def test_application_template_has_no_aliases(built: Package) -> None:
    assert not re.search(r": [&*]id\d", (built.dist / "app.yaml").read_text())


def test_receipts_of_texts_come_by_a_topic_of_their_own_where_there_are_texts(data: dict[str, Any]) -> None:
    resources = data["Resources"]
    (events,) = resources["SmsConfigurationSet"]["Properties"]["EventDestinations"]
    assert (events["MatchingEventTypes"], events["Enabled"]) == (["TEXT_ALL"], True)
    assert events["SnsDestination"] == {"TopicArn": "SmsFeedbackTopic"}
    for name in ("SmsConfigurationSet", "SmsFeedbackTopic", "SmsFeedbackSubscription", "SmsFeedbackPolicy"):
        assert resources[name]["Condition"] == "HasSms", name
    (publishes,) = resources["SmsFeedbackPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert publishes["Principal"] == {"Service": "sms-voice.amazonaws.com"}
    assert resources["SmsFeedbackSubscription"]["Properties"]["TopicArn"] == "SmsFeedbackTopic"


def test_texts_are_sent_by_the_service_that_the_stage_names(application: dict[str, Any]) -> None:
    told = application["Globals"]["Function"]["Environment"]["Variables"]
    for name in ("SERVICE", "SENDER_ID", "MAX_PRICE"):
        parameter = "Sms" + "".join(word.title() for word in name.split("_"))
        assert told[f"DIWAN_SMS_{name}"] == {"Ref": parameter}
    (send,) = application["Resources"]["SendRole"]["Properties"]["Policies"]
    allowed = [
        one["Fn::If"][1]
        for one in send["PolicyDocument"]["Statement"]
        if "Fn::If" in one and one["Fn::If"][0] == "SendsBySmsVoice"
    ]
    assert [one["Action"] for one in allowed] == ["sms-voice:SendTextMessage"]
    assert all("Fn::Sub" in one and one["Fn::Sub"].endswith("/*") for one in allowed[0]["Resource"])
