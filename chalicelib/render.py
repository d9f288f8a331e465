"""Pages, mails and SMS from the templates. A name that a template misses raises: nothing is ever silently blank.

Jinja is imported inside the functions: event handlers that render nothing must not pay for it.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib import clock, i18n, settings, static_files

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, Template
    from jinja2.runtime import Context
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
# The package carries the templates as bytecode in their place: compiling a page takes up to 100 ms, loading it 1.
_COMPILED = Path(__file__).parent / "templates_compiled"
# Signs that turn the direction of all that follows them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'’»،؛؟]")


def page(name: str, locale: str, **context: Any) -> str:
    """A page of HTML: `page("portal/home", "ar", shop=…)` renders `templates/portal/home.html`."""
    return _render(f"{name}.html", locale, context)


def email(name: str, locale: str, **context: Any) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail.

    Every mail wants `shop`. Beside it: `reply` and `receipt` want `ticket_number`, `ticket_subject` and `url` (the
    conversation), `reply` also `text`, `author_name` and `signature` (the team's, or ""), `receipt` also `by_email`
    (whether it answers a mail) and `reply_by` (when an answer is promised, or None); `notice` wants what `reply` wants
    (`url` is the desk's), `files` (names) and `refused` (a code, or None); `sign_in` and `agent_sign_in` want `url`,
    `code` and `minutes` (how long they work);
    `webhook_off` wants `webhook` and `url` (the API's pages); `mail_summary` wants `new` (causes in words with their
    numbers), `waiting`, `expired` and `url` (the desk's list).
    """
    subject = _render(f"email/{name}.subject.txt", locale, context)
    text = _render(f"email/{name}.txt", locale, context)
    html = _render(f"email/{name}.html", locale, context)
    return " ".join(subject.split()), text.strip() + "\n", _minified(html)


def sms(name: str, locale: str, **context: Any) -> str:
    """The text of an SMS.

    `receipt` wants `shop`, `ticket_number` and `reply_by` (or None), `sign_in` wants `shop`, `code` and `minutes`.
    """
    return _render(f"sms/{name}.txt", locale, context).strip()


@cache
def environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=_compiled() if _COMPILED.is_dir() else FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.stage() == "local",
    )
    made.globals |= {"_": _words(), "ngettext": _counted_words(), "drawing": _drawing, "static": _static}
    made.filters |= {name: _in_locale(function) for name, function in _LOCAL_FILTERS.items()}
    made.filters |= {"paragraphs": paragraphs, "initials": initials, "apart": apart}
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return made


def compile_templates(sources: Path, target: Path) -> None:
    """Write every template in `sources` into `target` as Python; in the package that is `templates_compiled`."""
    from jinja2 import FileSystemLoader

    compiler = environment().overlay(loader=FileSystemLoader(sources))
    compiler.compile_templates(target, extensions=["html", "txt"], zip=None, ignore_errors=False)


def paragraphs(text: str, style: str = "") -> "Markup":
    """Plain text as HTML: a blank line parts paragraphs, addresses of the web become links, all else is escaped.

    `style` is the inline style of each paragraph, for mail, where style sheets do not reach.
    """
    from markupsafe import Markup

    opening = Markup('<p dir="auto" style="{}">').format(style) if style else Markup('<p dir="auto">')
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return Markup("\n").join(opening + _linked(block) + Markup("</p>") for block in blocks if block.strip())


def apart(text: str) -> str:
    """Somebody's words amid ours where no markup can be: what turns the writing in them ends with them (UAX #9)."""
    return f"\u2068{text}\u2069" if _TURNING.search(text) else text


def initials(name: str) -> str:
    """Two Latin initials, or one Arabic letter: Arabic letters side by side would join to a word. None of a number."""
    words = [word for word in re.findall(r"\w+", name) if word not in ("ال",)]
    if not any(letter.isalpha() for letter in name):
        return "•"
    first = words[0][0].upper()
    return first if not first.isascii() or len(words) == 1 else first + words[-1][0].upper()


