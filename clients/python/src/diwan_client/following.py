"""The feed of events, followed as it grows."""

from __future__ import annotations

import time
from collections.abc import Iterator

from diwan_client import answers
from diwan_client.resources.events import Events as Calls

_PAGE = 100


class Events(Calls):
    """Every change, in order."""

    def follow(self, after: int = 0, *, pause: float = 5.0) -> Iterator[answers.Event]:
        """Every event after the one numbered `after`, and then each new one, without end; `break` when you have enough.

        Keep the `sequence` of the last event you have dealt with: from there you can follow on, and will miss none.

        Args:
            after: the `sequence` of the last event you know; 0 begins with the first ever
            pause: seconds to wait at the end of the feed before asking again
        """
        while True:
            for event in self.list(after=after, limit=_PAGE):
                yield event
                after = event.sequence
            time.sleep(pause)
