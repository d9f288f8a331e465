"""What SES says of this account before a deployment, in words: sandbox, rate, quota, whether our domains are proven and
where mail comes in. It only tells: a stage without mail, or one still waiting for DNS, may stand as well.
"""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

# Five senders at once, a fifth of a second each: infra/app.yaml's Send.
SENDERS_A_SECOND = 25


def findings(mail_domain: str, support_email: str, rule_set: str) -> Iterator[str]:
    """One line for each thing that was looked at; those that want something done begin with `mail: TO DO`."""
    if not mail_domain:
        yield "mail: MAIL_DOMAIN is not set, so this stage gets no mail resources"
        return
    yield from _read("the account", _account)
    for domain in sorted({mail_domain, support_email.rpartition("@")[2]}):
        yield from _read(f"the identity {domain}", lambda domain=domain: _identity(domain))  # type: ignore[misc]
    yield from _read("the receipt rule set", lambda: _rule_set(rule_set))


def _read(what: str, look: Callable[[], Iterator[str]]) -> Iterator[str]:
    """What is seen, or that it could not be seen: an emulator may know nothing of it."""
    try:
        yield from look()
    except (ClientError, BotoCoreError) as error:
        yield f"mail: {what} could not be looked at: {error}"


def _account() -> Iterator[str]:
    account: dict[str, Any] = _client("sesv2").get_account()
    quota = account.get("SendQuota", {})
    rate, day = quota.get("MaxSendRate", 0), quota.get("Max24HourSend", 0)
    yield f"mail: {rate:g} a second, {day:g} a day, {quota.get('SentLast24Hours', 0):g} sent in the last day"
    if not account.get("ProductionAccessEnabled"):
        yield "mail: TO DO the account is in the sandbox: only verified addresses get mail; ask for production access"
    if not account.get("SendingEnabled", True):
        yield "mail: TO DO sending is paused for this account; what is queued waits three days, then agents are told"
    if rate > SENDERS_A_SECOND:
        yield f"mail: the senders make about {SENDERS_A_SECOND} a second; raise MaximumConcurrency of Send to use more"


def _identity(domain: str) -> Iterator[str]:
    try:
        identity: dict[str, Any] = _client("sesv2").get_email_identity(EmailIdentity=domain)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NotFoundException":
            raise
        yield f"mail: {domain} is no identity yet; the data stack makes that of MAIL_DOMAIN, any other is yours to make"
        return
    dkim = identity.get("DkimAttributes", {}).get("Status", "unknown")
    sender = identity.get("MailFromAttributes", {}).get("MailFromDomainStatus", "none")
    proven = identity.get("VerifiedForSendingStatus", False)
    state = "verified" if proven else "TO DO not verified yet"
    yield f"mail: {domain}: {state}, DKIM {dkim}, MAIL FROM {sender}"


def _rule_set(wanted: str) -> Iterator[str]:
    active = _client("ses").describe_active_receipt_rule_set().get("Metadata", {}).get("Name")
    if not active:
        yield "mail: TO DO no receipt rule set is active in this region, so no mail comes in"
    elif wanted != active:
        yield f"mail: TO DO the active receipt rule set is {active}: deploy with RECEIPT_RULE_SET={active}"
    else:
        yield f"mail: comes in by the receipt rule set {active}"


def _client(service: str) -> Any:
    return boto3.client(service)
