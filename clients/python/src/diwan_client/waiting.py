"""Jobs, and the wait for their end."""

from __future__ import annotations

import time

from diwan_client import answers
from diwan_client.errors import TimedOut
from diwan_client.resources.jobs import Jobs as Calls

_ENDS = ("done", "failed", "stopped")
_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 10.0


class Jobs(Calls):
    """Work too long for one request."""

    def wait(self, job_id: str, *, timeout: float = 600.0) -> answers.Job:
        """The job once it has come to an end: look at its `state`, which is done, failed or stopped.

        Args:
            timeout: seconds to wait at most; the job goes on whether or not anybody waits

        Raises:
            TimedOut: it is still at work.
        """
        until = time.monotonic() + timeout
        pause = _FIRST_SECONDS
        while (job := self.get(job_id)).state not in _ENDS:
            if time.monotonic() + pause > until:
                raise TimedOut(f"{job_id} is {job.state} after {timeout:g} seconds")
            time.sleep(pause)
            pause = min(_LONGEST_SECONDS, pause * 1.5)
        return job
