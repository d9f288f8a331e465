"""Whatever is merged, taken apart and split, every message is read exactly once, in order, and all is counted right."""

import random

import pytest

from chalicelib.actions import merge_tickets
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.recount import recount
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.actions.split_ticket import Split, split
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import tickets

ALICE = Person("email", "alice@example.org", "Alice")
BY_BOB = Actor("agent", "agt_bob")


class World:
    """Tickets of Alice's, and all that was ever written in them."""

    def __init__(self, seed, bob):
        self.dice, self.bob = random.Random(seed), bob
        self.tickets, self.messages = [], set()
        for count in range(5):
            self.note(receive(Incoming("api", f"Question {count}", ALICE)))
        for _ in range(12):
            self.write()

    def note(self, made):
        self.messages.add(made.message.id)
        if made.ticket.id not in self.tickets:
            self.tickets.append(made.ticket.id)

    def any(self):
        return self.dice.choice(self.tickets)

    def write(self):
        ticket = self.any()
        if self.dice.random() < 0.5:
            self.note(receive(Incoming("api", "One thing more", ALICE, hints=(Hint(ticket, "api", proven=True),))))
        elif not tickets.get(ticket).merged_into:
            self.note(reply(ticket, self.bob, Reply("Yes.", visibility=self.dice.choice(["public", "internal"]))))

    def merge(self):
        merge_tickets.merge(self.any(), self.any(), BY_BOB)

    def unmerge(self):
        merge_tickets.unmerge(self.any(), BY_BOB)

    def split(self):
        ticket = self.any()
        listed = [message.id for message in read_up(ticket, 100)]
        some = self.dice.sample(listed, self.dice.randint(1, max(1, len(listed) // 2)))
        self.tickets.append(split(ticket, Split(tuple(some)), BY_BOB).id)

    def step(self):
        act = self.dice.choice([self.write, self.merge, self.merge, self.unmerge, self.split])
        try:
            act()
        except (Conflict, Invalid):
            return  # refused: nothing may have changed, which is looked at all the same


def read_up(ticket_id, limit):
    ticket, found, after = tickets.get(ticket_id), [], None
    while page := tickets.messages_after(ticket, after, limit)[0]:
        found.extend(page)
        after = page[-1].id
    return found


def read_down(ticket_id, limit):
    thread = tickets.thread(ticket_id, limit)
    found = list(thread.messages)
    while thread.before:
        thread = tickets.older(tickets.get(ticket_id), thread.before, limit)
        found = [*thread.messages, *found]
    return found


def check(world, by):
    """All that is to be read, read so many at a time."""
    standing = [one for one in map(tickets.get, world.tickets) if not one.merged_into]
    read = {one.id: read_up(one.id, by) for one in standing}
    assert sorted(message.id for listed in read.values() for message in listed) == sorted(world.messages)
    for one in standing:
        listed = [message.id for message in read[one.id]]
        public = [message.id for message in read[one.id] if message.is_public]
        assert listed == sorted(listed) == [message.id for message in read_down(one.id, by)]
        assert one.message_count == len(listed)
        assert one.last_public_id == (public[-1] if public else None)


@pytest.mark.parametrize("seed", range(3))
def test_every_message_is_read_exactly_once(run, bob, seed):
    world = World(seed, bob)
    for _ in range(16):
        world.step()
        check(world, by=100)
    check(world, by=2)

    run()
    assert recount() == {}


def test_taking_all_apart_again_gives_back_what_there_was(run, bob):
    world = World(7, bob)
    before = {id: (tickets.get(id), read_up(id, 100)) for id in world.tickets}
    first, second, third, fourth, fifth = world.tickets
    merged = [(first, second), (third, second), (second, fourth), (fifth, fourth)]
    for loser, into in merged:
        merge_tickets.merge(loser, into, BY_BOB)
    assert len(read_up(fourth, 4)) == len(world.messages)
    for loser, _ in reversed(merged):
        merge_tickets.unmerge(loser, BY_BOB)

    for id, (ticket, listed) in before.items():
        now = tickets.get(id)
        told = {name: value for name, value in vars(now).items() if name not in ("version", "updated_at")}
        assert told == {name: vars(ticket)[name] for name in told}
        assert read_up(id, 100) == listed
    run()
    assert recount() == {}
