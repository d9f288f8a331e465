"""schemathesis against the running product, every check on (`schemathesis.toml` says what each is told)."""

import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.product import ROOT, running

# All phases (examples, boundaries of the schemas, chance, chains of calls), and the same cases in every run: whether a
# change lands may not depend on luck. Without `--generation-deterministic` it looks for new ones.
# One worker: two of them meet a fault of CPython 3.11, whose parser counts the depth of all threads together.
BOUNDS = ["--generation-deterministic", "--max-examples", "5", "--workers", "1"]
# A run that tried nothing proves nothing.
FEWEST = 100


def test_no_request_that_schemathesis_makes_is_answered_otherwise_than_the_document_says(tmp_path: Path) -> None:
    with running(tmp_path / "data") as product:
        key = f"Authorization: Bearer {product.api_key}"
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{product.url}/v1/openapi.json"]
        told = [*command, "--header", key, *BOUNDS, "--no-color", "--continue-on-failure", "--request-timeout", "60"]
        made = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, timeout=600)

    assert made.returncode == 0, made.stdout[-20_000:] + made.stderr
    assert int(re.findall(r"([0-9]+) generated", made.stdout)[-1]) > FEWEST, made.stdout[-5_000:]
