"""Static files under names that carry a hash of their octets, so that browsers and CloudFront keep them for a year.

Their authors write plain names everywhere: what a style sheet or a script names in turn is renamed in it, so that its
own hash moves with theirs. The package brings the names along; elsewhere they are made of the folder as it is.
"""

import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from posixpath import normpath
from time import monotonic

_FOLDER = Path(__file__).parents[1] / "portal_static"
_WRITTEN = Path(__file__).parent / "static_names.json"
_NAMING = {
    ".css": re.compile(rb"""(?P<before>url\(["']?)(?P<named>[^"'):#]+)"""),
    ".js": re.compile(rb"""(?P<before>\b(?:from|import)\s*\(?\s*["'])(?P<named>\.{1,2}/[^"']+)"""),
}
# Words for people, whom nobody sends a year's worth of caching: licences keep the names that others know them by.
_KEPT = frozenset({".md", ".txt"})
_DIGITS = 10
# What Python's own list calls otherwise, or leaves out.
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    """`name` is a path below the folder of static files, `content` what is served under it."""

    name: str
    content: bytes


def name(path: str) -> str:
    """The name under which `css/base.css` is served. Raises KeyError where there is no such file."""
    return _written()[path] if _WRITTEN.exists() else read()[path].name


def read() -> dict[str, StaticFile]:
    """All files by their plain names. A change is seen after a second at most."""
    return _read(_FOLDER, _state(_FOLDER, int(monotonic())))


def content_type(name: str) -> str:
    """What a file of that name is served as."""
    suffix = PurePosixPath(name).suffix
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def write(target: Path, names: Path) -> None:
    """Put all files into the folder `target` as they are served, and into the file `names` what each is called."""
    files = read()
    for one in files.values():
        (target / one.name).parent.mkdir(parents=True, exist_ok=True)
        (target / one.name).write_bytes(one.content)
    names.write_text(json.dumps({plain: one.name for plain, one in sorted(files.items())}))


@cache
def _written() -> dict[str, str]:
    found: dict[str, str] = json.loads(_WRITTEN.read_text())
    return found


@lru_cache(maxsize=1)
def _state(folder: Path, second: int) -> tuple[tuple[str, int], ...]:
    """Which files there are and when each was written; looked for once a `second`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), path.stat().st_mtime_ns) for path in paths)


@lru_cache(maxsize=1)
def _read(folder: Path, state: tuple[tuple[str, int], ...]) -> dict[str, StaticFile]:
    found: dict[str, StaticFile] = {}
    for path, _ in state:
        _add(found, folder, path)
    return found


def _add(found: dict[str, StaticFile], folder: Path, path: str) -> StaticFile:
    """Those that it names go first. (Scripts that name each other would go round for ever; none may.)"""
    if path not in found:
        content = _renamed(found, folder, path)
        found[path] = StaticFile(_hashed(path, content), content)
    return found[path]


def _renamed(found: dict[str, StaticFile], folder: Path, path: str) -> bytes:
    content, here = (folder / path).read_bytes(), PurePosixPath(path)
    if here.suffix not in _NAMING:
        return content

    def served(match: re.Match[bytes]) -> bytes:
        named = match["named"].decode()
        target = normpath(f"{here.parent}/{named}")
        if not (folder / target).is_file():
            return match[0]
        now = PurePosixPath(_add(found, folder, target).name).name
        return match["before"] + named.encode()[: len(named) - len(PurePosixPath(named).name)] + now.encode()

    return _NAMING[here.suffix].sub(served, content)


def _hashed(path: str, content: bytes) -> str:
    plain = PurePosixPath(path)
    if plain.suffix in _KEPT:
        return path
    return str(plain.with_name(f"{plain.stem}.{hashlib.sha256(content).hexdigest()[:_DIGITS]}{plain.suffix}"))
