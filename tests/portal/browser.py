"""A browser without a screen: it follows links and redirects, fills forms, keeps cookies, and runs no script."""

from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from infra.local.gateway import Gateway, Request, Response

HOST = "help.ghusn.example"


class Browser:
    """`page` is what it shows, `body` its octets, `status` and `headers` of the last answer, `address` where it is.

    `set_cookies` are all headers that set a cookie since it was opened, `sends` are headers beside a browser's own.
    """

    def __init__(self, gateway: Gateway, language: str = "en", origin: str = f"https://{HOST}") -> None:
        self._gateway = gateway
        self._language = language
        self._origin = origin
        self.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        self.sends: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []
        self.address = "/"
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""
        self.page = BeautifulSoup("", "html.parser")

    def go(self, address: str) -> "Browser":
        return self._load("GET", urljoin(self.address, address), b"")

    def post(self, address: str, content_type: str = "application/x-www-form-urlencoded", **fields: str) -> "Browser":
        """Send fields that no form of the page holds."""
        return self._load("POST", address, urlencode(fields).encode(), content_type)

    def send(self, action: str, button: str = "", **typed: str) -> "Browser":
        """Fill the form that goes to `action` and press its button (the first, or the one with that value).

        A box is ticked by typing its value; one that the page shows ticked is unticked by typing nothing.
        """
        forms = [one for one in self.page.select("form") if action in self._goals(one)]
        form = next((one for one in forms if typed.keys() <= self._fields(one).keys()), None)
        assert form is not None, f"no form with {[*typed]} goes to {action} on {self.address}: {self.text}"
        boxes = {str(one["name"]) for one in form.select("input[type=checkbox]:not([checked])")}
        fields = {name: value for name, value in self._fields(form).items() if name not in boxes}
        pressed = form.select_one(f'button[value="{button}"]') if button else None
        return self.post(action, **fields | typed | ({str(pressed["name"]): button} if pressed else {}))

    def send_query(self, action: str, **typed: str) -> "Browser":
        """What a form that is sent by GET asks for."""
        return self.go(f"{action}?{urlencode(typed)}")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def heading(self) -> str:
        heading = self.page.find("h1")
        return heading.get_text().strip() if heading else ""

    @property
    def errors(self) -> list[str]:
        """Names of the fields that are marked wrong."""
        return [str(one["name"]) for one in self.page.select("[aria-invalid]")]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    def _goals(self, form: Tag) -> list[str]:
        """Where the form can go, by its own address or by one of a button's."""
        buttons = [one["formaction"] for one in form.select("[formaction]")]
        return [urldefrag(str(one)).url for one in (form["action"], *buttons)]

    def _fields(self, form: Tag) -> dict[str, str]:
        found = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
        found |= {str(one["name"]): one.get_text().removeprefix("\n") for one in form.select("textarea")}
        for one in form.select("select"):
            chosen = one.select_one("option[selected]") or one.select_one("option")
            found[str(one["name"])] = str(chosen["value"]) if chosen else ""
        return found

    def _load(self, method: str, address: str, body: bytes, content_type: str = "") -> "Browser":
        for _ in range(5):
            parts = urlsplit(address)
            answer = self._gateway.answer(self._request(method, parts.path, parts.query, body, content_type))
            self._keep(answer)
            if answer.status not in (301, 303):
                self.body = answer.body
                self.page = BeautifulSoup(answer.body, "html.parser")
                return self
            method, body, content_type = "GET", b"", ""
            address = self.header("location")
            if urlsplit(address).netloc not in ("", HOST):
                self.address = address
                return self
        raise AssertionError("too many redirects")

    def _request(self, method: str, path: str, query: str, body: bytes, content_type: str) -> Request:
        self.address = path + (f"?{query}" if query else "")
        headers = [("Host", HOST), ("Accept", "text/html"), ("Accept-Language", self._language)]
        headers += [("User-Agent", self.user_agent), *self.sends.items()]
        if self.cookies:
            headers.append(("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())))
        if method == "POST":
            headers += [("Content-Type", content_type), ("Origin", self._origin)]
        return Request(method, path, query, headers, body, "192.0.2.1")

    def _keep(self, answer: Response) -> None:
        self.status, self.headers = answer.status, answer.headers
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.set_cookies.append(value)
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
                if "Max-Age=0" in value:
                    del self.cookies[key]
