"""The desk over AWS as moto plays it, with Bob behind it and a ticket of Alice's before him."""

import pytest

from chalicelib.actions import change_staff
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.domain.event import Actor
from tests.portal.conftest import bob, browse, workshop  # noqa: F401 (fixtures)

ALICE = Person("email", "alice@example.org", "Alice", "en")


@pytest.fixture
def ticket(browse):  # noqa: F811
    return receive(Incoming("email", "Can it be saved?", ALICE, subject="My board has split")).ticket


@pytest.fixture
def desk(browse, bob):  # noqa: F811
    """Bob's browser, signed in."""
    return browse(bob.email, "agent")


@pytest.fixture
def boss(browse, bob):  # noqa: F811
    """The browser of Bob, who became an admin."""
    change_staff.change_agent(bob.id, {"role": "admin"}, Actor("system"))
    return browse(bob.email, "agent")
