"""`python -m infra.package`: builds dist/ and lints it. `ARCH` (x86_64 or arm64) names the processor it is for."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chalicelib import static_files
from infra.package import bytecode, catalogues, chalice, pages, prune, symbols, templates, undocumented, zipped

ROOT = Path(__file__).resolve().parents[2]
# The whole of it is fetched and unpacked at every cold start.
LARGEST_ZIP = 14_000_000


def main() -> None:
    """Write dist/diwan.zip and the templates, print their sizes.

    Raises:
        SystemExit: the zip is larger than 14 MB, or a template does not pass cfn-lint.
    """
    dist = ROOT / "dist"
    build(ROOT, dist, os.environ.get("ARCH", "x86_64"))
    _report(dist)
    _refuse_large(dist / "diwan.zip")
    _lint(dist)


def build(root: Path, dist: Path, arch: str) -> None:
    """Package the project in `root` for `arch` (x86_64 or arm64) into the folder `dist`; checks nothing."""
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="diwan-package-") as work:
        built = gather(root, Path(work), dist, arch)
        pack(built.code, dist / "diwan.zip")
        templates.write(built.template, root / "infra", dist)


def gather(root: Path, work: Path, dist: Path, arch: str) -> chalice.Built:
    """What Chalice makes of the project, in the empty folder `work`; beside it in `dist` the static files as served."""
    built = chalice.package(root, work, arch)
    shutil.rmtree(dist / "static", ignore_errors=True)
    static_files.write(dist / "static", built.code / "chalicelib" / "static_names.json")
    return built


def pack(code: Path, target: Path) -> None:
    """Prune and compile the folder `code` as Chalice left it, and zip it as `target`. May be repeated on one folder."""
    prune.prune(code)
    undocumented.strip(code / "botocore" / "data")
    symbols.strip_all(code)
    catalogues.compile_all(code)
    bytecode.compile_all(code)
    pages.compile_all(code)
    zipped.write(code, target)


def _report(dist: Path) -> None:
    archive = dist / "diwan.zip"
    print(f"dist/diwan.zip  {archive.stat().st_size / 1e6:6.2f} MB  sha256 {zipped.sha256(archive)}")
    for name, packed, unpacked in zipped.largest_parts(archive, 8):
        print(f"  {name:<16}{packed / 1e6:6.2f} MB  unpacked {unpacked / 1e6:6.2f} MB")
    for template in sorted(dist.glob("*.yaml")):
        print(f"dist/{template.name:<16}{template.stat().st_size / 1e3:6.1f} KB")


def _refuse_large(archive: Path) -> None:
    size = archive.stat().st_size
    if size > LARGEST_ZIP:
        raise SystemExit(f"{archive.name} is {size:,} bytes; {LARGEST_ZIP:,} are allowed")


def _lint(dist: Path) -> None:
    names = [str(template) for template in sorted(dist.glob("*.yaml"))]
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    if subprocess.run([cfn_lint, "--non-zero-exit-code", "warning", "--", *names], check=False).returncode:
        raise SystemExit("a template does not pass cfn-lint")


if __name__ == "__main__":
    main()
