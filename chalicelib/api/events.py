"""The feed: every change, in the order the dispatcher gave it, none left out."""

from chalicelib.api import lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import events as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.store import events


@operation("Follow the events", query=schemas.EventQuery, gives=Page[schemas.Event])
def index(call: Call, query: schemas.EventQuery) -> Answer:
    """Oldest first. At the end of the feed ask again with `after` set to the last `sequence` you have."""
    after = int(lists.place(call) or query.after)
    found = events.feed_after(after, query.limit + 1)
    listed = [shapes.event(one) for one in found[: query.limit]]
    return lists.page(call, listed, str(listed[-1].sequence) if len(found) > query.limit else None)
