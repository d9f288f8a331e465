"""What agents write down about a customer himself, whatever the ticket. He never sees it."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.message import Author

MAX_NOTE = 8000


@dataclass(frozen=True)
class CustomerNote:
    """`customer_id` is about whom it was written: it stays with him when he is merged, and when he comes apart again.

    The `author` is an agent, or the system itself where something happened with the customer that agents must see.
    """

    id: str
    customer_id: str
    author: Author
    text: str
    created_at: datetime
