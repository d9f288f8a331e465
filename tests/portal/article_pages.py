"""What the desk's pages of articles are given on that morning: the lists, the editor in each state, and so on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from chalicelib.agent.articles import LANGUAGE_MARKS, Shown, Wanted
from chalicelib.agent.articles_categories import ICONS
from chalicelib.agent.articles_drafts import Beside
from chalicelib.agent.articles_editor import Meanwhile
from chalicelib.agent.articles_failing import Failing
from chalicelib.agent.articles_versions import Compared
from chalicelib.domain.article import VISIBILITIES, Article, DraftText, Translation
from chalicelib.domain.article_card import SHELVES, Card, card_of
from chalicelib.domain.article_version import Version
from chalicelib.domain.difference import difference
from chalicelib.domain.image import TYPES
from chalicelib.domain.synonyms import SynonymSet
from chalicelib.domain.vote import Tally, Vote
from chalicelib.store.searches import Searched
from tests.portal import samples

BORN = samples.BORN
TITLES = {locale: samples.links(locale)[0].title for locale in ("en", "ar")}
BODIES = {
    "en": "Almost always, yes.\n\n## Before you start\n\n- A soft cloth\n- Two clamps\n",
    "ar": "نعم في أغلب الأحيان.\n\n## قبل أن تبدأ\n\n- قطعة قماش ناعمة\n- مِلزَمتان\n",
}
ARTICLE = Article(
    "art_1",
    "cat_3",
    "public",
    "published",
    {
        "en": Translation(TITLES["en"], BODIES["en"], "split-board", BORN),
        "ar": Translation(TITLES["ar"], BODIES["ar"], "lawh", BORN, outdated=True),
    },
    BORN,
    BORN,
    "agt_1",
    version=3,
    updated_by="agt_1",
    text_version=3,
)
CHANGED = difference(BODIES["en"], BODIES["en"].replace("A soft cloth", "A soft, clean cloth"))
VERSIONS = [
    Version("art_1", 4, BORN, "agt_1", "cat_3", "public", TITLES, {"en": 4, "ar": 1}, ("en",), published=False),
    Version("art_1", 3, BORN, "agt_1", "cat_3", "public", TITLES, {"en": 3, "ar": 1}, ("en", "category_id")),
    Version("art_1", 1, BORN - timedelta(days=3), None, "cat_2", "public", TITLES, {"en": 1, "ar": 1}),
]


def pages(lang: str, base: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of the picture -> template and what it is given."""
    frame = base | {"area": "articles", "done": ""}
    sets = [
        SynonymSet("syn_1", "en", ("board", "plank"), BORN, BORN),
        SynonymSet("syn_2", "ar", ("لوح", "خشبة"), BORN, BORN, "customers"),
    ]
    words = {"typed": {"words": "", "locale": lang, "visibility": "public"}, "visibilities": VISIBILITIES}
    names = {"name_en": "Delivery", "name_ar": "التوصيل", "description_en": "", "description_ar": "", "icon": "truck"}
    kind = {"types": TYPES, "kind": "image/png", "url": "https://files.example.org/", "fields": {"key": "media/x"}}
    searched = Searched("ar", "غسالة الصحون", 7, 7, 0, 0, BORN)
    category = frame | {"icons": ICONS, "typed": names, "edited": samples.CATEGORIES[0], "version": 1}
    return {
        "articles": ("agent/articles", frame | _listed(lang, Wanted())),
        "articles-of-category": (
            "agent/articles",
            frame | _listed(lang, Wanted(category="cat_3")) | {"done": "deleted"},
        ),
        "articles-none": ("agent/articles", frame | _listed(lang, Wanted(q="x"), empty=True)),
        "article-editor": ("agent/article_editor", frame | editor(lang)),
        "article-editor-new": ("agent/article_editor", frame | _new(lang)),
        "article-editor-conflict": (
            "agent/article_editor",
            frame | editor(lang) | {"meanwhile": Meanwhile(ARTICLE, samples.BOB.name_in(lang), {"en": CHANGED})},
        ),
        "article-editor-draft": ("agent/article_editor", frame | _with_draft(lang)),
        "article-versions": ("agent/article_versions", frame | _versions(lang)),
        "article-categories": (
            "agent/article_categories",
            frame
            | {"listed": samples.CATEGORIES, "counts": {"cat_1": 0, "cat_2": 2, "cat_3": 1001}}
            | {"most_counted": 1000, "done": "saved"},
        ),
        "article-category": ("agent/article_category", category | {"errors": {"icon": "no-icon"}}),
        "article-synonyms": ("agent/article_synonyms", frame | words | {"listed": sets}),
        "article-synonym-set": ("agent/article_synonym_set", frame | words | {"edited": sets[0], "version": 1}),
        "article-searches": (
            "agent/article_searches",
            frame | {"listed": [searched], "total": 1, "days": 30, "spans": (7, 30), "locale_wanted": "", "which": ""},
        ),
        "article-failing": ("agent/article_failing", frame | {"listed": [_failing(lang)], "least_votes": 3}),
        "article-image": ("agent/article_image", frame | kind | {"arrived": "/media/img_1/board.png"}),
    }


