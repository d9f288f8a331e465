"""“Did this answer your question?” under an article: a form that works on a page out of a cache, without a script.

What is to be said afterwards stands on that page already, hidden; the address's `#thanks` or `#why` shows it.
"""

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import vote_on_article
from chalicelib.domain.vote import REASONS
from chalicelib.errors import Forbidden, NotFound
from chalicelib.portal import article_page, pages
from chalicelib.portal.home import audience
from chalicelib.store import articles
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

_ANSWERS = {"yes": True, "no": False}


@doors.post("/{lang}/votes/{article_id}")
def vote(visit: Visit) -> Response:
    """`helpful` is yes or no, `locale` the language that was read; a no may say a `reason` and `words` a step later."""
    visit.refuse_foreign()
    lang, article_id, answered = pages.language(visit), visit.params["article_id"], visit.form.get("helpful", "")
    if answered not in _ANSWERS:
        raise Forbidden("Our form says yes or no.")
    helpful, reason = _ANSWERS[answered], visit.form.get("reason", "")
    vote_on_article.vote(
        article_id,
        _locale(visit, lang),
        visit.browser,
        helpful,
        reason if reason in REASONS and not helpful else None,
        visit.text("words"),
        address=visit.client,
        audience=audience(pages.customer(visit)),
    )
    return answer.redirect(
        visit, f"{_address(article_id, lang)}#{'thanks' if helpful or 'told' in visit.form else 'why'}"
    )


def _locale(visit: Visit, lang: str) -> str:
    named = visit.form.get("locale", "")
    return named if named in i18n.LOCALES else lang


def _address(article_id: str, lang: str) -> str:
    found = articles.get(article_id)
    if found is None:
        raise NotFound("There is no such article.")
    return article_page.path(found.visibility, lang, found.in_locale(lang)[1].slug)
