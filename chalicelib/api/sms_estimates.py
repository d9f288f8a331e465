"""What an answer by SMS would take and cost, so that whoever writes it can show it before it is sent."""

from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import sms_estimates as schemas
from chalicelib.channels import phone_numbers, sms_estimate
from chalicelib.store import shop


@operation(
    "Estimate an SMS", body=schemas.NewSmsEstimate, gives=schemas.SmsEstimate, status=200, refuses=("invalid-phone",)
)
def create(call: Call, body: schemas.NewSmsEstimate) -> Answer:
    """Nothing is sent. Prices are estimates from a table of ours, or your own (`sms.prices` of the settings)."""
    number = phone_numbers.normal_phone(body.to, "/to")
    made = sms_estimate.estimate(body.text, number, shop.read(), body.attachments, call.locale)
    return Answer(
        schemas.SmsEstimate(
            encoding=made.encoding,  # type: ignore[arg-type]
            parts=made.parts,
            left=made.left,
            price=made.price,
            currency=made.currency,
            linked=made.linked,
            price_version=made.price_version,
        )
    )
