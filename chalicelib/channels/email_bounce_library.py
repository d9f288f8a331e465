"""flufl.bounce, Mailman's collection of bounces that follow no standard, in a guard: a few mail systems write an
address in no way that a general rule could know. Only asked about what already looks like a bounce.
"""

from email import message_from_bytes

from chalicelib import log
from chalicelib.channels import email_addresses

# Its rules look at the beginning of a report; the mail that came back may be long.
MAX_READ = 65_536


def recipients(raw: bytes) -> tuple[str, ...]:
    """The addresses it finds, bare and lower-cased; none when it fails."""
    from flufl.bounce import all_failures

    try:
        for_now, for_good = all_failures(message_from_bytes(raw[:MAX_READ]))
    # Others' code over strangers' octets, parsed by the standard library, which raises where ours does not.
    except Exception as error:
        log.warning("bounce.library-failed", error=type(error).__name__)
        return ()
    found = (email_addresses.bare_email(one.decode("utf-8", "replace")) for one in sorted(for_good or for_now))
    return tuple(dict.fromkeys(email for email in found if email))
