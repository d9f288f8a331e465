"""What can go wrong when something is handed to a carrier, told apart by what the sender may do next: wait, give up, or
wait to hear whether it went out after all. Sending again after `Unknown` without waiting would send twice.
"""


class Throttled(Exception):
    """It was not sent and nothing is wrong with it: try again after `seconds`, with jitter."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


class Rejected(Exception):
    """It was not sent and never will be as it is; `reason` says why, as the carrier says it, `code` is that of
    `delivery_reason` which has words for an agent.
    """

    def __init__(self, reason: str, code: str = "not-taken") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class Unknown(Exception):
    """The carrier gave no answer: it may have been sent."""
