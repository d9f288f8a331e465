"""Compiles the package: /var/task is read-only, so without bytecode in the zip every cold start compiles it all anew.

Unchecked hashes, because a zip's file times mean nothing; paths as on Lambda, so no machine shows in a traceback.
"""

import os
import subprocess
import sys
from pathlib import Path

_TASK_ROOT = "/var/task"


def compile_all(code: Path) -> None:
    """Put `__pycache__` beside every module under `code`, for the Python that runs this.

    Raises:
        RuntimeError: a module has a syntax error.
    """
    command = [sys.executable, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(code), "-p", _TASK_ROOT, str(code)]
    # A set among a module's constants is written in the order of its hashes: seeded, that order is always the same.
    surroundings = os.environ | {"PYTHONHASHSEED": "0"}
    if subprocess.run(command, env=surroundings, check=False).returncode:
        raise RuntimeError("the package does not compile")
