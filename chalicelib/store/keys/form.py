"""What keys are made of: times and hashes as they stand in them, and how far lists are spread."""

import hashlib
import zlib
from datetime import UTC, datetime

Key = tuple[str, str]
# Every list of tickets may be spread over more shards later: the number may only grow.
SHARDS = 1
# Timers and undispatched events: an ascending key does not split by heat, so they are spread from the first day.
DUE_SHARDS = 10
FEED_BLOCK = 1000
LEG = "LEG#"


def time(moment: datetime) -> str:
    """A time as it stands in keys and rows: of fixed width, so that text order is time order."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(written: str) -> datetime:
    """The time that `time` wrote so."""
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def month(moment: datetime) -> str:
    return moment.strftime("%Y-%m")


def shard(id: str, shards: int) -> int:
    return zlib.crc32(id.encode()) % shards


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
