"""What an opaquely signed mail (smime.p7m, RFC 8551, 3.5.2) says: the signature encloses it, it is not encrypted.

The signature is not checked: who wrote a mail is told by DMARC alone.
"""

from dataclasses import dataclass

# Signers write chunks of a thousand octets or more.
MAX_VALUES = 100_000
MAX_DEPTH = 10

_SEQUENCE, _OID, _OCTETS, _CHUNKS, _ENCLOSED = 0x30, 0x06, 0x04, 0x24, 0xA0
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")


def enclosed(octets: bytes) -> bytes | None:
    """The signed MIME entity in a CMS message of the type signed-data (RFC 5652), or None when there is none."""
    reading = _Reading(octets)
    try:
        signed = reading.enclosed(reading.value(0, len(octets)), _SIGNED_DATA)
        _version, _algorithms, content, *_ = reading.values(signed.start, signed.stop, 3)
        data = reading.enclosed(content, _DATA)
        return reading.octets_of(data)
    # Not what it claims to be.
    except (ValueError, IndexError):
        return None


@dataclass(frozen=True)
class _Value:
    """A value of ASN.1 (BER): where its content lies, and where the next value begins."""

    tag: int
    start: int
    stop: int
    end: int


class _Reading:
    """Every method raises ValueError or IndexError where the octets are not what they should be."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.left = MAX_VALUES

    def enclosed(self, outer: _Value, oid: bytes) -> _Value:
        """The one value within what a SEQUENCE of that type encloses."""
        named, inner, *_ = self.values(outer.start, outer.stop, 2)
        if (outer.tag, named.tag, inner.tag) != (_SEQUENCE, _OID, _ENCLOSED):
            raise ValueError("no content of a type")
        if self.octets[named.start : named.stop] != oid:
            raise ValueError("content of another type")
        return self.value(inner.start, inner.stop)

    def octets_of(self, value: _Value) -> bytes:
        if value.tag == _OCTETS:
            return self.octets[value.start : value.stop]
        if value.tag != _CHUNKS:
            raise ValueError("no octets")
        chunks = self.values(value.start, value.stop, MAX_VALUES)
        return b"".join(self.octets[chunk.start : chunk.stop] for chunk in chunks)

    def values(self, start: int, stop: int, most: int) -> list[_Value]:
        found: list[_Value] = []
        while start < stop and len(found) < most:
            found.append(self.value(start, stop))
            start = found[-1].end
        return found

    def value(self, at: int, limit: int, depth: int = 0) -> _Value:
        """The value that begins there and must end before `limit`."""
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            raise ValueError("more values than a signed mail has")
        tag, length, start = self.octets[at], self.octets[at + 1], at + 2
        if length == 0x80:
            return self._until_zeros(tag, start, limit, depth)
        if length > 0x80:
            start += length & 0x7F
            length = int.from_bytes(self.octets[at + 2 : start], "big")
        if start + length > limit:
            raise ValueError("a value is longer than what holds it")
        return _Value(tag, start, start + length, start + length)

    def _until_zeros(self, tag: int, start: int, limit: int, depth: int) -> _Value:
        """A value of no told length lasts until two zeros stand where its next one would."""
        at = start
        while self.octets[at : at + 2] != b"\0\0":
            at = self.value(at, limit, depth + 1).end
        return _Value(tag, start, at, at + 2)
