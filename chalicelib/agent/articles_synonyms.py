"""Words that stand for each other when customers search, a set a line. Whoever writes articles may change them."""

import re
from typing import Any

from chalice import Response

from chalicelib.actions import change_synonyms
from chalicelib.agent import pages
from chalicelib.agent.articles import HERE as ARTICLES
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.domain.article import LOCALES, VISIBILITIES
from chalicelib.domain.synonyms import LEAST_WORDS, LONGEST_WORD, MOST_WORDS, SynonymSet
from chalicelib.store import synonyms
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = f"{ARTICLES}/synonyms"
DONE = ("made", "saved", "deleted")
FORM = RecordForm("words", "synonyms-changed-meanwhile", reasons={"limit-reached": "too-many-sets"})
# People part words by lines, by commas of either script, or by semicolons.
_BETWEEN = re.compile(r"[\n,،;؛]+")


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    """The sets, and the form for one more; a word that was searched for in vain may be named in the address."""
    query = desk.visit.query
    locale = query["locale"] if query.get("locale") in LOCALES else desk.lang
    word = " ".join(query.get("word", "").split())[:LONGEST_WORD]
    return _list(desk, {"words": f"{word}\n" if word else "", "locale": locale, "visibility": "public"})


@doors.post(HERE)
@for_agents
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: make_once(desk, "synonyms", lambda keyed: change_synonyms.create(_wanted(typed), keyed))
    )
    return _list(desk, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=made")


@doors.get(HERE + "/{id}")
@for_agents
def one(desk: Desk) -> Response:
    found = change_synonyms.named(desk.visit.params["id"])
    return _form(desk, found, {"words": "\n".join(found.words), "locale": found.locale, "visibility": found.visibility})


@doors.post(HERE + "/{id}")
@for_agents
def change(desk: Desk) -> Response:
    found, typed = change_synonyms.named(desk.visit.params["id"]), _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: change_synonyms.change(found.id, _wanted(typed), version=desk.version)
    )
    return _form(desk, found, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=saved")


@doors.post(HERE + "/{id}/delete")
@for_agents
def delete(desk: Desk) -> Response:
    change_synonyms.delete(desk.visit.params["id"])
    return answer.redirect(desk.visit, f"{HERE}?done=deleted")


def _typed(desk: Desk) -> dict[str, str]:
    visit = desk.visit
    words = visit.text("words")[: 2 * MOST_WORDS * LONGEST_WORD]
    return {"words": words, "locale": visit.line("locale"), "visibility": visit.line("visibility")}


def _words(typed: dict[str, str]) -> list[str]:
    return [word for part in _BETWEEN.split(typed["words"]) if (word := " ".join(part.split()))]


def _wanted(typed: dict[str, str]) -> dict[str, Any]:
    return {"words": _words(typed), "locale": typed["locale"], "visibility": typed["visibility"]}


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    """What is wrong with the form, by field."""
    words = _words(typed)
    if typed["locale"] not in LOCALES or typed["visibility"] not in VISIBILITIES:
        return {"words": "not-done"}
    if len(words) < LEAST_WORDS:
        return {"words": "too-few-synonyms"}
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        return {"words": "too-many-synonyms"}
    return {}


def _list(desk: Desk, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    done = desk.visit.query.get("done", "")
    return pages.show(
        desk,
        "article_synonyms",
        status=422 if errors else 200,
        area="articles",
        tab="synonyms",
        listed=synonyms.read(),
        typed=typed,
        errors=errors or {},
        visibilities=VISIBILITIES,
        done=done if done in DONE and not errors else "",
    )


def _form(desk: Desk, found: SynonymSet, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return pages.show(
        desk,
        "article_synonym_set",
        status=422 if errors else 200,
        area="articles",
        edited=found,
        version=FORM.version(desk, found, errors),
        typed=typed,
        errors=errors or {},
        visibilities=VISIBILITIES,
    )
