"""A mail as the mail service handed it over: where its octets lie, and what the service found of it."""

from dataclasses import dataclass

# Of a mail that was found without a notice of the mail service.
UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class StoredMail:
    """One mail in the bucket, and what SES found: verdicts are PASS, FAIL, GRAY or PROCESSING_FAILED, or UNKNOWN.

    Only a `dmarc` of PASS proves the sender; GRAY is a domain without a policy, which anybody may write as. `held` says
    that it is suspended: what becomes of it now is written over that.
    """

    id: str
    key: str
    recipients: tuple[str, ...]
    spam: str
    virus: str
    dmarc: str
    dmarc_policy: str | None = None
    held: bool = False

    @property
    def is_unverified(self) -> bool:
        """Whether the mail service has not told (yet) what it found."""
        return UNKNOWN in (self.spam, self.virus, self.dmarc)
