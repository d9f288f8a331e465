"""Compiles the package: /var/task is read-only, so without bytecode in the zip every cold start compiles it all anew.

Other people's modules travel compiled only, which takes 1.6 MB off the zip; ours keep their source for tracebacks.
Without a source nobody needs the columns that a traceback would underline in it, and they are another 1.0 MB.
Unchecked hashes, because a zip's file times mean nothing; paths as on Lambda, so no machine shows in a traceback.
"""

import os
import subprocess
import sys
from pathlib import Path

_TASK_ROOT = "/var/task"
_OURS = ("app.py", "chalicelib")


def compile_all(code: Path) -> None:
    """Put `__pycache__` beside every module of ours under `code`, and bytecode in place of every other one.

    The bytecode is for the Python that runs this, which Chalice names as the function's runtime.

    Raises:
        RuntimeError: a module has a syntax error.
    """
    ours = [code / name for name in _OURS if (code / name).exists()]
    others = sorted(path for path in code.iterdir() if path.name not in _OURS)
    _compile(code, ours)
    replace_all(code, others)


def replace_all(code: Path, paths: list[Path]) -> None:
    """Put bytecode in place of every module under `paths`, which lie in the package `code`."""
    _compile(code, paths, "-b", columns=False)
    for path in paths:
        _drop_source(path)


def _compile(code: Path, paths: list[Path], *options: str, columns: bool = True) -> None:
    if not paths:
        return
    command = [sys.executable, *([] if columns else ["-X", "no_debug_ranges"]), "-m", "compileall", "-q", "-f"]
    command += ["--invalidation-mode", "unchecked-hash", *options]
    command += ["-s", str(code), "-p", _TASK_ROOT, *map(str, paths)]
    # A set among a module's constants is written in the order of its hashes: seeded, that order is always the same.
    surroundings = os.environ | {"PYTHONHASHSEED": "0"}
    if subprocess.run(command, env=surroundings, check=False).returncode:
        raise RuntimeError("the package does not compile")


def _drop_source(path: Path) -> None:
    sources = path.rglob("*.py") if path.is_dir() else [path] if path.suffix == ".py" else []
    for source in list(sources):
        source.unlink()
