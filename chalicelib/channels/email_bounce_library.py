"""flufl.bounce, Mailman's collection of bounces that follow no standard, in a guard: a few mail systems write an
address in no way that a general rule could know. Only asked about what already looks like a bounce.
"""

import logging
from email import message_from_bytes

from chalicelib import log
from chalicelib.channels import email_addresses

_ITS_LOG = logging.getLogger("flufl.bounce")

# Its rules look at the beginning of a report; the mail that came back may be long.
MAX_READ = 32_768
# It walks through all parts again for each of their lines, and the standard library parses parts in parts of their own.
MAX_PARTS = 30


def recipients(raw: bytes) -> tuple[str, ...]:
    """The addresses it finds, bare and lower-cased; none when it fails."""
    from flufl.bounce import all_failures

    beginning = raw[:MAX_READ]
    if beginning.lower().count(b"content-type:") > MAX_PARTS:
        return ()
    # It writes down each failure itself, with a traceback and no end; ours is one line. Whoever sets up logging anew
    # turns it on again.
    _ITS_LOG.disabled = True
    try:
        for_now, for_good = all_failures(message_from_bytes(beginning))
    # Others' code over strangers' octets, parsed by the standard library, which raises where ours does not.
    except Exception as error:
        log.warning("bounce.library-failed", error=type(error).__name__)
        return ()
    found = (email_addresses.bare_email(one.decode("utf-8", "replace")) for one in sorted(for_good or for_now))
    return tuple(dict.fromkeys(email for email in found if email))
