"""What customers searched for in the help centre."""

from msgspec import UNSET

from chalicelib.api import lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import synonyms as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.i18n import LOCALES
from chalicelib.store import searches
from chalicelib.store.searches import Searched


@operation("List what was searched for", query=schemas.SearchedQuery, gives=Page[schemas.Searched])
def index(call: Call, query: schemas.SearchedQuery) -> Answer:
    """In the help centre, the most searched first; with `found=false`, what was searched for in vain most often.

    Counted are words, nobody's name: no query with an address or a number of six digits in it, none of robots, none
    longer than 80 characters. Searches by the API are not counted. Counts are kept for 90 days.
    """
    locales = LOCALES if query.locale is UNSET else (query.locale,)
    if query.found is False:
        listed = searches.in_vain(query.days, locales)
    else:
        listed = [one for one in searches.read(query.days, locales) if query.found is UNSET or one.is_found]
    return lists.piece(call, list(map(_shape, listed)), query.limit)


def _shape(noun: Searched) -> schemas.Searched:
    return schemas.Searched(
        id=noun.id,
        query=noun.query,
        locale=noun.locale,  # type: ignore[arg-type]
        searches=noun.searches,
        in_vain=noun.in_vain,
        opened=noun.opened,
        hits=noun.hits,
        searched_at=noun.searched_at,
    )
