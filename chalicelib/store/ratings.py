"""Ratings: one a ticket, in the ticket's own partition, so that it is erased with it; the ticket's version stays."""

from dataclasses import replace

from chalicelib.domain.rating import Rating
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import RatingRow


def get(ticket_id: str) -> Rating | None:
    row = rows.get(RatingRow, keys.rating(ticket_id))
    return rows.noun(Rating, row) if row else None


def put(change: Changes, before: Rating | None, rating: Rating) -> Rating:
    """Write it in place of the one before."""
    saved = replace(rating, version=(before.version if before else 0) + 1)
    row = RatingRow(keys.rating(saved.ticket_id), **rows.attributes(saved))
    if before:
        change.replace(row, before.version)
    else:
        change.add(row)
    return saved
