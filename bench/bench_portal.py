"""The help centre of the demo: what a first visit to a page loads, and what the page asks of DynamoDB at the origin.

python -m bench.bench_portal
"""

import gzip
import re
import tempfile
from functools import partial
from pathlib import Path

from infra.local.gateway import Gateway, Request
from infra.local.world import World, enter

ADDRESS = "http://127.0.0.1:8000"
WORDS = {"en": "board split", "ar": "%D8%AA%D8%B4%D9%82%D9%82+%D8%A7%D9%84%D9%84%D9%88%D8%AD"}
# A browser loads what the page names, and of fonts those that it preloads; the one for print it leaves for last.
_NAMED = re.compile(r'(?:<script[^>]* src|<link rel="(?:stylesheet|preload|icon)"[^>]* href)="/static/([^"?]+)"')
_PACKED_ALREADY = (".woff2",)
MANY = 2000


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        world.start()
        try:
            enter(world, world.engine.endpoint, ADDRESS, "a secret of the benchmark")
            from infra.local.seed.load import load

            load("demo", "")
            measure()
            measure_many()
        finally:
            world.engine.stop()


def measure() -> None:
    """Visit the pages of the help centre that stands, as a stranger would."""
    import app
    from bench.counted import report, timed

    gateway = Gateway(app.app)
    for lang, words in WORDS.items():
        results = f"/{lang}/search?q={words}"
        found = re.search(rf'"(/{lang}/articles/[^"]+)"', _get(gateway, results))
        assert found, f"nothing was found at {results}"
        for name, path in {"home": f"/{lang}/", "article": found[1], "results": results}.items():
            page = _get(gateway, path)
            report(f"portal.{name}.{lang}.loaded", _weight(page) / 1000, "KB", requests=1 + len(_files(page)))
            timed(f"portal.{name}.{lang}", partial(_get, gateway, path))


def measure_many(count: int = MANY) -> None:
    """The same of lists, in a help centre that has so many articles more, in one category."""
    import app
    from bench import many_articles
    from bench.counted import timed
    from chalicelib.actions import change_category, page_category

    slug = f"many-{count}"
    category = change_category.create({lang: {"name": "Many", "slug": slug} for lang in WORDS})
    many_articles.publish(category.id, count)
    gateway, first = Gateway(app.app), f"/en/categories/{slug}"
    last = len(page_category.lay_out(category.id, "public"))
    pages = {"home": "/en/", "category": first, "category.last": f"{first}/{last}"}
    machines = {"feed": "/en/feed.xml", "sitemap": "/sitemap.xml", "sitemap.part": "/sitemap.xml?part=1"}
    for name, path in (pages | machines).items():
        timed(f"portal.{name}.of_{count}", partial(_get, gateway, path))


def _get(gateway: Gateway, path: str) -> str:
    bare, _, query = path.partition("?")
    host = ADDRESS.partition("//")[2]
    answer = gateway.answer(Request("GET", bare, query, [("Host", host)], b"", "127.0.0.1"))
    assert answer.status == 200, (path, answer.status)
    return answer.body.decode()


def _files(page: str) -> set[str]:
    return set(_NAMED.findall(page))


def _weight(page: str) -> int:
    """Octets over the line: page, sheets, scripts, icon and preloaded fonts, compressed as CloudFront does it."""
    from chalicelib import static_files

    contents = {one.name: one.content for one in static_files.read().values()}
    return _packed("page", page.encode()) + sum(_packed(name, contents[name]) for name in _files(page))


def _packed(name: str, content: bytes) -> int:
    return len(content) if name.endswith(_PACKED_ALREADY) else len(gzip.compress(content))


if __name__ == "__main__":
    main()
