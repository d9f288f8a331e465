"""What the templates of the help centre are given on that morning; most of its pages are public ones."""

from typing import Any

from tests.portal import samples

Pages = dict[str, tuple[str, dict[str, Any]]]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page is."""
    site = "https://help.ghusn.example"
    links = {"canonical": f"{site}/{lang}/", "alternates": {"en": f"{site}/en/", "ar": f"{site}/ar/"}}
    public = base | {"viewer": None, "public": True, "csrf": "", "once": ""} | links
    return _lists(lang, public) | _articles(lang, base, public) | _errors(lang, public)


def _lists(lang: str, public: dict[str, Any]) -> Pages:
    often = [{"en": "delivery times", "ar": "مواعيد التوصيل"}[lang], {"en": "dishwashers", "ar": "غسّالة الصحون"}[lang]]
    links, text = samples.links(lang), samples.category_text(lang)
    pages = {"number": 2, "last": 3, "previous": f"/{lang}/categories/care", "next": f"/{lang}/categories/care/3"}
    listed = {"category": text, "others": samples.CATEGORIES[:2]} | pages
    return {
        "home": ("portal/home", public | {"categories": samples.CATEGORIES, "articles": links, "often_asked": often}),
        "home-bare": ("portal/home", public | {"categories": [], "articles": [], "often_asked": []}),
        "category": ("portal/category", public | listed | {"articles": links}),
        "category-empty": ("portal/category", public | listed | {"articles": []}),
    }


def _articles(lang: str, base: dict[str, Any], public: dict[str, Any]) -> Pages:
    shown = {
        "structured": {"@type": "Article"},
        "category": samples.category_text(lang),
        "related": samples.links(lang),
    }
    other = {"article": samples.article(base["other"]), "category": None, "related": []}
    return {
        "article": ("portal/article", public | shown | {"article": samples.article(lang)}),
        "article-other": ("portal/article", public | shown | other),
        "article-own": ("portal/article", base | shown | {"article": samples.article(lang)}),
    }


def _errors(lang: str, public: dict[str, Any]) -> Pages:
    found = {"request_id": None, "nearest": []}
    return {
        "error-404": ("portal/error", public | found | {"status": 404}),
        "error-404-near": ("portal/error", public | found | {"status": 404, "nearest": samples.links(lang)}),
        "error-403": ("portal/error", public | found | {"status": 403}),
        "error-429": ("portal/error", public | found | {"status": 429}),
        "error-500": ("portal/error", public | found | {"status": 500, "request_id": "c6af9ac6"}),
    }
