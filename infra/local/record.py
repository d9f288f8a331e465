"""What a local world remembers besides its engine's state: its secrets, its seed, and how far its clock has jumped.

No address is in here: the next start may listen on other ports.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Record:
    """`seeded` is the seed the world was made from, empty until it is whole."""

    api_key: str = ""
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(32))
    clock_offset: float = 0.0
    seeded: str = ""


def load(path: Path) -> Record:
    return Record(**json.loads(path.read_text())) if path.exists() else Record()


def save(record: Record, path: Path) -> None:
    """Replace the file as a whole, so a crash leaves the old one or the new one."""
    draft = path.with_suffix(".next")
    draft.write_text(json.dumps(asdict(record), indent=1))
    draft.chmod(0o600)
    os.replace(draft, path)
