"""What a call to DynamoDB bears."""

from typing import Any

from chalicelib import aws
from chalicelib.store import changes, rows
from chalicelib.store.table import Row


def test_it_bears_our_name_and_not_the_long_one_that_botocore_puts_together_anew(cloud: None) -> None:
    seen: list[bytes] = []

    def note(request: Any, **more: Any) -> None:
        seen.append(request.headers["User-Agent"])

    events = changes.connection().client.meta.events
    events.register_first("before-send.dynamodb.GetItem", note)
    try:
        assert rows.get(Row, ("TICKET#none", "TICKET")) is None
    finally:
        events.unregister("before-send.dynamodb.GetItem", note)
    assert [name.decode() if isinstance(name, bytes) else name for name in seen] == [aws.USER_AGENT]
