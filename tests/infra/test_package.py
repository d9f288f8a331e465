"""The zip itself: what is in it, what is not, and that it is the same every time."""

import ast
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import botocore
import pytest
from jinja2 import ModuleLoader

from infra.package import __main__ as package
from infra.package import symbols, undocumented, zipped
from infra.package.prune import SERVICES
from tests.infra.conftest import ROOT, Package

FLAGS_UNCHECKED_HASH = 0b01
# Where an ELF file says how many sections it has.
SECTIONS = slice(60, 62)


def test_packing_the_same_twice_gives_the_same_octets(built: Package) -> None:
    assert zipped.sha256(built.dist / "diwan.zip") == zipped.sha256(built.packed_again)


def test_zip_is_small_enough_for_a_cold_start(built: Package) -> None:
    assert (built.dist / "diwan.zip").stat().st_size <= package.LARGEST_ZIP


def test_every_module_has_bytecode_that_needs_no_look_at_its_source(built: Package) -> None:
    compiled = list(built.code.rglob("*.pyc"))
    assert len(compiled) > 500
    for module in compiled:
        head = module.read_bytes()[:8]
        assert head[:4] == importlib.util.MAGIC_NUMBER, module
        assert head[4] == FLAGS_UNCHECKED_HASH, module


def test_our_modules_keep_their_source_and_nobody_elses_do(built: Package) -> None:
    sources = {path.relative_to(built.code) for path in built.code.rglob("*.py")}
    assert {path.parts[0] for path in sources} == {"app.py", "chalicelib"}
    for source in sources:
        assert Path(importlib.util.cache_from_source(str(built.code / source))).exists(), source


def test_bytecode_names_no_folder_of_the_machine_that_built_it(built: Package) -> None:
    compiled = Path(importlib.util.cache_from_source(str(built.code / "chalicelib" / "settings.py"))).read_bytes()
    assert b"/var/task/chalicelib/settings.py" in compiled
    assert str(built.code.parents[1]).encode() not in compiled


def test_modules_icons_and_catalogues_are_inside(built: Package) -> None:
    for source in (ROOT / "chalicelib").rglob("*"):
        inside = built.code / source.relative_to(ROOT)
        if source.suffix in {".svg", ".py"}:
            assert inside.exists(), source
        if source.suffix == ".po":
            assert inside.with_suffix(".mo").exists(), source


def test_every_template_is_inside_as_bytecode_and_in_no_other_form(built: Package) -> None:
    templates, compiled = (built.code / "chalicelib" / name for name in ("templates", "templates_compiled"))
    sources = [path for path in (ROOT / "chalicelib" / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    names = {path.relative_to(ROOT / "chalicelib" / "templates").as_posix() for path in sources}
    assert {path.name for path in compiled.iterdir()} == {f"{ModuleLoader.get_template_key(one)}.pyc" for one in names}
    assert {path.suffix for path in templates.rglob("*") if path.is_file()} <= {".svg", ".md"}


def test_libraries_come_without_what_debuggers_read_and_load(built: Package) -> None:
    libraries = list(built.code.rglob("*.so"))
    assert {path.parent.name for path in libraries} >= {"tantivy", "nh3", "msgspec"}
    for library in libraries:
        assert library.read_bytes()[SECTIONS] == b"\0\0", library
    names = [library.relative_to(built.code).as_posix().partition(".")[0].replace("/", ".") for library in libraries]
    script = f"import importlib, sys; sys.path.insert(0, {str(built.code)!r}); [*map(importlib.import_module, {names})]"
    subprocess.run([sys.executable, "-I", "-S", "-B", "-c", script], check=True)


def test_what_is_no_library_for_lambda_is_not_cut(tmp_path: Path) -> None:
    (tmp_path / "other.so").write_bytes(b"\xcf\xfa\xed\xfe" + bytes(200))
    with pytest.raises(ValueError, match="not a library for Lambda"):
        symbols.strip_all(tmp_path)


def test_pages_out_of_the_zip_name_the_static_files_that_lie_beside_it(built: Package) -> None:
    names = json.loads((built.code / "chalicelib" / "static_names.json").read_text())
    served = {file.relative_to(built.dist / "static").as_posix() for file in (built.dist / "static").rglob("*.*")}
    assert set(names.values()) == served
    assert re.fullmatch(r"css/base\.[0-9a-f]{10}\.css", names["css/base.css"])


def test_nothing_for_building_or_testing_is_inside(built: Package) -> None:
    with zipfile.ZipFile(built.dist / "diwan.zip") as archive:
        names = archive.namelist()
    unwanted = re.compile(
        r"^(tests|infra|portal_static|bench|moto|pytest|\.chalice)/|/tests/|\.pyi$|\.dist-info/RECORD$"
    )
    assert [name for name in names if unwanted.search(name)] == []


def test_licences_of_what_we_pass_on_are_inside(built: Package) -> None:
    without = [each.name for each in built.code.glob("*.dist-info") if not list(each.rglob("*[Ll][Ii][Cc][Ee][Nn]*"))]
    assert without == []


def test_every_pinned_version_is_the_one_inside(built: Package) -> None:
    pins = (ROOT / "requirements.txt").read_text().lower()
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", pins, re.MULTILINE):
        folders = [each.name.lower() for each in built.code.glob("*.dist-info")]
        assert f"{re.sub('[-.]', '_', name)}-{version}.dist-info" in folders


def test_every_library_the_code_imports_is_inside(built: Package) -> None:
    foreign = imported_by(ROOT / "chalicelib") | imported_by(ROOT / "app.py")
    inside = {path.name.partition(".")[0] for path in built.code.iterdir()}
    assert "jinja2" in foreign
    assert foreign - inside == set()


def imported_by(source: Path) -> set[str]:
    """Names of the libraries that a file, or all files in a folder, import anywhere, even inside a function."""
    files = source.rglob("*.py") if source.is_dir() else [source]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)


def test_services_are_described_as_before_but_without_words_for_readers(built: Package) -> None:
    inside, whole = built.code / "botocore" / "data", Path(botocore.__file__).parent / "data"
    described = sorted(inside.rglob("service-2.json.gz"))
    assert len(described) == len(SERVICES)
    assert (inside / undocumented.NOTICE).exists()
    for file in described:
        bare, full = (json.loads(gzip.decompress(one.read_bytes())) for one in (file, whole / file.relative_to(inside)))
        assert bare["operations"].keys() == full["operations"].keys()
        assert {name: shape.get("members", {}).keys() for name, shape in bare["shapes"].items()} == {
            name: shape.get("members", {}).keys() for name, shape in full["shapes"].items()
        }
        assert set(re.findall(r'"documentation":"[^"]*"', json.dumps(bare, separators=(",", ":")))) == {
            '"documentation":""'
        }


def test_every_service_the_code_calls_is_described_inside(built: Package) -> None:
    code = "".join(path.read_text() for path in (ROOT / "chalicelib").rglob("*.py"))
    called = set(re.findall(r"\bclient\(\"([\w-]+)\"", code)) | {"dynamodb"}
    assert called <= SERVICES
    assert {each.name for each in (built.code / "botocore" / "data").iterdir() if each.is_dir()} == SERVICES
