"""The product's pages over AWS as moto plays it, behind the gateway of a local run, with Alice and Bob."""

from collections.abc import Callable

import pytest

from chalicelib import clock, ids
from chalicelib.actions import sign_in
from chalicelib.domain.agent import Agent, Team
from chalicelib.search import articles as index
from chalicelib.store import shop, staff
from chalicelib.store.changes import Changes
from infra.local.gateway import Gateway
from tests.portal import samples
from tests.portal.browser import Browser

Open = Callable[..., Browser]


@pytest.fixture
def browse(cloud: None) -> Open:
    """Opens browsers: `browse()` a stranger's, `browse("alice@example.org")` a customer's who signed in."""
    from app import app

    shop.save(samples.SHOP)
    index.forget()
    gateway = Gateway(app)

    def opened(email: str = "", role: str = "customer", language: str = "en") -> Browser:
        browser = Browser(gateway, language)
        if email:
            link = sign_in.local_link(email, role, language)
            browser.go(link.removeprefix("https://help.ghusn.example"))
            browser.send(browser.address)
        return browser

    return opened


@pytest.fixture
def bob(cloud: None) -> Agent:
    return _hired("Bob", "bob@ghusn.example")


@pytest.fixture
def workshop(cloud: None) -> Team:
    team = Team(ids.new("tea"), {"en": "Workshop", "ar": "الورشة"}, clock.now())
    change = Changes()
    staff.add_team(change, team)
    change.commit()
    staff.forget()
    return team


def _hired(name: str, email: str) -> Agent:
    agent = Agent(ids.new("agt"), name, email, "agent", clock.now(), names={"ar": "بوب"})
    change = Changes()
    staff.add_agent(change, agent)
    change.commit()
    return agent
