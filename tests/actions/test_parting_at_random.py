"""Whatever Alice and Charlie do while one stands for both: taken apart, neither can read a word of the other's."""

import random

import pytest

from chalicelib.actions import merge_customers, merge_tickets
from chalicelib.actions.identify_customer import Person, find
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.actions.split_ticket import Split, split
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import customer_tickets, customers, tickets

PEOPLE = {name: Person("email", f"{name}@example.org", name.title()) for name in ("alice", "charlie")}
BY_BOB = Actor("agent", "agt_bob")


class World:
    """Every text names who wrote it."""

    def __init__(self, seed, bob):
        self.dice, self.bob, self.tickets = random.Random(seed), bob, []
        for name in PEOPLE:
            self.open(name)
        self.ids = {name: find(person).id for name, person in PEOPLE.items()}
        merge_customers.merge(self.ids["alice"], self.ids["charlie"], BY_BOB)

    def open(self, name=None):
        name = name or self.dice.choice([*PEOPLE])
        self.tickets.append(receive(Incoming("email", f"{name} asks", PEOPLE[name])).ticket.id)

    def any(self):
        return self.dice.choice(self.tickets)

    def write(self):
        name = self.dice.choice([*PEOPLE])
        receive(Incoming("email", f"{name} writes", PEOPLE[name], hints=(Hint(self.any(), "reply-address", True),)))

    def answer(self):
        reply(self.any(), self.bob, Reply("Bob answers", channel="email"))

    def merge(self):
        merge_tickets.merge(self.any(), self.any(), BY_BOB)

    def unmerge(self):
        merge_tickets.unmerge(self.any(), BY_BOB)

    def split(self):
        ticket = tickets.get(self.any())
        listed = [message.id for message in tickets.newest(tickets.family(ticket)).messages]
        some = self.dice.sample(listed, self.dice.randint(1, max(1, len(listed) // 2)))
        self.tickets.append(split(ticket.id, Split(tuple(some)), BY_BOB).id)

    def step(self):
        acts = [self.open, self.write, self.answer, self.merge, self.unmerge, self.unmerge, self.split, self.split]
        try:
            self.dice.choice(acts)()
        except (Conflict, Invalid):
            return

    def parted(self):
        try:
            merge_customers.unmerge(self.ids["alice"], BY_BOB)
        except Conflict as refused:
            assert refused.code == "tickets-still-merged"
            return False
        return True

    def together_again(self):
        merge_customers.merge(self.ids["alice"], self.ids["charlie"], BY_BOB)


def readable(customer_id):
    """All messages that are in a customer's tickets, with the tickets merged into them."""
    listed = [tickets.get(one.ticket_id) for one in customer_tickets.page(customer_id)]
    return [message for one in listed for message in tickets.newest(tickets.family(one), 500).messages]


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_neither_reads_a_word_of_the_others(run, bob, seed):
    world, parted = World(seed, bob), 0
    for _ in range(8):
        for _ in range(3):
            world.step()
        if not world.parted():
            continue
        parted += 1
        for name, other in (("alice", "charlie"), ("charlie", "alice")):
            texts = {message.text for message in readable(world.ids[name])}
            assert not any(text.startswith(other) for text in texts)
            assert customers.get(world.ids[name]).all_ids == (world.ids[name],)
        world.together_again()
    assert parted
