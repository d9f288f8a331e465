"""The files of `portal_static/`, which a CDN serves on AWS: by the names that pages call them, and by their own."""

import hashlib
from urllib.parse import unquote

from chalicelib import static_files
from infra.local.gateway import Request, Response, header, refusal


def serve(request: Request) -> Response:
    """The file under `/static/` that `request` asks for, or 404; 304 when the client has it already."""
    name = unquote(request.path).removeprefix("/static/")
    found = _find(name)
    if found is None or request.method not in ("GET", "HEAD"):
        return refusal(request, "RESOURCE_NOT_FOUND")
    content, cache = found
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = [("ETag", tag), ("Cache-Control", cache), ("X-Content-Type-Options", "nosniff")]
    if tag in header(request, "if-none-match"):
        return Response(304, b"", headers)
    return Response(200, content, [("Content-Type", static_files.content_type(name)), *headers])


def _find(name: str) -> tuple[bytes, str] | None:
    """The octets under that name, and how long they may be kept: what has a plain name may be another the next time."""
    files = static_files.read()
    named = next((one for one in files.values() if one.name == name), None)
    if named:
        return named.content, static_files.FOR_A_YEAR
    return (files[name].content, "no-cache") if name in files else None
