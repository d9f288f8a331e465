"""The files of `portal_static/`, which a CDN serves on AWS."""

import hashlib
import mimetypes
from pathlib import Path
from urllib.parse import unquote

from infra.local.gateway import Request, Response, header, refusal
from infra.local.world import ROOT

FOLDER = ROOT / "portal_static"
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml", ".webmanifest": "application/json"}


def serve(request: Request) -> Response:
    """The file under `/static/` that `request` asks for, or 404; 304 when the client has it already."""
    path = _file(unquote(request.path).removeprefix("/static/"))
    if path is None or request.method not in ("GET", "HEAD"):
        return refusal(request, "RESOURCE_NOT_FOUND")
    content = path.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = [("ETag", tag), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")]
    if tag in header(request, "if-none-match"):
        return Response(304, b"", headers)
    return Response(200, content, [("Content-Type", _content_type(path)), *headers])


def _file(name: str) -> Path | None:
    path = (FOLDER / name).resolve() if "\0" not in name else FOLDER
    return path if path.is_relative_to(FOLDER.resolve()) and path.is_file() else None


def _content_type(path: Path) -> str:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
