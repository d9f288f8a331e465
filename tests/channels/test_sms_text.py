"""How many parts an SMS is sent and billed in, against the tables of GSM 03.38 as they are printed.

The tables here are the standard's own (3GPP TS 23.038 §6.2.1), by place and not copied from the code.
"""

import pytest

from chalicelib.channels import sms_text

# By column of the printed table: 8 columns of 16, from 0x00 to 0x7F; 0x1B leads to the extension.
PRINTED = """
    0040 00A3 0024 00A5 00E8 00E9 00F9 00EC 00F2 00C7 000A 00D8 00F8 000D 00C5 00E5
    0394 005F 03A6 0393 039B 03A9 03A0 03A8 03A3 0398 039E ESC  00C6 00E6 00DF 00C9
    0020 0021 0022 0023 00A4 0025 0026 0027 0028 0029 002A 002B 002C 002D 002E 002F
    0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 003C 003D 003E 003F
    00A1 0041 0042 0043 0044 0045 0046 0047 0048 0049 004A 004B 004C 004D 004E 004F
    0050 0051 0052 0053 0054 0055 0056 0057 0058 0059 005A 00C4 00D6 00D1 00DC 00A7
    00BF 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F
    0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 00E4 00F6 00F1 00FC 00E0
"""
BASIC = [chr(int(code, 16)) for code in PRINTED.split() if code != "ESC"]
# 0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65 of the extension.
EXTENSION = [chr(code) for code in (0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC)]

TATWEEL = "ـ"
FLAG = "🇹🇳"  # two regional letters, four units
FAMILY = "👩‍👩‍👧"  # three emoji and two joiners, eight units


def counted(body: str) -> tuple[str, int, int]:
    found = sms_text.count(body)
    assert sms_text.parts(body) == (found.encoding, found.parts)
    return found.encoding, found.parts, found.left


def test_the_basic_table_is_whole_and_costs_one_each() -> None:
    assert len(BASIC) == len(set(BASIC)) == 127
    for character in BASIC:
        assert counted(character * 160) == ("GSM-7", 1, 0), character
        assert counted(character * 161) == ("GSM-7", 2, 145), character


def test_the_extension_costs_two_each() -> None:
    for character in EXTENSION:
        assert counted(character * 80) == ("GSM-7", 1, 0), character
        assert counted(character * 79 + "ab") == ("GSM-7", 1, 0), character
        assert counted(character * 81)[:2] == ("GSM-7", 2), character


def test_nothing_else_is_gsm() -> None:
    taken = {chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000 and counted(chr(code))[0] == "GSM-7"}
    assert taken == {*BASIC, *EXTENSION}


@pytest.mark.parametrize(
    ("length", "parts", "left"),
    [(0, 1, 160), (1, 1, 159), (160, 1, 0), (161, 2, 145), (306, 2, 0), (307, 3, 152), (459, 3, 0), (460, 4, 152)]
    + [(153 * n, n, 0) for n in range(4, 11)]
    + [(153 * n + 1, n + 1, 152) for n in range(4, 11)],
)
def test_septets(length: int, parts: int, left: int) -> None:
    assert counted("a" * length) == ("GSM-7", parts, left)


@pytest.mark.parametrize(
    ("length", "parts", "left"),
    [(1, 1, 69), (70, 1, 0), (71, 2, 63), (134, 2, 0), (135, 3, 66), (201, 3, 0)]
    + [(67 * n, n, 0) for n in range(4, 11)]
    + [(67 * n + 1, n + 1, 66) for n in range(4, 11)],
)
@pytest.mark.parametrize("character", ["م", TATWEEL, "ç", "’", "…", "\u200f"], ids=ascii)
def test_units(character: str, length: int, parts: int, left: int) -> None:
    assert counted(character * length) == ("UCS-2", parts, left)


@pytest.mark.parametrize(
    ("body", "parts", "left"),
    [
        ("a" * 158 + "€", 1, 0),
        ("a" * 159 + "€", 2, 145),
        ("a" * 151 + "€" + "a" * 153, 2, 0),
        ("a" * 152 + "€" + "a" * 151, 2, 0),  # the escape does not stay behind: part one ends a septet early
        ("a" * 152 + "€" + "a" * 152, 3, 152),
        ("€" * 76 + "a" + "€" * 76, 2, 1),
        ("€" * 152, 2, 1),
        ("€" * 153, 3, 151),
    ],
    ids=[f"{n}" for n in range(8)],
)
def test_an_escape_is_never_parted_from_its_character(body: str, parts: int, left: int) -> None:
    assert counted(body) == ("GSM-7", parts, left)


@pytest.mark.parametrize(
    ("body", "parts", "left"),
    [
        ("😀" * 35, 1, 0),
        ("م" * 68 + "😀", 1, 0),
        ("م" * 69 + "😀", 2, 63),
        ("😀" * 36, 2, 61),  # 33 in part one, whose last unit stays empty
        ("😀" * 66, 2, 1),
        ("😀" * 67, 3, 65),
        ("م" * 66 + "😀" + "م" * 65, 2, 0),
        ("م" * 66 + "😀" + "م" * 66, 3, 66),
        (FLAG * 17, 1, 2),
        (FLAG * 18, 2, 61),
        (FAMILY * 8, 1, 6),
        (FAMILY * 9, 2, 62),  # the cut falls behind a joiner
        ("a" * 69 + "😀", 2, 63),
        ("a" * 158 + "😀", 3, 41),
    ],
    ids=[f"{n}" for n in range(14)],
)
def test_the_two_halves_of_an_emoji_are_never_parted(body: str, parts: int, left: int) -> None:
    assert counted(body) == ("UCS-2", parts, left)


def test_no_carrier_is_handed_what_it_cannot_take() -> None:
    assert sms_text.clean("a\x00b\x1bc\x7f\x9d\ud83dd\ude00\x0c") == "abcd"
    assert sms_text.clean("one\r\ntwo\rthree\u2028four\tfive\n") == "one\ntwo\nthree\nfour five"
    assert sms_text.clean("مـــرحبا \u200f\u2068#7\u2069 " + FAMILY) == "مـــرحبا \u200f\u2068#7\u2069 " + FAMILY