def editor(lang: str) -> dict[str, Any]:
    """The editor before a published article, of which one language fell behind."""
    typed = {f"{name}_{one}": getattr(ARTICLE.translations[one], name)
             for one in ("en", "ar") for name in ("title", "body", "slug")}  # fmt: skip
    return {
        "edited": ARTICLE,
        "card": card_of(ARTICLE),
        "typed": typed | {"category_id": "cat_3", "visibility": "public", "publish_on": "", "minor": "yes"},
        "version": 3,
        "locales": sorted([("en", "ltr"), ("ar", "rtl")], key=lambda pair: pair[0] != lang),
        "previews": {one: Markup("<h2>{}</h2>").format(TITLES[one]) for one in ("en", "ar")},
        "category_choices": [(one.id, one.in_locale(lang).name) for one in samples.CATEGORIES],
        "visibilities": VISIBILITIES,
        "saved_by": samples.BOB.name_in(lang),
        "helped": (0.81, 32),
        "judged": {"en": (0.5, 4), "ar": (1.0, 0)},
        "beside": None,
        "behind": {"ar": CHANGED},
        "meanwhile": None,
        "done": "saved",
    }


def _new(lang: str) -> dict[str, Any]:
    typed = dict.fromkeys(editor(lang)["typed"], "")
    wrong = {"title_en": "title-missing", "body_ar": "article-too-long", "category_id": "category-missing",
             "publish_on": "date-past", "slug_en": "slug-invalid"}  # fmt: skip
    fresh = {"edited": None, "card": None, "typed": typed, "errors": wrong, "version": "", "behind": {}, "done": ""}
    return editor(lang) | fresh | {"helped": None, "saved_by": "", "judged": {}}


def _with_draft(lang: str) -> dict[str, Any]:
    """Before a published article with drafts, one of which what readers see was changed under."""
    draft = DraftText(TITLES["en"], BODIES["en"], "split-board", BORN, "agt_1", 4, 3)
    article = replace(ARTICLE, publish_at=BORN, drafts={"en": draft, "ar": replace(draft, base=1)})
    changed = Beside({"en": CHANGED, "ar": []}, ("en", "ar"))
    told = {
        "edited": article,
        "card": card_of(article),
        "beside": changed,
        "errors": {"publish_on": "nothing-to-publish"},
    }
    return editor(lang) | told | {"behind": {}, "done": "drafted"}


def _listed(lang: str, wanted: Wanted, *, empty: bool = False) -> dict[str, Any]:
    half = Card("art_2", "cat_1", "agents", "scheduled", 2, BORN, {"en": "Which oil?"}, publish_at=BORN, drafts=("en",))
    cards = [] if empty else [card_of(ARTICLE), half]
    return {
        "tab": "articles",
        "wanted": wanted,
        "shown": Shown(cards, "/first", "/next", len(cards), ("art_1", "art_2")),
        "categories": {one.id: one.in_locale(lang).name for one in samples.CATEGORIES},
        "helped": {"art_1": (0.81, 32)},
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "states": SHELVES,
        "visibilities": VISIBILITIES,
        "language_marks": LANGUAGE_MARKS,
        "most_counted": 1000,
        "after": "",
    }


def _versions(lang: str) -> dict[str, Any]:
    return {
        "edited": ARTICLE,
        "card": card_of(ARTICLE),
        "versions": VERSIONS,
        "newest": 3,
        "drafted": 4,
        "people": {"agt_1": samples.BOB.name_in(lang), "": ""},
        "compared": Compared(VERSIONS[2], VERSIONS[1], {"en": CHANGED}),
        "errors": {"version": "article-changed-meanwhile"},
        "first_page": "/first",
        "next_page": "/next",
    }


def _failing(lang: str) -> Failing:
    words = {"en": "Which oil?", "ar": "أيّ زيت؟"}[lang]
    vote = Vote("art_1", lang, "visitor", False, BORN, "unclear", words)
    tally = Tally("art_1", lang, 1, 3, {"unclear": 2, "missing": 1}, since=3)
    return Failing(ARTICLE, tally, [vote], Tally("art_1", lang, 30, 12))
