"""A reader says whether an article helped him. One vote a visitor and language: another one takes its place.

Once the text is rewritten (by more than a minor change) votes on it count afresh, and whoever voted before may again.

Nobody asks who he is: he is the cookie of his browser, of which only a hash is kept.
"""

from datetime import timedelta

from chalicelib import clock
from chalicelib.domain.article import Translation, may_read
from chalicelib.domain.vote import REASONS, Vote, kept_words
from chalicelib.errors import Fault, Invalid, NotFound, TooManyRequests
from chalicelib.store import allowances, articles, changes, keys, votes
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes

# A person reads so many articles a day at most, and changes his mind; behind one address there may be an office.
OF_VISITOR = Allowance("vote", 60, timedelta(days=1))
OF_ADDRESS = Allowance("vote-address", 300, timedelta(days=1))


def vote(
    article_id: str,
    locale: str,
    visitor: str,
    helpful: bool,
    reason: str | None = None,
    words: str = "",
    *,
    address: str = "",
    audience: str = "customers",
) -> Vote:
    """Count the vote, in place of the one that the visitor had on this language of the article.

    Args:
        visitor: what his browser's cookie says; it is stored as a hash.
        reason: of a no: one of domain.vote.REASONS, or None; nothing of a yes.
        words: of a no: at most 1,000 characters are kept, without what looks like a contact.
        address: the network address he asks from, for a bound that a new cookie does not lift; kept as a hash, a day.
        audience: who he is among the readers (public, customers, agents).

    Raises:
        NotFound: code `article-not-found`, he sees no such article in this language.
        Invalid: code `unknown-reason`.
        TooManyRequests: he, or his address, voted too often today.
    """
    _refuse_unknown(reason)
    since = _seen(article_id, locale, audience).judged_since
    told = (reason, kept_words(words)) if not helpful else (None, "")
    wanted = Vote(article_id, locale, keys.visitor(visitor), helpful, clock.now(), *told, since=since)
    old = _before(wanted)
    if old and _says(old) == _says(wanted):
        return old
    _refuse_flood(visitor, address)
    return changes.again(lambda: _put(wanted))


def _put(wanted: Vote) -> Vote:
    change = Changes()
    votes.put(change, wanted, _before(wanted))
    change.commit()
    return wanted


def _before(wanted: Vote) -> Vote | None:
    return votes.find(wanted.article_id, wanted.locale, wanted.visitor, wanted.since)


def _says(vote: Vote) -> tuple[bool, str | None, str]:
    return vote.helpful, vote.reason, vote.words


def _refuse_unknown(reason: str | None) -> None:
    if reason is not None and reason not in REASONS:
        said = f"A reason is one of {', '.join(REASONS)}."
        raise Invalid(said, code="unknown-reason", faults=(Fault("/reason", "unknown-reason", said),))


def _seen(article_id: str, locale: str, audience: str) -> Translation:
    """The text that he has before him."""
    found = articles.get(article_id)
    if found is None or found.state != "published" or locale not in found.translations:
        raise NotFound("There is no such article.", code="article-not-found")
    if not may_read(found.visibility, audience):
        raise NotFound("There is no such article.", code="article-not-found")
    return found.translations[locale]


def _refuse_flood(visitor: str, address: str) -> None:
    if not allowances.take(OF_VISITOR, visitor) or (address and not allowances.take(OF_ADDRESS, address)):
        raise TooManyRequests("There were too many votes from here today.")
