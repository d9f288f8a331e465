"""The one writer of imported records, whatever format they come from: what became of each, in words for its job."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chalicelib import clock
from chalicelib.actions import import_articles, import_organizations, import_tickets, index_tickets, update_search
from chalicelib.actions.import_people import People
from chalicelib.errors import DiwanError
from chalicelib.importing import mail_ticket
from chalicelib.importing.archive import Archive
from chalicelib.importing.export import Export
from chalicelib.importing.records import (
    Article,
    Category,
    Organization,
    Profile,
    Record,
    Skipped,
    Thread,
    Ticket,
)
from chalicelib.importing.threads import Own

Result = Mapping[str, Any]


class Writer:
    """Writes records one after the other; used by one step of a job, then thrown away.

    `is_amid`: the time was over before all of the last record was written, and it is to be written again.
    """

    def __init__(self, archive: Archive, own: Own, is_over: Callable[[], bool]) -> None:
        self._export, self._own = Export(archive), own
        self._people, self._is_over = People(), is_over
        self.is_amid = False
        self._articles: list[str] = []
        self._tickets: list[str] = []

    def expect(self, listed: Iterable[Record]) -> None:
        """Look up, all at once, whom those records name: they are to be written next."""
        tickets = [record for record in listed if isinstance(record, Ticket)]
        told = [(one.requester, one.assignee, *(message.author for message in one.messages)) for one in tickets]
        self._people.expect(person for persons in told for person in persons if person)

    def write(self, record: Record) -> list[Result]:
        """Write it, once however often it is brought; gives what is to be told of it, mostly nothing.

        A record that a rule of ours refuses is passed over, by name.
        """
        self.is_amid = False
        try:
            return self._write(record)
        except DiwanError as refusal:
            if refusal.status >= 500:
                raise
            return [skipped(record.where, refusal.detail)]

    def finish(self) -> None:
        """Let what was written be found: articles are put into the index together, tickets are published in turn."""
        update_search.index_articles(self._articles)
        index_tickets.mark(self._tickets)
        self._articles.clear()
        self._tickets.clear()

    def _write(self, record: Record) -> list[Result]:
        if isinstance(record, Thread):
            return self._write(mail_ticket.ticket(record, self._export.mail, self._own))
        if isinstance(record, Ticket):
            brought = import_tickets.bring(record, self._people, self._export, self._is_over)
            self._tickets += [brought.ticket_id, *brought.above]
            self.is_amid = not brought.whole
            return _told(record.where, brought.notes, ticket_id=brought.ticket_id)
        if isinstance(record, Profile):
            return self._person(record)
        if isinstance(record, Article):
            return self._article(record)
        if isinstance(record, Organization):
            return _told(record.where, import_organizations.bring(record))
        if isinstance(record, Category):
            import_articles.bring_category(record)
        if isinstance(record, Skipped):
            return [skipped(record.where, record.reason)]
        return []

    def _person(self, record: Profile) -> list[Result]:
        found, notes = self._people.bring(record.person, record.person.created_at or clock.now())
        if found is None:
            return [skipped(record.where, "; ".join([*notes, "the person has no address"]))]
        return _told(record.where, tuple(notes))

    def _article(self, record: Article) -> list[Result]:
        article_id, notes = import_articles.bring(record, self._people)
        self._articles.append(article_id)
        return _told(record.where, notes, article_id=article_id)


def skipped(where: str, reason: str) -> Result:
    """What is told of a record that was passed over."""
    return {"source": where, "code": "skipped", "detail": reason[:2000]}


def _told(where: str, notes: tuple[str, ...], **became: str) -> list[Result]:
    """What is told of a record that is here, but not all as it was."""
    if not notes:
        return []
    return [{"source": where, "code": "changed", "detail": "; ".join(dict.fromkeys(notes))[:2000], **became}]
