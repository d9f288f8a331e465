"""SMS by SNS Publish, which never tries twice by itself: a message that timed out may be on its way."""

from chalicelib import aws, log, settings
from chalicelib.channels import provider_errors

# SNS, Publish: "The total size limit for a single SMS Publish action is 1,600 characters."
MAX_TEXT = 1_600


def send(to: str, body: str, *, delivery_id: str) -> str:
    """Hand one SMS to SNS and return its message id.

    Args:
        to: the number in E.164, such as `+21620123456`.
        body: at most `MAX_TEXT` characters; SNS cuts it into parts itself.
        delivery_id: for the log, since SNS carries no tag on an SMS.

    Raises:
        sending.Throttled: not sent, try later.
        sending.Rejected: not sent, and trying again is of no use (opted out, no such number).
        sending.Unknown: no answer came; it may have been sent.
    """
    try:
        answer = aws.client("sns").publish(PhoneNumber=to, Message=body, MessageAttributes=_attributes())
    except Exception as error:  # told apart by kind; a fault of ours is raised again as it was
        raise provider_errors.read(error) from error
    log.info("sms.sent", delivery_id=delivery_id, carrier_id=answer["MessageId"])
    return answer["MessageId"]


def _attributes() -> dict[str, dict[str, str]]:
    ours = settings.support_phone()
    return {
        "AWS.SNS.SMS.SMSType": _text("Transactional"),
        **({"AWS.MM.SMS.OriginationNumber": _text(ours)} if ours else {}),
    }


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}
