"""The proofs in full size, one JSON object a line: python -m tests.proofs [doubles|paging|following|sending|burst …]"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.journeys.product import running
from tests.proofs import burst, doubles, following, paging, sending


def main(wanted: list[str]) -> None:
    for name in wanted or ("doubles", "paging", "following", "sending", "burst"):
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps({"proof": name, **_proven(name, Path(folder) / "data")}), flush=True)


def _proven(name: str, data: Path) -> dict[str, Any]:
    if name == "sending":
        return sending.prove()
    if name == "burst":
        return burst.prove(1000)
    if name == "doubles":
        return doubles.prove(data, 1000)
    with running(data, "empty") as product:
        return paging.prove(product, 5000, 500) if name == "paging" else following.prove(product, 2000)


main(sys.argv[1:])
