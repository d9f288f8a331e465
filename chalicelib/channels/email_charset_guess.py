"""The charset of text that names none or a wrong one, by its most frequent letters, when it is long enough to tell."""

# Enough letters outside ASCII to count, and more of them than any text in a Latin charset has.
MIN_LETTERS = 20
MIN_SHARE = 0.5
MIN_SCORE = 0.35
# The commonest of thousands of signs make up less of a text than those of thirty letters.
_IDEOGRAPHS = 1.5
_SAMPLE = 4_000
MIN_LETTERS_OF_PLANE = 0.7
# First octets of the letters in daily use; signs and rare letters lie before and after them.
_PLANES = (("gb18030", "gb2312", (0xB0, 0xD7)), ("big5hkscs", "big5", (0xA4, 0xC6)))

_ARABIC = "ايلمونرتبع"
_CYRILLIC = "оеаинтсрвл"
_CHARSETS = {
    "cp1256": _ARABIC,
    "iso8859_6": _ARABIC,
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp1255": "יוהלאמרתש",
    "cp1253": "αοιετσνηυρ",
    "cp874": "านรอกเงยมลวดท่",
    "gb18030": "的一是不了在有我他这个们来到时大地为子中你说请问和订单",
    "big5hkscs": "的一是不了在有我他這個們來到時大地為子中你說請問和訂單",
    "cp932": "のにはをたがでとしてれさいなるまあかすこりっんく",
    "euc_jp": "のにはをたがでとしてれさいなるまあかすこりっんく",
    "cp949": "이다는에을의가하고지은로사아기리니습",
}


def guess(octets: bytes) -> str | None:
    """Python's name of the charset, or None when the text is short or looks Latin."""
    sample = octets[:_SAMPLE]
    high = sum(octet > 0x7F for octet in sample)
    letters = high + sum(0x41 <= octet <= 0x7A for octet in sample)
    if high < MIN_LETTERS or high < letters * MIN_SHARE:
        return None
    scores = {charset: _score(sample, charset, common) for charset, common in _CHARSETS.items()}
    best = max(scores, key=lambda charset: scores[charset])
    return best if scores[best] >= MIN_SCORE else _by_shape(sample)


def _by_shape(sample: bytes) -> str | None:
    """Chinese that uses other signs than the commonest: nearly all pairs are letters of a charset's first plane."""
    for charset, codec, (first, last) in _PLANES:
        text = sample.decode(codec, "ignore")
        signs = [character.encode(codec)[0] for character in text if character > "\x7f"]
        lost = len(sample) - len(text.encode(codec))
        if lost <= 2 and sum(first <= sign <= last for sign in signs) > len(signs) * MIN_LETTERS_OF_PLANE:
            return charset
    return None


def _score(sample: bytes, charset: str, common: str) -> float:
    """The share of the frequent letters among all that is not ASCII; octets the charset does not know count against."""
    text = [character for character in sample.decode(charset, "replace") if character > "\x7f"]
    weight = _IDEOGRAPHS if len(common) > 16 else 1
    return weight * sum(character in common for character in text) / max(1, len(text))
