"""Others' code that reads bounces fails in one line of our log, and says nothing itself."""

import logging.config

import pytest
from flufl.bounce import _scan

from chalicelib.channels import email_bounce_library


class Failing:
    def process(self, _: object) -> None:
        raise ValueError("odd")


def test_a_failure_of_the_library_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(_scan, "_DETECTORS", [Failing])
    logging.config.dictConfig({"version": 1, "incremental": False, "disable_existing_loggers": False})

    assert email_bounce_library.recipients(b"From: mailer-daemon@mx.example\r\n\r\nFailed.") == ()

    said = "".join(capfd.readouterr())
    assert said.count("\n") == 1
    assert "bounce.library-failed" in said
    assert not caplog.records
