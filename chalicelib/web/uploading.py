"""Pages whose forms and scripts send files past us: our policy names no place but our own, so they must name S3."""

from urllib.parse import urlsplit

from chalice import Response

from chalicelib.store import files


def let_upload(response: Response) -> Response:
    """Let the page send files to where they are kept: our policy names nobody else (CSP, form-action, connect-src)."""
    place = urlsplit(files.place_of_uploads())
    origin = f"{place.scheme}://{place.netloc}"
    policy = str(response.headers["Content-Security-Policy"])
    for directive in ("connect-src 'self'", "form-action 'self'"):
        policy = policy.replace(directive, f"{directive} {origin}")
    response.headers["Content-Security-Policy"] = policy
    return response
