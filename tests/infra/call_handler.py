"""Run by itself, in an interpreter with nothing on its path but the standard library: calls one handler of a package.

`python -I -S call_handler.py FOLDER HANDLER`, the event as JSON on standard input. The last line printed is JSON: the
answer, and the names of all modules that were imported on the way.
"""

import json
import sys
import types
from typing import Any


def main(folder: str, handler: str) -> None:
    sys.path.insert(0, folder)
    import app

    answer = getattr(app, handler)(json.load(sys.stdin), _context(handler))
    print()
    print(json.dumps({"answer": answer, "modules": sorted(sys.modules), "files": _files()}, default=str))


def _context(handler: str) -> Any:
    names = {"function_name": handler, "aws_request_id": "4e2b", "memory_limit_in_mb": 512}
    return types.SimpleNamespace(**names, get_remaining_time_in_millis=lambda: 30_000)


def _files() -> list[str]:
    found = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return sorted(file for file in found if file)


if __name__ == "__main__":
    main(*sys.argv[1:])
