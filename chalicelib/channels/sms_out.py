"""SMS by whichever service of AWS the stage names: _SERVICES is the one table, another service is one line in it.

None of them tries twice by itself: a message that timed out may be on its way.
"""

from collections.abc import Callable

from chalicelib import log, settings
from chalicelib.channels import sms_errors, sms_sns, sms_voice

_SERVICES: dict[str, Callable[[str, str, str], str]] = {"sns": sms_sns.publish, "sms-voice": sms_voice.send}


def send(to: str, body: str, *, delivery_id: str) -> str:
    """Hand one SMS to the stage's service and return its message id.

    Args:
        to: the number in E.164, such as `+21620123456`.
        body: as `sms_body` makes it: short enough, and without what no carrier takes.
        delivery_id: the delivery's own name, which End User Messaging gives back in its receipts.

    Raises:
        sending.Throttled: not sent, try later.
        sending.Rejected: not sent, and trying again is of no use (opted out, no such number).
        sending.Unknown: no answer came; it may have been sent.
    """
    try:
        carrier_id = _SERVICES[settings.sms_service()](to, body, delivery_id)
    except Exception as error:  # told apart by kind; a fault of ours is raised again as it was
        raise sms_errors.read(error) from error
    log.info("sms.sent", delivery_id=delivery_id, carrier_id=carrier_id)
    return carrier_id
