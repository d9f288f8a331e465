"""Finding articles."""

from msgspec import UNSET

from chalicelib.api import shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas.articles import SearchQuery, SearchResults


@operation("Search articles", query=SearchQuery, gives=SearchResults)
def articles(call: Call, query: SearchQuery) -> Answer:
    """Published articles, best first. What was just published is found within seconds."""
    from chalicelib.search import articles as index

    found = index.search(
        query.q,
        locale=None if query.locale is UNSET else query.locale,
        audience=query.audience,
        category_id=None if query.category_id is UNSET else query.category_id,
        limit=query.limit,
    )
    return Answer(
        SearchResults(data=list(map(shapes.hit, found.hits)), did_you_mean=found.did_you_mean, total=found.total)
    )
