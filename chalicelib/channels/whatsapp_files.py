"""Files of WhatsApp messages: Meta keeps them for 30 days, so AWS is asked at once to put each into our own bucket.

AWS adds the media's id to a key that it is given, but writes to a signed address exactly:
https://docs.aws.amazon.com/social-messaging/latest/APIReference/API_GetWhatsAppMessageMedia.html
"""

from chalicelib import aws, settings
from chalicelib.channels import provider_errors


def fetch(media_id: str, address: str) -> None:
    """Have the file put to the signed address.

    Raises:
        sending.Throttled, sending.Unknown: it may come another time.
        sending.Rejected: it never will.
    """
    try:
        aws.client("socialmessaging").get_whatsapp_message_media(
            mediaId=media_id,
            originationPhoneNumberId=settings.whatsapp_phone_number_id(),
            destinationS3PresignedUrl={"url": address, "headers": {}},
        )
    except Exception as error:  # told apart by kind; a fault of ours is raised again as it was
        raise provider_errors.read(error) from error
