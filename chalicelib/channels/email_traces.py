"""The traces that the ways of a mail left in its head: whoever they name, a mail that comes round again has them.

Anybody can write such traces, so they are only ever a reason to keep a mail apart.
"""

from dataclasses import dataclass

from chalicelib.channels import email_addresses
from chalicelib.channels.email_headers import Headers

# Every mail of ours carries it. Who answers or forwards a mail does not take it over; what sends it on as it is does.
MARK = "X-Diwan-Loop"


@dataclass(frozen=True)
class Traces:
    """`marks` are the mail domains of the desks like this one that sent it, `doors` the addresses that it was delivered
    to on its way, each as often as it was, `hops` how many machines took it in."""

    marks: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    hops: int = 0


NO_TRACES = Traces()


def read(headers: Headers) -> Traces:
    delivered = [one.email for value in headers.all("delivered-to") for one in email_addresses.mailboxes(value)]
    return Traces(
        marks=tuple(value.decode("ascii", "replace").strip().lower() for value in headers.all(MARK.lower())),
        doors=tuple(email for email in delivered if email),
        hops=len(headers.all("received")),
    )
