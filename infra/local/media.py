"""Pictures of articles out of the bucket, which CloudFront serves on AWS."""

from urllib.parse import unquote

from chalicelib.domain import image
from chalicelib.store import files
from infra.local.gateway import Request, Response, header, refusal

_HEADERS = [("Cache-Control", "public, max-age=31536000, immutable"), ("X-Content-Type-Options", "nosniff")]


def serve(request: Request) -> Response:
    """The picture at that address, or 404; 304 when the client has it already."""
    key = image.key_at(unquote(request.path))
    kind = files.type_of(key) if key else None
    if key is None or kind not in image.TYPES or request.method not in ("GET", "HEAD"):
        return refusal(request, "RESOURCE_NOT_FOUND")
    headers = [("ETag", f'"{key.split("/")[1]}"'), *_HEADERS]
    if headers[0][1] in header(request, "if-none-match"):
        return Response(304, b"", headers)
    return Response(200, files.read(key), [("Content-Type", str(kind)), *headers])
