"""A mail as the mail service handed it over: where its octets lie, and what the service found of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoredMail:
    """One mail in the bucket, and what SES found: verdicts are PASS, FAIL, GRAY or PROCESSING_FAILED.

    Only a `dmarc` of PASS proves the sender; GRAY is a domain without a policy, which anybody may write as.
    """

    id: str
    key: str
    recipients: tuple[str, ...]
    spam: str
    virus: str
    dmarc: str
    dmarc_policy: str | None = None
