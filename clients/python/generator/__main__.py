"""Makes the client's models and resources of the OpenAPI document: `python -m clients.python.generator`.

What needs thought (tries, errors, pages, signatures) is written by hand beside them. A test fails when what is in the
tree is not what this makes.
"""

import subprocess
import sys
from pathlib import Path

from chalicelib.api import openapi
from clients.python.generator import methods, models

PACKAGE = Path(__file__).parents[1] / "src/diwan_client"


def made() -> dict[Path, str]:
    """Every generated file, as it should be."""
    document = openapi.build()
    resources = methods.modules(document)
    texts = {
        PACKAGE / "answers.py": models.answers(document),
        PACKAGE / "requests.py": models.requests(document),
        PACKAGE / "resources/__init__.py": methods.together(list(resources)),
        **{PACKAGE / f"resources/{name}.py": text for name, text in resources.items()},
    }
    return {path: _formatted(path, text) for path, text in texts.items()}


def main() -> None:
    texts = made()
    for path in set((PACKAGE / "resources").glob("*.py")) - texts.keys():
        path.unlink()
    for path, text in texts.items():
        path.write_text(text)


def _formatted(path: Path, text: str) -> str:
    """Without the imports it does not need, and as ruff lays it out."""
    for arguments in (["check", "--select=F401,I", "--fix", "--quiet"], ["format"]):
        command = [sys.executable, "-m", "ruff", *arguments, f"--stdin-filename={path}", "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    return text


if __name__ == "__main__":
    main()
