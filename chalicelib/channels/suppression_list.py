"""SES's own list of addresses that mail of this account came back from: it sends nothing to them, whatever we ask."""

from chalicelib import aws
from chalicelib.domain.contact import ascii_email


def remove(email: str) -> None:
    """Take the address off the list; one that is not on it is left as it is.

    Raises what botocore raises when SES could not be asked.
    """
    from botocore.exceptions import ClientError

    try:
        aws.client("sesv2").delete_suppressed_destination(EmailAddress=ascii_email(email) or email)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NotFoundException":
            raise
