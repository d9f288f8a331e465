"""What S3 tells of a raw mail, a quarter of an hour after it was stored: the queue holds it back that long.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

from typing import Any
from urllib.parse import unquote_plus

from chalicelib.actions.account_mail import account

# As often as the queue lets it come (infra/data.yaml); after that it would lie among the dead letters.
TRIES = 5


def is_one(body: dict[str, Any]) -> bool:
    """Whether S3 wrote it; when it is told of a queue it sends a first one there, to see whether it may."""
    return body.get("Event") == "s3:TestEvent" or "Records" in body


def handle(body: dict[str, Any], tries: int) -> None:
    """See to it that each mail it names is accounted for; `tries` counts how often this one was received."""
    for record in body.get("Records", ()):
        account(unquote_plus(record["s3"]["object"]["key"]), last_try=tries >= TRIES)
