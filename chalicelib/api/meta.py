"""What the API says of itself: its OpenAPI document, the pages that render it, its problems, and its health."""

from functools import cache

from chalicelib import render, settings
from chalicelib.api import fault_words, problem_words
from chalicelib.api import openapi as document
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas.health import Health, MailCounts
from chalicelib.errors import NotFound
from chalicelib.store import raw_mail

HTML = "text/html; charset=utf-8"


@operation("This document", gives=dict)
def openapi(call: Call) -> Answer:
    """OpenAPI 3.1, made of the very types that check the requests."""
    return Answer(_document(), headers={"Access-Control-Allow-Origin": "*"})


@operation("The health of the service", gives=Health, refuses=("unavailable",))
def health(call: Call) -> Answer:
    """200 when the table answers; else 503 and what is wrong. Mail is counted a quarter of an hour after it came."""
    try:
        counts = raw_mail.counts()
    except raw_mail.TableSilent as trouble:
        return Answer(Health("unavailable", settings.VERSION, str(trouble)), 503)
    return Answer(Health("ok", settings.VERSION, mail=MailCounts(counts.seen, counts.accounted, counts.missing)))


@operation("The API's pages", media_type="text/html")
def docs(call: Call) -> Answer:
    """Renders the OpenAPI document; nothing is loaded from elsewhere."""
    return _page("api/docs", call.locale)


@operation("All problems", media_type="text/html")
def problems(call: Call) -> Answer:
    """Every code that a problem may have, and what to do about it."""
    told = {"problems": problem_words.PROBLEMS, "faults": _plain_faults()}
    return _page("api/problems", call.locale, words=problem_words.PAGES[call.locale], **told)


@operation("One problem", media_type="text/html", refuses=("not-found",))
def problem(call: Call) -> Answer:
    """Where the `type` of a problem leads to."""
    code = call.path["code"]
    words = problem_words.PROBLEMS.get(code)
    if words is None:
        raise NotFound(f"There is no problem {code[:100]}.")
    return _page("api/problem", call.locale, code=code, problem=words, words=problem_words.PAGES[call.locale])


def _plain_faults() -> dict[str, tuple[str, str]]:
    """The faults' words as they are shown where nothing is filled in."""
    plain = {ord("{"): "", ord("}"): ""}
    return {code: (en.translate(plain), ar.translate(plain)) for code, (en, ar) in fault_words.FAULTS.items()}


@cache
def _document() -> str:
    return document.text()


def _page(template: str, locale: str, **context: object) -> Answer:
    html = render.page(template, locale, **context)
    return Answer(html, headers={"Content-Type": HTML, "Content-Security-Policy": _policy()})


def _policy() -> str:
    """Our own scripts and styles; the renderer writes styles into its elements, and draws with data: images."""
    static = settings.static_url().rsplit("/", 1)[0]
    return (
        f"default-src 'none'; script-src 'self' {static}; style-src 'self' 'unsafe-inline' {static}; "
        f"font-src 'self' {static}; img-src 'self' data: {static}; connect-src 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'"
    )
