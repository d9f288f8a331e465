"""What the clock starts."""

from collections.abc import Callable
from typing import Any

from chalicelib import log


def every_minute() -> None:
    """Put jobs for all that is due."""
    from chalicelib.actions.run_due import sweep

    sweep()


def every_night() -> None:
    """Make indexes and lists anew, sweep out old editions, check the counters and the raw mails, delete mail that was
    suspended too long ago and tell the admins of what is; read who told AWS that he wants no SMS.

    Each of it is done whatever becomes of the others.

    Raises:
        NightFailed: some of it failed; the log says why, and an alarm hears of it.
    """
    failed = [name for name, work in _works().items() if not _done(name, work)]
    if failed:
        raise NightFailed(", ".join(failed))


def _works() -> dict[str, Callable[[], Any]]:
    from chalicelib.actions import (
        find_organization_tickets,
        index_tickets,
        mirror_consent,
        page_category,
        reconcile_mail,
        recount,
        release_mail,
        summarize_mail,
    )
    from chalicelib.search import articles, ticket_engine

    return {
        "rebuild": _rebuild,
        "sweep": articles.sweep,
        "lay out categories": page_category.lay_out_all,
        "rebuild tickets": index_tickets.rebuild_missing,
        "sweep tickets": ticket_engine.sweep,
        "recount": recount.recount,
        "list organizations' tickets": find_organization_tickets.list_all,
        "summarize": summarize_mail.summarize,
        "expire": release_mail.expire,
        "reconcile": reconcile_mail.look_on,
        "read the opt-out list": mirror_consent.read,
    }


def _rebuild() -> None:
    """An index is made of what is listed: it must not lose what no list knows yet."""
    from chalicelib.actions import lay_missing_cards, update_search

    lay_missing_cards.lay()
    update_search.rebuild()


class NightFailed(Exception):
    """Names what of the night's work was not done."""


def _done(name: str, work: Callable[[], Any]) -> bool:
    try:
        work()
    except Exception:  # one work's failure must not cost the others their night
        log.error("night.failed", work=name)
        return False
    return True
