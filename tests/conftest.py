"""What every test may ask for: AWS as moto plays it, with the table that `infra/data.yaml` describes."""

import contextlib
import gc
import os
from collections.abc import Iterator
from typing import Any

os.environ |= {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "DIWAN_SIGNING_SECRET": "a secret of the tests",
    "DIWAN_SUPPORT_EMAIL": "help@ghusn.example",
    "DIWAN_SUPPORT_PHONE": "+21670555014",
    "DIWAN_PUBLIC_URL": "https://help.ghusn.example",
}

import pytest
from moto import mock_aws
from xdist.scheduler import LoadFileScheduling

from chalicelib import clock, ids
from chalicelib.actions import note_search
from chalicelib.domain.agent import Agent, Team
from chalicelib.search import articles as article_index
from chalicelib.search import tickets as ticket_index
from chalicelib.store import field_definitions, numbers, shop, staff
from chalicelib.store.changes import Changes
from infra.local import suppression_list
from tests import empty_account, quick_calls, quick_moto

# A new session reads the descriptions of its services from disk again: 60 ms for each of them.
KEEPING_THE_SESSION: Any = {"core": {"reset_boto3_session": False}}

quick_calls.play()
quick_moto.play()
# Before moto is asked for anything: what it can do is remembered.
suppression_list.play()


# What shares something that takes long to make (a product with a browser before it, a package) is tested by one
# process, all else file by file. These go first and the longest before all, or one process waits for the other at the
# end. Who takes the first is given the third as well, before any is done.
TOGETHER = {
    "tests/browser": ("tests/browser/",),
    "tests/proofs": ("tests/proofs/test_schemathesis.py",),
    "tests/journeys": ("tests/journeys/",),
    "proofs": ("tests/proofs/test_proofs.py",),
    "make run": ("tests/infra/test_local_run.py",),
    "the package": tuple(
        f"tests/infra/test_{name}.py" for name in ("deploy", "handlers", "imports", "package", "templates")
    ),
}


def together(file: str) -> str:
    """The name of what a file is tested with: its own, if that is nothing."""
    return next((name for name, files in TOGETHER.items() if file.startswith(files)), file)


class Scheduler(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return together(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduler:
    return Scheduler(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what goes first there; the others stay in their order."""
    first = [*TOGETHER]
    units = {item: together(item.nodeid.partition("::")[0]) for item in items}
    items.sort(key=lambda item: first.index(units[item]) if units[item] in first else len(first))


def pytest_collection_finish() -> None:
    """What stands now stands to the end: Python looks for garbage only in what tests make, and less often.

    By itself it went through a million objects of modules, of moto and of the tests again and again, for a tenth of the
    time of most tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture
def cloud() -> Iterator[None]:
    """An empty AWS account with our table, buckets and queues; the product's clock runs as fast as the wall clock."""
    with playing_aws():
        yield


@contextlib.contextmanager
def playing_aws() -> Iterator[None]:
    """What `cloud` is; for a module whose tests only read what was written once.

    The clock begins at noon of a month's tenth day: a test of a moment, an hour or a week must not meet another minute,
    day or month by chance.
    """
    clock.shift((clock.real_now().replace(day=10, hour=12, minute=0, second=0) - clock.now()).total_seconds())
    with mock_aws(config=KEEPING_THE_SESSION):
        empty_account.furnish()
        _forget()
        yield
    clock.shift(-clock.offset())
    ids.forget_last()


@pytest.fixture
def wall_clock(cloud: None) -> None:
    """The product's clock shows the time of the wall clock, as what moto stores is dated."""
    clock.shift(-clock.offset())


@pytest.fixture
def bob(cloud: None) -> Agent:
    agent = Agent(ids.new("agt"), "Bob", "bob@ghusn.example", "agent", clock.now(), names={"ar": "بوب"})
    change = Changes()
    staff.add_agent(change, agent)
    change.commit()
    return agent


@pytest.fixture
def team(cloud: None) -> Team:
    team = Team(ids.new("tea"), {"en": "Workshop", "ar": "الورشة"}, clock.now())
    change = Changes()
    staff.add_team(change, team)
    change.commit()
    staff.forget()
    return team


def _forget() -> None:
    numbers.forget_block()
    field_definitions.forget()
    shop.forget()
    staff.forget()
    article_index.forget()
    note_search.forget()
    ticket_index.forget()
