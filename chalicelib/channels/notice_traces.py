"""Whether a text or a file holds something of a notice to an agent, which must never reach a customer.

A notice carries the desk's address and the agent's signed one; mail programs quote any part of it, and attach it whole.
"""

import re
import unicodedata

from chalicelib import i18n, settings
from chalicelib.channels.email_traces import MARK
from chalicelib.domain import reply_address

# What `email/notice` says by itself.
_SENTENCES = (
    "Write your reply above this line",
    "%(name)s wrote in a ticket of yours",
    "Your answer was not sent",
    "An answer did not arrive",
    "An answer was marked as spam",
    "What you answer to this email goes to the customer.",
    "Open it on the desk",
)
_MARKS = re.compile(r"^[\s>|]+", re.MULTILINE)


def in_text(text: str) -> bool:
    """Whether one of a notice's own sentences, in any of our languages, or the desk's address is in it."""
    bare = _bare(text)
    own = (_bare(_longest(i18n.translate(locale, one))) for locale in i18n.LOCALES for one in _SENTENCES)
    desk = (f"{settings.public_url()}/agent", "/agent/tickets/")
    return any(one in bare for one in (*own, *map(_bare, desk)))


def in_file(content: bytes, ticket_id: str, agent_id: str) -> bool:
    """Whether it is a mail of ours, however it was packed, or names the address signed for the agent."""
    local = reply_address.beginning(ticket_id, reply_address.contact_tag(agent_id))
    lower = content.lower()
    return any(
        one.lower().encode(charset) in lower for one in (MARK, local) for charset in ("ascii", "utf-16-le", "utf-16-be")
    )


def _longest(sentence: str) -> str:
    return max(sentence.split("%(name)s"), key=len)


def _bare(text: str) -> str:
    """Without marks of a quote, white space and invisible signs: programs wrap lines wherever they like."""
    seen = "".join(sign for sign in _MARKS.sub("", text) if unicodedata.category(sign) != "Cf")
    return "".join(seen.casefold().split())
