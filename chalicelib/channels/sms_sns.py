"""SMS by SNS Publish. It carries no tag, and tells of receipts in CloudWatch only: what it took stays sent."""

from chalicelib import aws, settings


def publish(to: str, body: str, delivery_id: str) -> str:
    """Hand it to SNS; returns its message id. Raises what botocore raises."""
    answer = aws.client("sns").publish(PhoneNumber=to, Message=body, MessageAttributes=_attributes())
    return str(answer["MessageId"])


def _attributes() -> dict[str, dict[str, str]]:
    """https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html"""
    told = {
        "AWS.SNS.SMS.SMSType": ("String", "Transactional"),
        "AWS.MM.SMS.OriginationNumber": ("String", settings.support_phone()),
        "AWS.SNS.SMS.SenderID": ("String", settings.sms_sender_id()),
        "AWS.SNS.SMS.MaxPrice": ("Number", settings.sms_max_price()),
    }
    return {name: {"DataType": kind, "StringValue": value} for name, (kind, value) in told.items() if value}
