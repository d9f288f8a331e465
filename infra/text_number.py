"""The number that customers text, before a deployment: whether AWS has it, lets texts come in by it, and leaves STOP
to us.

AWS answers STOP and HELP by itself, in English and for its own list only, unless a number is set to manage opt-outs
itself. That one thing is set here; all else is told.
"""

from collections.abc import Iterator
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError


def set_up(phone: str, topic: str, list_name: str) -> Iterator[str]:
    """One line for each thing that was looked at or set; those that want something done begin with `sms: TO DO`.

    Args:
        phone: our number, in E.164.
        topic: the ARN of the topic that texts are to come in by.
        list_name: AWS's opt-out list that ours is kept alike.
    """
    try:
        number = _find(phone)
        if number is None:
            yield f"sms: TO DO {phone} is no number of this account and region: buy it, or deploy with another"
            return
        yield _manage_opt_outs(number)
        yield _way_in(number, topic)
        yield from _list_of(number, list_name)
    except (ClientError, BotoCoreError) as error:
        yield f"sms: the number {phone} could not be looked at: {error}"


def _find(phone: str) -> dict[str, Any] | None:
    pages = _client().get_paginator("describe_phone_numbers").paginate()
    return next((one for page in pages for one in page["PhoneNumbers"] if one["PhoneNumber"] == phone), None)


def _manage_opt_outs(number: dict[str, Any]) -> str:
    if number["SelfManagedOptOutsEnabled"]:
        return f"sms: {number['PhoneNumber']} leaves STOP, HELP and START to us"
    _client().update_phone_number(PhoneNumberId=number["PhoneNumberId"], SelfManagedOptOutsEnabled=True)
    return f"sms: {number['PhoneNumber']} was set to leave STOP, HELP and START to us; AWS answers them no more"


def _way_in(number: dict[str, Any], topic: str) -> str:
    if number["TwoWayEnabled"] and number.get("TwoWayChannelArn") == topic:
        return "sms: texts come in by our topic"
    return f"sms: TO DO texts do not come in: switch two-way on for {number['PhoneNumber']}, with the topic {topic}"


def _list_of(number: dict[str, Any], list_name: str) -> Iterator[str]:
    known = number["OptOutListName"]
    if known != list_name:
        yield f"sms: TO DO the number's opt-out list is {known}: deploy with OPT_OUT_LIST={known}"


def _client() -> Any:
    return boto3.client("pinpoint-sms-voice-v2")
