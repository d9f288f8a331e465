"""One request of a browser, read once: address, form, cookies. Values are text; a field given twice counts once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from chalice.app import Request

from chalicelib import settings, signing
from chalicelib.errors import Forbidden, Malformed
from chalicelib.i18n import LOCALES
from chalicelib.web import cookies, front

MAX_FIELDS = 60
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Visit:
    """`path` is encoded and without the query; `browser` is a random mark that this browser keeps for a year; `client`
    is the address on the network that the request came from.
    """

    method: str
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    browser: str
    is_new_browser: bool
    request_id: str
    form: Mapping[str, str] = field(default_factory=dict)
    client: str = ""

    @property
    def address(self) -> str:
        """Path and query, as a link back to this page."""
        return self.path + (f"?{urlencode(self.query)}" if self.query else "")

    @property
    def theme(self) -> str:
        theme = self.cookies.get("theme", "")
        return theme if theme in ("light", "dark") else ""

    @property
    def csrf(self) -> str:
        """The token that our own forms carry: nobody else's page can know it."""
        return signing.digest("csrf", self.browser, 16).hex()

    @property
    def is_ours(self) -> bool:
        """Whether the form came from a page of ours."""
        return self._names_no_other_site and signing.same(self.csrf, self.form.get("csrf", ""))

    @property
    def _names_no_other_site(self) -> bool:
        return self.headers.get("origin", "") in ("", *_origins(self.headers.get("host", "")))

    def line(self, name: str) -> str:
        """A field of one line, without white space around it."""
        return " ".join(self.form.get(name, "").split())

    def text(self, name: str) -> str:
        """A field of many lines; browsers end lines with CR LF."""
        return self.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()

    def refuse_forged(self) -> None:
        """Raises Forbidden unless the form came from a page of ours."""
        if not self.is_ours:
            raise Forbidden("This form did not come from our page.", code="forged-form")

    def refuse_foreign(self) -> None:
        """For forms of cached pages, which carry no token: raises Forbidden unless the browser says they are ours.

        Every browser sends Origin with a POST, or Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/).
        """
        site = self.headers.get("sec-fetch-site", "same-origin" if self.headers.get("origin") else "none")
        if site != "same-origin" or not self._names_no_other_site:
            raise Forbidden("This form did not come from our page.", code="forged-form")

    def wished_language(self, default: str) -> str:
        """What the visitor chose before, else what his browser asks for (RFC 9110 §12.5.4), else `default`."""
        chosen = self.cookies.get("locale", "")
        asked = self.headers.get("accept-language", "")
        return chosen if chosen in LOCALES else next((one for one in _by_weight(asked) if one in LOCALES), default)


def read(request: Request, params: Mapping[str, str]) -> Visit:
    """The visit behind a request of Chalice's.

    Raises:
        Malformed: a body that is not a form of at most 60 fields.
    """
    found = cookies.read(request.headers.get("cookie", ""))
    mark = found.get("browser", "")
    known = len(mark) == 32 and mark.isalnum()
    event = request.to_original_event()
    return Visit(
        method=request.method,
        path=quote(event["path"]),
        params=params,
        query=dict(event.get("queryStringParameters") or {}),
        headers={name.lower(): value for name, value in request.headers.items()},
        cookies=found,
        browser=mark if known else secrets.token_hex(16),
        is_new_browser=not known,
        request_id=str(request.context.get("requestId", "")),
        form=_form(request) if request.method == "POST" else {},
        client=front.client(request),
    )


def local_path(address: str) -> str | None:
    """The address when it is a path of this site, else None: a link must not lead a visitor elsewhere."""
    # A browser takes a backslash for a slash: https://url.spec.whatwg.org/#relative-slash-state
    ours = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if ours and address.isprintable() and len(address) <= 500 else None


def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Malformed(f"Send the form as {FORM}.", code="not-a-form")
    try:
        pairs = parse_qsl(_body(request), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise Malformed("The form has too many fields.", code="too-many-fields") from error
    return dict(pairs)


def _body(request: Request) -> str:
    body = request.raw_body
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else body


def _origins(host: str) -> tuple[str, ...]:
    """Where our pages may be read from: the public address, and the very host that was asked."""
    public = urlsplit(settings.public_url())
    return f"{public.scheme}://{public.netloc}", f"{public.scheme}://{host}"


def _by_weight(accepted: str) -> list[str]:
    weighed = []
    for part in accepted[:500].split(","):
        tag, _, weight = part.partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        weighed.append((-_weight(weight), language))
    return [language for _, language in sorted(weighed, key=lambda pair: pair[0])]


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
