"""Puts the mails of a mailbox into threads, by whom they answer and, where that is not told, by subject and people.

What a mail claims to answer counts only among people who write to each other: two strangers' mails never share a
ticket, whatever their headers say. That both wrote to one address joins nobody: it may be one of the desk's.
"""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta

from chalicelib.domain import reply_address
from chalicelib.importing.records import Mail, Skipped, Thread

# An answer without a reference belongs to what was written of the same by the same people so long before.
SAME_SUBJECT_WITHIN = timedelta(days=14)
# All mails of a thread are read at each step that writes some of them; what is beyond makes a thread of its own.
MOST_MAILS = 200
# An address that so many write to is no person's.
MOST_WRITERS = 20
_ANSWER = re.compile(
    r"^\s*(?:(?:re|aw|antw|sv|tr|fwd?|wg|rép|رد|إعادة توجيه|اعادة توجيه)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)


class Own:
    """Our own addresses: what was written from them was written by the desk."""

    def __init__(self, addresses: Collection[str]) -> None:
        self._addresses = {address.lower() for address in addresses if address}

    def __contains__(self, address: str) -> bool:
        return address in self._addresses or reply_address.parse(address) is not None


def grouped(mails: Collection[Mail], own: Own) -> Iterator[Thread | Skipped]:
    """The threads in order of their first mails, and the mails that are in none."""
    listed, twice = _once(mails)
    yield from twice
    shared = _shared(listed, own)
    for address, count in shared.items():
        yield Skipped(address, f"{count} people wrote to it: if it is the desk's, name it in own_addresses")
    groups = _Groups(listed, own, shared)
    for together in groups.found():
        if any(_outside(mail, own) for mail in together):
            for start in range(0, len(together), MOST_MAILS):
                part = together[start : start + MOST_MAILS]
                yield Thread(part[0].where, tuple(part))
        else:
            yield from (Skipped(mail.where, "nobody but the desk takes part in it") for mail in together)


def source_of(mail: Mail) -> str:
    """What names a mail wherever it is found: some senders use one Message-ID for all they write."""
    return f"mail:{mail.message_id}:{mail.created_at.isoformat()}:{mail.sender}:{mail.subject}"


def _once(mails: Collection[Mail]) -> tuple[list[Mail], list[Skipped]]:
    found: dict[str, Mail] = {}
    twice = []
    for mail in sorted(mails, key=lambda one: (one.created_at, one.member, one.offset)):
        if found.setdefault(source_of(mail), mail) is not mail:
            twice.append(Skipped(mail.where, f"the same mail stands at {found[source_of(mail)].where}"))
    return list(found.values()), twice


def _outside(mail: Mail, own: Own) -> set[str]:
    return {address for address in (mail.sender, *mail.people) if address not in own}


def _shared(mails: Collection[Mail], own: Own) -> dict[str, int]:
    """The addresses that are neither told to be the desk's nor one person's, with how many wrote to each."""
    writers: dict[str, set[str]] = {}
    for mail in mails:
        for address in mail.people:
            writers.setdefault(address, set()).add(mail.sender)
    return {address: len(by) for address, by in writers.items() if len(by) > MOST_WRITERS and address not in own}


class _Groups:
    """Mails joined by twos; each group is known by its first."""

    def __init__(self, listed: list[Mail], own: Own, shared: Collection[str]) -> None:
        self._listed = listed
        self._own = own
        self._first = list(range(len(listed)))
        self._outside = [_outside(mail, own) - set(shared) for mail in listed]
        self._join_answers()
        self._join_subjects()

    def found(self) -> list[list[Mail]]:
        groups: dict[int, list[Mail]] = {}
        for at, mail in enumerate(self._listed):
            groups.setdefault(self._root(at), []).append(mail)
        return list(groups.values())

    def _join_answers(self) -> None:
        named = {mail.message_id: at for at, mail in reversed(list(enumerate(self._listed))) if mail.message_id}
        for at, mail in enumerate(self._listed):
            for answered in mail.answers:
                self._join(at, named.setdefault(answered, at))

    def _join_subjects(self) -> None:
        last: dict[tuple[str, str], int] = {}
        for at, mail in enumerate(self._listed):
            subject = _ANSWER.sub("", mail.subject).strip().casefold()
            for person in self._outside[at] if subject else ():
                before = last.get((subject, person))
                if before is not None and self._is_bare_answer(at) and self._follows(at, before):
                    self._join(at, before)
                last[subject, person] = at

    def _is_bare_answer(self, at: int) -> bool:
        return not self._listed[at].answers and bool(_ANSWER.match(self._listed[at].subject))

    def _follows(self, at: int, before: int) -> bool:
        """Whether it came soon behind the other, between the same two: each sender takes part in the other's mail."""
        late, early = self._listed[at], self._listed[before]
        if late.created_at - early.created_at > SAME_SUBJECT_WITHIN:
            return False
        pairs = ((late.sender, early), (early.sender, late))
        return all(sender in self._own or sender in (mail.sender, *mail.people) for sender, mail in pairs)

    def _join(self, one: int, other: int) -> None:
        writers = {self._listed[one].sender, self._listed[other].sender}
        both = self._outside[one] & self._outside[other]
        if both & writers or (both and self._are_ours(writers)):
            first, second = sorted((self._root(one), self._root(other)))
            self._first[second] = first

    def _are_ours(self, senders: set[str]) -> bool:
        return all(sender in self._own for sender in senders)

    def _root(self, at: int) -> int:
        while self._first[at] != at:
            self._first[at] = self._first[self._first[at]]
            at = self._first[at]
        return at
