"""Finding articles and tickets."""

from msgspec import UNSET

from chalicelib.api import fields, lists, queries, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import search as schemas
from chalicelib.api.schemas.articles import SearchQuery, SearchResults
from chalicelib.store.ticket_lists import ANY, Wanted


@operation("Search articles", query=SearchQuery, gives=SearchResults)
def articles(call: Call, query: SearchQuery) -> Answer:
    """Published articles, best first: in all languages, unless `locale` names one.

    What was just published is found within seconds; with `audience=agents` at once. Of `q` the first 1,000 characters
    and 64 words count. Nothing that can be typed is refused.
    """
    from chalicelib.actions import search_articles

    found = search_articles.search(
        query.q,
        locale=None if query.locale is UNSET else query.locale,
        audience=query.audience,
        category_id=None if query.category_id is UNSET else query.category_id,
        limit=query.limit,
    )
    return Answer(
        SearchResults(data=list(map(shapes.hit, found.hits)), did_you_mean=found.did_you_mean, total=found.total)
    )


@operation(
    "Search tickets",
    query=schemas.TicketSearchQuery,
    gives=schemas.TicketSearchPage,
    refuses=("unavailable",),
)
def tickets(call: Call, query: schemas.TicketSearchQuery) -> Answer:
    """By every word, in messages, notes, subjects, names, tags and names of files; by any if no ticket holds all.

    A change is found at once. Of very many at the same time, as an import makes, those of older tickets are found
    within minutes; until then such a ticket is found by what it held before. Each ticket shown is as it is now. Of a
    long one the newest 100 messages and 50,000 signs are searched. Pages are no snapshot: what changes between two of
    them may show a ticket twice, or leave one out. Where OpenSearch finds the tickets and does not answer, this refuses
    with `unavailable`; what is called just what was typed is found even so.
    """
    from chalicelib.actions import search_tickets

    found = search_tickets.search(query.q, _wanted(query), query.limit, _offset(call))
    page = lists.page(call, [], str(found.after) if found.after else None)
    data = [
        schemas.TicketHit(ticket=shapes.ticket(hit.ticket), snippet=hit.snippet, score=hit.score) for hit in found.hits
    ]
    body = schemas.TicketSearchPage(
        data=data,
        has_more=page.body.has_more,
        next_cursor=page.body.next_cursor,
        total=found.total,
        did_you_mean=found.did_you_mean,
    )
    return Answer(body, headers=page.headers)


def _wanted(query: schemas.TicketSearchQuery) -> Wanted:
    told = fields.given(query)
    return Wanted(
        statuses=tuple(dict.fromkeys(told.get("status", ()))),
        team_id=queries.whose(told.get("team_id", ANY)),
        assignee_id=queries.whose(told.get("assignee_id", ANY)),
        customer_id=told.get("customer_id"),
        channel=told.get("channel"),
        tag=told.get("tag"),
        created_after=queries.in_utc(told.get("created_after")),
        created_before=queries.in_utc(told.get("created_before")),
    )


def _offset(call: Call) -> int:
    """How many hits the pages before this one showed: what the cursor holds."""
    return int(lists.place(call) or 0)
