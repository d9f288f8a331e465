"""Who starts a local run that cannot be is told so at once, in a line that names what to change."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.journeys.product import ROOT


def refused(**settings: object) -> str:
    """What is said of a start with those settings, which ends with 1."""
    environment = os.environ | {name: str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "infra.local"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (1, "")
    return ended.stderr.strip()


def test_a_port_for_mail_that_is_taken_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        said = refused(PORT=0, SMTP_PORT=taken, DATA=tmp_path, SEED="demo")
    assert said == f"make run: port {taken} is taken; choose another by SMTP_PORT=…"
    assert not (tmp_path / "world.json").exists()


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused(PORT=0, SMTP_PORT=0, DATA=tmp_path / "file", SEED="empty")
    assert said == f"make run: {tmp_path}/file cannot be the folder DATA: File exists"