_LOCAL_FILTERS: dict[str, Callable[..., str]] = {
    "number": lambda value, context: i18n.number(value, context["locale"]),
    "size": lambda value, context: i18n.file_size(value, context["locale"]),
    "day": lambda value, context: i18n.day(value, context["locale"], context["time_zone"]),
    "clock": lambda value, context: i18n.time_of_day(value, context["locale"], context["time_zone"]),
    "clock_time": lambda value, context: i18n.clock_time(value, context["locale"], context["time_zone"]),
    "moment": lambda value, context: i18n.moment(value, context["locale"], context["time_zone"]),
    "ago": lambda value, context: i18n.ago(value, context["locale"], context["time_zone"]),
    "promise": lambda value, context: i18n.promise(value, context["locale"], context["time_zone"]),
    "promise_from_now": lambda value, context: i18n.promise(
        value, context["locale"], context["time_zone"], clock.now()
    ),
    "promise_in_full": lambda value, context: i18n.promise_in_full(
        value, context["locale"], context["time_zone"], clock.now()
    ),
    "lasting": lambda value, context: i18n.how_long(value, context["locale"]),
    "phone": lambda value, context: i18n.phone(value),
    "phone_abroad": lambda value, context: i18n.phone(value, abroad=True),
    "iso": lambda value, context: _iso(value),
    "isolated": lambda value, context: _isolated(value, context["lang"]),
}


def _compiled() -> "BaseLoader":
    """Loads bytecode. A traceback names the template then; Jinja names its modules by hashes of their names."""
    from jinja2 import ModuleLoader

    class Compiled(ModuleLoader):
        def load(self, environment: "Environment", name: str, globals: Any = None) -> "Template":
            template = super().load(environment, name, globals)
            template.filename = f"templates/{name}"
            return template

    return Compiled(_COMPILED)


def _render(template: str, locale: str, context: dict[str, Any]) -> str:
    language = i18n.language_of(locale)
    defaults = {"locale": locale, "lang": language, "dir": i18n.direction(locale), "time_zone": "UTC", "public": False}
    return environment().get_template(template).render(defaults | _contacts() | context)


def _contacts() -> dict[str, str]:
    return {
        "support_email": settings.support_email(),
        "support_phone": settings.support_phone(),
        "public_url": settings.public_url(),
    }


def _words() -> Callable[..., str]:
    from jinja2 import pass_context

    @pass_context
    def words(context: "Context", message: str, **values: Any) -> str:
        return _filled(context, i18n.translate(context["locale"], message), values)

    return words


def _counted_words() -> Callable[..., str]:
    from jinja2 import pass_context

    @pass_context
    def words(context: "Context", one: str, many: str, count: int, **values: Any) -> str:
        text = i18n.translate_count(context["locale"], one, many, count)
        return _filled(context, text, {"num": i18n.number(count, context["locale"]), **values})

    return words


def _filled(context: "Context", text: str, values: dict[str, Any]) -> str:
    """In a page our own words may hold markup; what is filled into them is escaped."""
    from markupsafe import Markup

    return (Markup(text) if context.eval_ctx.autoescape else text) % values


def _in_locale(function: Callable[..., str]) -> Callable[..., str]:
    from jinja2 import pass_context

    @pass_context
    def applied(context: "Context", value: Any) -> str:
        return function(value, context)

    return applied


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")


def _isolated(text: str, language: str) -> str:
    """A Latin run inside Arabic plain text. English goes without: one isolate makes an SMS cost twice (UCS-2)."""
    return f"\u2068{text}\u2069" if language == "ar" else text


def _static(path: str) -> str:
    """Address of a static file, by its plain name."""
    return f"{settings.static_url().removeprefix(settings.public_url())}/{static_files.name(path)}"


@cache
def _drawing(name: str) -> "Markup":
    """What stands inside the <svg> of an icon's file."""
    from markupsafe import Markup

    source = (_TEMPLATES / "icons" / f"{name}.svg").read_text()
    inside = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    assert inside, name
    return Markup(re.sub(r"\s*\n\s*", "", inside[1]))


def _linked(text: str) -> "Markup":
    from markupsafe import Markup

    parts, end = [], 0
    for link in _LINK.finditer(text):
        parts += [
            _lines(text[end : link.start()]),
            Markup('<a href="{0}" rel="nofollow noopener">{0}</a>').format(link[0]),
        ]
        end = link.end()
    return Markup("").join([*parts, _lines(text[end:])])


def _lines(text: str) -> "Markup":
    from markupsafe import Markup

    return Markup("<br>\n").join(text.split("\n"))


def _minified(html: str) -> str:
    """Without indentation: it is a third of a mail, and Gmail cuts mails off at 102 KB."""
    return re.sub(r"\s*\n\s*", "\n", html).strip() + "\n"
