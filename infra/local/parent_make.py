"""The `make` that started this run, and whether it was told to end.

GNU make hands SIGTERM on to what it runs, but at a SIGINT sent to it alone it only blocks that signal and waits for us:
so we look whether it is gone, or blocks it.
"""

import os
import re
import signal
from pathlib import Path


class ParentMake:
    """`is_ending` is to be asked about twice a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._blocked_before = False

    def is_ending(self) -> bool:
        """Whether it is gone, or blocked SIGINT now and when asked before. Once says nothing: whoever starts a child
        blocks every signal for the moment of the fork."""
        if os.getppid() != self._pid:
            return True
        blocked = _blocks_interrupts(self._pid)
        ending = blocked and self._blocked_before
        self._blocked_before = blocked
        return ending


def parent_make() -> ParentMake | None:
    """The make above us; None where another program started us, even one that itself runs below a make."""
    pid = os.getppid()
    name = Path(f"/proc/{pid}/comm")
    if "MAKELEVEL" not in os.environ or not name.exists() or name.read_text().strip() not in ("make", "gmake"):
        return None
    return ParentMake(pid)


def _blocks_interrupts(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    blocked = re.search(r"^SigBlk:\s*([0-9a-f]+)", status, re.MULTILINE)
    return bool(blocked and int(blocked[1], 16) & 1 << signal.SIGINT - 1)
