"""What a page of the portal weighs: its style sheets and scripts, with all that those import, compressed as CloudFront
does it. The limit is for a phone on a poor line."""

import functools
import gzip
import re
from posixpath import dirname, normpath

import pytest
from bs4 import BeautifulSoup

from chalicelib import render, static_files
from tests.portal import sample_pages

LIMIT = 60_000
PAGES = sample_pages.portal_pages("en")
OWN_SHEET = "/brand.css"
# The most that a shop's own style sheet may have, by its settings.
MOST_OF_A_SHOP = 20_000


def named(page):
    """The plain names of all sheets and scripts that the page loads."""
    served = {one.name: plain for plain, one in static_files.read().items()}
    tags = [*page.select("script[src]"), *page.select("link[rel=stylesheet]")]
    addresses = [str(tag.get("src") or tag.get("href")) for tag in tags]
    return {served[one.removeprefix("/static/")] for one in addresses if not one.startswith(OWN_SHEET)}


def with_imports(names):
    found, new = set(names), set(names)
    while new:
        texts = {name: static_files.read()[name].content.decode() for name in new if name.endswith(".js")}
        plain = {one.name: name for name, one in static_files.read().items()}
        new = {
            plain[normpath(f"{dirname(name)}/{imported}")]
            for name, text in texts.items()
            for imported in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)""", text)
        } - found
        found |= new
    return found


@functools.cache
def weight(name):
    return len(gzip.compress(static_files.read()[name].content))


@pytest.mark.parametrize(("template", "context"), PAGES.values(), ids=PAGES)
def test_a_page_loads_less_than_60_kb_of_sheets_and_scripts(template, context):
    page = BeautifulSoup(render.page(template, "en", **context), "html.parser")
    weights = {one: weight(one) for one in with_imports(named(page))}

    assert weights
    assert sum(weights.values()) + MOST_OF_A_SHOP < LIMIT, weights


def test_imports_are_counted_too():
    assert with_imports({"js/composer.js"}) >= {"js/composer.js", "js/sms_text.js"}
