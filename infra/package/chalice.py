"""Runs `chalice package` on a clean copy of the project, so that neither bytecode nor local folders get into the zip.

The runtime is that of the interpreter running this, which Chalice does not let one choose.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

_MERGED = Path("infra/app.yaml")
# The command `chalice`, but what it zips is only stored: we unpack it at once, and compressing takes 2 s.
_STORING = "import zipfile; from chalice import cli, utils; utils.OSUtils.ZIP_DEFLATED = zipfile.ZIP_STORED; cli.main()"


@dataclass(frozen=True)
class Built:
    """What Chalice made: the folder with the unpacked code, and the file with the merged SAM template."""

    code: Path
    template: Path


def package(root: Path, work: Path, arch: str) -> Built:
    """Package the project in `root`, using the empty folder `work`, with wheels for `arch` (x86_64 or arm64).

    Raises:
        RuntimeError: Chalice failed; what it said stands above on standard error.
    """
    tree = work / "tree"
    _copy(root, tree)
    _set_arch(tree / ".chalice" / "config.json", arch)
    _run_chalice(tree, work / "out")
    code = work / "code"
    with zipfile.ZipFile(work / "out" / "deployment.zip") as archive:
        archive.extractall(code)
    return Built(code, work / "out" / "sam.yaml")


def _copy(root: Path, tree: Path) -> None:
    tree.mkdir()
    shutil.copytree(root / "chalicelib", tree / "chalicelib", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in ("app.py", "requirements.txt", ".chalice/config.json", _MERGED):
        (tree / name).parent.mkdir(exist_ok=True)
        shutil.copy(root / name, tree / name)


def _set_arch(config: Path, arch: str) -> None:
    settings = json.loads(config.read_text())
    settings["lambda_architecture"] = arch
    config.write_text(json.dumps(settings))


def _run_chalice(tree: Path, out: Path) -> None:
    command = [sys.executable, "-c", _STORING, "package", "--stage", "prod"]
    command += ["--template-format", "yaml", "--merge-template", str(_MERGED), str(out)]
    # Chalice imports app.py to learn the routes; no region or credentials of the caller may matter to the outcome.
    surroundings = os.environ | {"AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tree, env=surroundings, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(f"chalice package failed:\n{done.stdout.decode(errors='replace')}")
