"""Zendesk's help centre: its sections become our categories, its articles ours, with their translations.

Zendesk nests articles in sections in categories, we in categories alone; a section whose name stands in several
categories is told apart by its category's. https://developer.zendesk.com/api-reference/help_center/help-center-api/
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.importing import html_to_markdown, plain, zendesk_people
from chalicelib.importing.records import Article, Category, Skipped

Value = dict[str, Any]
# Categories of this many places each keep their sections together.
_PLACES = 1000
_MAX_PLACE = 1_000_000
_PICTURE = re.compile(r"<img\b[^>]{0,2000}?\bsrc=[\"'](https?://[^\"'>\s]{1,2000})", re.IGNORECASE)


@dataclass(frozen=True)
class HelpCentre:
    """What articles and sections name by id. `audiences` are visibilities by user segment, `twice` section names that
    stand in several categories."""

    categories: dict[Any, Value]
    audiences: dict[Any, str]
    translations: dict[tuple[str, Any], list[Value]]
    twice: frozenset[str]

    @classmethod
    def of(
        cls, categories: Iterable[Value], sections: Iterable[Value], segments: Iterable[Value], texts: Iterable[Value]
    ) -> "HelpCentre":
        by_source: dict[tuple[str, Any], list[Value]] = {}
        for text in texts:
            source = plain.text(text.get("source_type") or "Article").lower(), text.get("source_id")
            by_source.setdefault(source, []).append(text)
        names = Counter(plain.text(section.get("name")).casefold() for section in sections)
        return cls(
            {one.get("id"): one for one in categories},
            {one.get("id"): _audience(one) for one in segments},
            by_source,
            frozenset(name for name, count in names.items() if count > 1),
        )

    def texts(self, kind: str, value: Value, title: str) -> dict[str, Value]:
        """What a thing says in each language: its translations, else itself. `title` is the field with its name."""
        beside = value.get("translations")
        listed = [*(beside if isinstance(beside, list) else []), *self.translations.get((kind, value.get("id")), [])]
        own = {"locale": value.get("locale"), "title": value.get(title), "body": value.get("body")}
        own["body"] = own["body"] or value.get("description")
        found: dict[str, Value] = {}
        for one in [own, *(one for one in listed if isinstance(one, dict) and not one.get("outdated_draft"))]:
            locale = zendesk_people.locale(one.get("locale") or "en")
            if locale and plain.text(one.get("title")):
                found[locale] = one
        return found

    def foreign(self, kind: str, value: Value) -> list[str]:
        """The languages it has and we do not."""
        listed = [
            value.get("locale"),
            *(one.get("locale") for one in self.translations.get((kind, value.get("id")), [])),
        ]
        listed += [one.get("locale") for one in value.get("translations") or [] if isinstance(one, dict)]
        return sorted({plain.text(one) for one in listed if one and not zendesk_people.locale(one)})


def category(value: Value, where: str, help_centre: HelpCentre) -> Category | Skipped:
    """A section, as a category of ours."""
    source, created_at = zendesk_people.source_of("section", value.get("id")), plain.time(value.get("created_at"))
    texts = help_centre.texts("section", value, "name")
    if not (source and created_at and texts):
        return Skipped(where, "the section has no id, believable created_at or name in a language we speak")
    above = help_centre.categories.get(value.get("category_id")) or {}
    return Category(
        where,
        source,
        {locale: _named(plain.text(text.get("title")), above, help_centre) for locale, text in texts.items()},
        created_at,
        {locale: html_to_markdown.words(plain.text(text.get("body")))[:500] for locale, text in texts.items()},
        _place(above) * _PLACES + _place(value),
    )


def article(value: Value, where: str, help_centre: HelpCentre) -> Article | Skipped:
    source, created_at = zendesk_people.source_of("article", value.get("id")), plain.time(value.get("created_at"))
    section = zendesk_people.source_of("section", value.get("section_id"))
    texts = help_centre.texts("article", value, "title")
    if not (source and created_at and section and texts):
        return Skipped(where, "the article has no id, section, believable created_at or title in a language we speak")
    foreign = help_centre.foreign("article", value)
    author = zendesk_people.person(None, value.get("author_id"))
    visibility, notes = _visibility(value, help_centre)
    if foreign:
        notes.append(f"its text in {', '.join(foreign)} is not brought")
    if pictures := _pictures(texts.values()):
        notes.append(f"it shows pictures that lie where they were: {', '.join(pictures[:10])}")
    return Article(
        where,
        source,
        section,
        {locale: _text(text) for locale, text in texts.items()},
        created_at,
        visibility=visibility,
        published=value.get("draft") is not True,
        author=author if author.source else None,
        position=_place(value),
        updated_at=plain.time(value.get("edited_at") or value.get("updated_at")),
        notes=tuple(notes),
    )


def _visibility(value: Value, help_centre: HelpCentre) -> tuple[str, list[str]]:
    """Who may read it. Of a segment that the export does not tell, nobody but agents: none of it must leak."""
    segment = value.get("user_segment_id")
    if segment is None:
        return "public", []
    if segment in help_centre.audiences:
        return help_centre.audiences[segment], []
    return "agents", [f"who its user segment {segment} is does not stand in the export, so only agents may read it"]


def _audience(segment: Value) -> str:
    return "customers" if segment.get("user_type") == "signed_in_users" else "agents"


def _text(told: Value) -> dict[str, str]:
    return {"title": plain.text(told.get("title")), "body": html_to_markdown.markdown(plain.text(told.get("body")))}


def _pictures(texts: Iterable[Value]) -> list[str]:
    """The addresses of pictures in the texts, each once."""
    return list(dict.fromkeys(address for text in texts for address in _PICTURE.findall(plain.text(text.get("body")))))


def _named(name: str, above: Value, help_centre: HelpCentre) -> str:
    category_name = plain.text(above.get("name"))
    return f"{category_name} – {name}" if category_name and name.casefold() in help_centre.twice else name


def _place(value: Value) -> int:
    return min(plain.number(value.get("position")) or 0, _MAX_PLACE)
