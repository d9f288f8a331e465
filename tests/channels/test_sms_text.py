"""How many parts an SMS is sent and billed in."""

import pytest

from chalicelib.channels import sms_text


@pytest.mark.parametrize(
    ("body", "encoding", "count"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("Ω@£ñ\n§", "GSM-7", 1),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("[" * 76 + "a" + "[" * 76, "GSM-7", 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3),
        ("م" * 70, "UCS-2", 1),
        ("م" * 71, "UCS-2", 2),
        ("م" * 134, "UCS-2", 2),
        ("م" * 135, "UCS-2", 3),
        ("a" * 69 + "’", "UCS-2", 1),
        ("ç", "UCS-2", 1),
        ("😀" * 35, "UCS-2", 1),
        ("😀" * 36, "UCS-2", 2),
        ("😀" * 67, "UCS-2", 3),
    ],
)
def test_parts(body: str, encoding: str, count: int) -> None:
    assert sms_text.parts(body) == (encoding, count)
