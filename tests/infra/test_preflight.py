"""What a deployment says of SES before it begins."""

import boto3
import pytest
from botocore.stub import Stubber

from infra import preflight


def told(**given):
    wanted = {"mail_domain": "mail.example.com", "support_email": "help@example.com", "rule_set": "inbound"}
    return list(preflight.findings(**wanted | given))


@pytest.fixture
def ses(monkeypatch):
    """SES as its answers say: `answers` has one for each call."""
    v2, v1 = boto3.client("sesv2", "eu-west-1"), boto3.client("ses", "eu-west-1")

    def answering(account=None, identity=None, active=None):
        answers.add_response("get_account", account or {})
        for _ in range(2):
            answers.add_response("get_email_identity", identity or {})
        rules.add_response("describe_active_receipt_rule_set", {"Metadata": {"Name": active}} if active else {})
        monkeypatch.setattr(preflight, "_client", lambda name: {"sesv2": v2, "ses": v1}[name])

    with Stubber(v2) as answers, Stubber(v1) as rules:
        yield answering


def test_an_account_that_is_ready_has_nothing_to_do(ses):
    quota = {"MaxSendRate": 14.0, "Max24HourSend": 50_000.0, "SentLast24Hours": 12.0}
    account = {"ProductionAccessEnabled": True, "SendingEnabled": True, "SendQuota": quota}
    proven = {"VerifiedForSendingStatus": True, "DkimAttributes": {"Status": "SUCCESS"}}
    ses(account, proven, "inbound")

    lines = told()

    assert lines[0] == "mail: 14 a second, 50000 a day, 12 sent in the last day"
    assert not [line for line in lines if "TO DO" in line]


def test_sandbox_pause_missing_dns_and_another_rule_set_are_said(ses):
    ses({"ProductionAccessEnabled": False, "SendingEnabled": False}, {"VerifiedForSendingStatus": False}, "of-others")

    to_do = " ".join(line for line in told() if "TO DO" in line)

    for words in ("sandbox", "paused", "mail.example.com: TO DO not verified", "RECEIPT_RULE_SET=of-others"):
        assert words in to_do


def test_a_region_without_an_active_rule_set_is_said(ses):
    ses()

    assert "no receipt rule set is active" in told()[-1]


def test_what_an_emulator_does_not_know_stops_nothing(monkeypatch):
    made = boto3.client("sesv2", "eu-west-1")
    monkeypatch.setattr(preflight, "_client", lambda _name: made)
    monkeypatch.setattr(preflight, "_rule_set", lambda _wanted: iter(()))
    with Stubber(made) as ignorant:
        ignorant.add_client_error("get_account", "UnknownOperationException")
        ignorant.add_client_error("get_email_identity", "UnknownOperationException")

        lines = told(support_email="help@mail.example.com")

    assert [line.partition(" could")[0] for line in lines] == [
        "mail: the account",
        "mail: the identity mail.example.com",
    ]


def test_a_stage_without_mail_is_asked_nothing():
    assert told(mail_domain="") == ["mail: MAIL_DOMAIN is not set, so this stage gets no mail resources"]
