"""The Structs of the API as a process meets them that ends."""

import subprocess
import sys

_LAST_WORDS = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count()))
from chalicelib.api import schemas
"""


def test_a_dying_process_leaves_the_structs_alone() -> None:
    """Or msgspec ends about every fifth of them with a segmentation fault."""
    ended = subprocess.run([sys.executable, "-c", _LAST_WORDS], capture_output=True, text=True, check=True)
    assert int(ended.stdout) > 1000
