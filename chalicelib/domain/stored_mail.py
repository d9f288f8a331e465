"""A mail as the mail service handed it over: where its octets lie, and what the service found of it."""

from dataclasses import dataclass

# Of a mail that was found without a notice of the mail service.
UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class StoredMail:
    """One mail in the bucket, and what SES found: verdicts are PASS, FAIL, GRAY or PROCESSING_FAILED, or UNKNOWN.

    Only a `dmarc` of PASS proves the sender; GRAY is a domain without a policy, which anybody may write as. `spf` is
    about `envelope_sender` and says nothing of From by itself. `held` says that it is suspended: what becomes of it now
    is written over that; `cause` says why it was.
    """

    id: str
    key: str
    recipients: tuple[str, ...]
    spam: str
    virus: str
    dmarc: str
    dmarc_policy: str | None = None
    spf: str = "GRAY"
    envelope_sender: str = ""
    held: bool = False
    cause: str | None = None

    @property
    def is_proven(self) -> bool:
        return self.dmarc == "PASS"

    def may_come_from(self, address: str) -> bool:
        """Whether it came from the address's own domain, as far as that lets anybody know.

        Many small domains have no DMARC policy; SPF says that one of their servers sent it, if the envelope names them.
        """
        aligned = self.spf == "PASS" and _domain(self.envelope_sender) == _domain(address) != ""
        return self.is_proven or (self.dmarc == "GRAY" and aligned)

    @property
    def caution(self) -> str | None:
        """What an agent has to know of it once it is a message: why it was suspended, or that nobody looked for a
        virus in it (`unscanned`).
        """
        return self.cause or ("unscanned" if self.virus in ("GRAY", "PROCESSING_FAILED", "DISABLED") else None)

    @property
    def is_unverified(self) -> bool:
        """Whether the mail service has not told (yet) what it found."""
        return UNKNOWN in (self.spam, self.virus, self.dmarc)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip(" >").lower() if "@" in address else ""
