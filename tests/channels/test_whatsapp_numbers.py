"""Numbers that WhatsApp writes otherwise than they are dialled."""

import pytest

from chalicelib.channels import whatsapp_numbers


@pytest.mark.parametrize(
    ("wa_id", "number"),
    [
        ("21620555014", "+21620555014"),
        ("5215512345678", "+525512345678"),
        ("525512345678", "+525512345678"),
        ("553187654321", "+5531987654321"),
        ("5531987654321", "+5531987654321"),
        ("5491123456789", "+5491123456789"),
        ("TN.1349120865", None),
        ("٢١٦٢٠٥٥٥٠١٤", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_it_is_dialled(wa_id, number):
    assert whatsapp_numbers.parse(wa_id) == number
