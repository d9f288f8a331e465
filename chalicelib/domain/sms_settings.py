"""What the shop set for its SMS: how long one may be, when and for how much those go out that nobody wrote by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.quiet_hours import QuietHours

# A longer one is a letter; past 1,600 characters no carrier of ours takes it anyway.
MOST_PARTS = 10


@dataclass(frozen=True)
class SmsSettings:
    """`max_parts` is what an answer may take before it becomes its beginning and a link. `quiet_hours` (in the shop's
    time zone) and `daily_cap` (US dollars by estimate, a day of UTC) hold what goes out by itself, never an agent's
    answer; None is off. `prices` (US dollars a part, by ISO region) go before the table's.

    `confirm_opt_out` sends the one confirmation after STOP that carriers in some countries ask for.
    """

    max_parts: int = 6
    quiet_hours: QuietHours | None = None
    daily_cap: float | None = None
    prices: Mapping[str, float] = field(default_factory=dict)
    confirm_opt_out: bool = False
