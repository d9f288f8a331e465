"""AWS's own lists of numbers that want no SMS: it sends nothing to them, whatever we ask.

There are two ways to one wish: End User Messaging keeps a named list, on which numbers can be put; SNS keeps one for
the account, which can only be read, and left once in 30 days.
"""

from collections.abc import Callable, Iterator
from typing import Any

from chalicelib import aws, log, settings

_VOICE = "pinpoint-sms-voice-v2"
# What passes when it is tried later; all else is how AWS has it, and trying again would not change it.
_PASSING = ("Throttl", "TooManyRequests", "InternalServer", "InternalError", "ServiceUnavailable", "ConflictException")


def is_kept() -> bool:
    """Whether this stage mirrors a list at all."""
    return bool(settings.opt_out_list())


def put(e164: str) -> None:
    """Put the number on the list; one that is there stays.

    Raises what botocore raises when it is worth another try; else the refusal is logged.
    """
    name = settings.opt_out_list()
    _tolerating(lambda: aws.client(_VOICE).put_opted_out_number(OptOutListName=name, OptedOutNumber=e164))


def remove(e164: str) -> None:
    """Take the number off both lists; one that is on neither stays so. Raises as `put`."""
    name = settings.opt_out_list()
    _tolerating(lambda: aws.client(_VOICE).delete_opted_out_number(OptOutListName=name, OptedOutNumber=e164))
    _tolerating(lambda: aws.client("sns").opt_in_phone_number(phoneNumber=e164))


def listed() -> Iterator[list[str]]:
    """The numbers on the lists, a page at a time; what cannot be read is logged, and left out. Raises as `put`."""
    for read in (_of_end_user_messaging, _of_sns):
        pages = read()
        while (page := _tolerating(lambda pages=pages: next(pages, None))) is not None:  # type: ignore[misc]
            yield page


def _of_end_user_messaging() -> Iterator[list[str]]:
    pager = aws.client(_VOICE).get_paginator("describe_opted_out_numbers")
    for page in pager.paginate(OptOutListName=settings.opt_out_list()):
        yield [one["OptedOutNumber"] for one in page["OptedOutNumbers"]]


def _of_sns() -> Iterator[list[str]]:
    for page in aws.client("sns").get_paginator("list_phone_numbers_opted_out").paginate():
        yield page["phoneNumbers"]


def _tolerating(call: Callable[[], Any]) -> Any:
    from botocore.exceptions import ClientError

    try:
        return call()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code.startswith(_PASSING):
            raise
        log.warning("opt-out-list.refused", operation=error.operation_name, code=code)
        return None
