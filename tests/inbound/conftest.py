"""The shop on WhatsApp, and AWS's side of what it sends there."""

import pytest

from infra.local import whatsapp
from tests.whatsapp import NUMBER_ID


@pytest.fixture
def connected(monkeypatch):
    monkeypatch.setenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", NUMBER_ID)


@pytest.fixture
def aws_side(cloud):
    with whatsapp.played() as sent:
        yield sent
