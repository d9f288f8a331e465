"""Makes the client's models and resources of the OpenAPI document: `python -m clients.python.generator`.

What needs thought (tries, errors, pages, signatures) is written by hand beside them. A test fails when what is in the
tree is not what this makes.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

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
    return _formatted(texts)


def main() -> None:
    texts = made()
    for path in set((PACKAGE / "resources").glob("*.py")) - texts.keys():
        path.unlink()
    for path, text in texts.items():
        path.write_text(text)


def _formatted(texts: dict[Path, str]) -> dict[Path, str]:
    """Without the imports they do not need, and as ruff lays them out."""
    with TemporaryDirectory() as folder:
        places = {path: Path(folder) / path.relative_to(PACKAGE) for path in texts}
        for path, place in places.items():
            place.parent.mkdir(exist_ok=True)
            place.write_text(texts[path])
        for work in (["check", "--select=F401,I", "--fix", "--quiet"], ["format", "--quiet"]):
            command = [
                sys.executable,
                "-m",
                "ruff",
                *work,
                "--no-cache",
                f"--config={PACKAGE.parents[1]}/pyproject.toml",
            ]
            subprocess.run([*command, folder], check=True)
        return {path: place.read_text() for path, place in places.items()}


if __name__ == "__main__":
    main()
