"""What of a text can be kept: no lone surrogates, which DynamoDB refuses, and no control characters."""

# Marks that nobody sees and that Arabic and emoji cannot be written without (ZWNJ, ZWJ, LRM, RLM, isolates).
_JOINERS = "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"


def storable(text: str) -> str:
    kept = "".join(c for c in text if c in "\n\t" or c.isprintable() or c in _JOINERS)
    return kept.encode("utf-8", "ignore").decode().strip()
