"""How an SMS is counted: 160 septets of GSM 03.38 or 70 units of UCS-2, less when it takes several parts."""

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = set("\f^{}\\[~]|€")


def parts(body: str) -> tuple[str, int]:
    """The encoding, `GSM-7` or `UCS-2`, and the number of parts `body` is sent and billed in (at least 1).

    One character outside GSM 03.38 makes the whole UCS-2. A character of two units is never cut between two parts.
    """
    if all(character in _BASIC or character in _EXTENSION for character in body):
        return "GSM-7", _count([2 if character in _EXTENSION else 1 for character in body], 160, 153)
    return "UCS-2", _count([2 if ord(character) > 0xFFFF else 1 for character in body], 70, 67)


def _count(sizes: list[int], alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return 1
    count, room = 1, each
    for size in sizes:
        if size > room:
            count, room = count + 1, each
        room -= size
    return count
