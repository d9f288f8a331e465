"""Something that happened with a customer outside the desk: he bought, was sent or gave back something, he called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MAX_TITLE = 200
# A row is paid by the kilobyte, and a page of events brings a hundred.
MAX_DATA_OCTETS = 8192


@dataclass(frozen=True)
class CustomerEvent:
    """`type` is a word of the shop's (purchase, shipment, return, visit, note …), `external_id` its own id for it.

    `amount` is `{"value": "48.00", "currency": "TND"}`; `data` any JSON object.
    """

    id: str
    customer_id: str
    type: str
    title: str
    occurred_at: datetime
    created_at: datetime
    url: str | None = None
    amount: Mapping[str, str] | None = None
    external_id: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
