"""Takes the words for readers out of botocore's descriptions of services: half of their size, and nothing reads them on
Lambda.

The files stay otherwise as they are; their licence (Apache-2.0, 4b) asks that a change be said, which the notice does.
"""

import gzip
import json
from pathlib import Path
from typing import Any

NOTICE = "CHANGED.txt"
_WORDS = "documentation"


def strip(data: Path) -> None:
    """Rewrite each `service-2.json.gz` below botocore's folder `data` without documentation."""
    for file in sorted(data.rglob("service-2.json.gz")):
        described = json.loads(gzip.decompress(file.read_bytes()))
        bare = json.dumps(_bare(described), ensure_ascii=False, separators=(",", ":"))
        file.write_bytes(gzip.compress(bare.encode(), 9, mtime=0))
    (data / NOTICE).write_text("Changed for this package: the documentation was taken out of each service-2.json.gz.\n")


def _bare(value: Any) -> Any:
    """With empty words: botocore asks for some of them (`clientContextParams` of S3) and fails where they are not."""
    if isinstance(value, dict):
        return {name: "" if name == _WORDS and isinstance(one, str) else _bare(one) for name, one in value.items()}
    return [_bare(one) for one in value] if isinstance(value, list) else value
