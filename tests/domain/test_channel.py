"""The table of channels: what reaches whom, and in which order."""

from typing import get_args

import pytest

from chalicelib.api.schemas import customers, values
from chalicelib.domain import channel


def test_the_api_names_the_same_channels():
    assert set(get_args(values.Channel)) == set(channel.CHANNELS)
    assert get_args(customers.ReachingChannel) == channel.REACHING


def test_a_number_is_reached_by_sms_before_whatsapp():
    assert channel.reaching("phone") == ("sms", "whatsapp")
    assert channel.reaching("external") == ()


@pytest.mark.parametrize(
    ("preferred", "order"),
    [
        (None, ("email", "sms")),
        ("sms", ("sms", "email")),
        ("whatsapp", ("whatsapp", "email", "sms")),
        ("portal", ("email", "sms")),
    ],
)
def test_what_somebody_prefers_is_tried_first(preferred, order):
    assert channel.in_order(preferred) == order
