"""Who comes first into a deployment that knows nobody."""

import pytest

from chalicelib import settings
from chalicelib.actions import change_staff
from chalicelib.domain.agent import Agent
from chalicelib.domain.event import SYSTEM
from chalicelib.store import api_keys, staff
from infra import first_admin


@pytest.fixture
def stage(cloud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment `prod` over the tests' table, and nothing else in the account."""
    standing = {"diwan-prod": {"TableName": settings.table_name(), "PublicUrl": "https://help.ghusn.example"}}
    monkeypatch.setattr(first_admin, "stack_parameters", lambda stack: standing.get(stack, {}))
    monkeypatch.setenv("STAGE", "prod")
    monkeypatch.setenv("EMAIL", "Bob@Ghusn.example")
    monkeypatch.setenv("NAME", "Bob")


def test_first_admin_gets_a_key_that_may_do_everything(stage: None, capsys: pytest.CaptureFixture[str]) -> None:
    first_admin.main()
    told = capsys.readouterr().out
    key = api_keys.use(told.split()[-1])
    assert key and key.may("webhooks:write")
    made = staff.agent_by_email("bob@ghusn.example")
    assert made and made.is_admin and made.id == key.agent_id
    assert "https://help.ghusn.example/agent/sign-in" in told


def test_who_was_locked_out_is_let_in_again(stage: None, bob: Agent) -> None:
    first_admin.let_in("charlie@ghusn.example", "Charlie")
    charlie = staff.agent_by_email("charlie@ghusn.example")
    assert charlie
    change_staff.change_agent(bob.id, {"role": "admin"}, SYSTEM)
    change_staff.change_agent(charlie.id, {"active": False}, SYSTEM)
    assert first_admin.let_in("charlie@ghusn.example", "Charlie").agent_id == charlie.id
    again = staff.agent(charlie.id)
    assert again and again.is_admin


@pytest.mark.parametrize(("name", "value"), [("STAGE", ""), ("EMAIL", "nobody"), ("STAGE", "elsewhere")])
def test_what_is_missing_is_said(stage: None, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match="make"):
        first_admin.main()
