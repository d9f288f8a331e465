"""The benchmarks that go through the product's doors still do: on a handful of tickets, in moto."""

import functools
import json

import pytest

from bench import bench_desk, bench_import, bench_portal, counted
from chalicelib.actions import change_category, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.search import articles as index


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line["bench"] for line in lines if "bench" in line]


def test_the_desk_is_measured(cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(counted, "timed", functools.partial(counted.timed, runs=1))
    bench_desk.measure(20)

    assert {"desk.list.mine", "desk.page.inbox, all", "desk.page.ticket"} <= set(told(capsys))


def test_the_help_centre_is_measured(
    cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(counted, "timed", functools.partial(counted.timed, runs=1))
    category = change_category.create({"en": {"name": "Care"}, "ar": {"name": "العناية"}})
    titles = {"en": "My board has split", "ar": "تشقّق اللوح"}
    texts = {lang: {"title": title, "body": title, "slug": f"split-{lang}"} for lang, title in titles.items()}
    update_search.index_article(publish_article.create(Draft(category.id, texts, publish=True), SYSTEM).id)
    index.forget()
    bench_portal.measure()

    pages = {f"portal.{page}.{lang}" for page in ("home", "article", "results") for lang in ("en", "ar")}
    assert set(told(capsys)) == pages | {f"{page}.loaded" for page in pages}


def test_a_large_help_centre_is_measured(
    cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(counted, "timed", functools.partial(counted.timed, runs=1))
    bench_portal.measure_many(50)

    lists = ("home", "category", "category.last", "feed", "sitemap", "sitemap.part")
    assert set(told(capsys)) == {f"portal.{name}.of_50" for name in lists}


def test_an_import_is_measured(
    cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_import, "PEOPLE", 3)
    bench_import.measure(2)

    assert told(capsys) == ["import.first", "import.again", "import.memory"]
