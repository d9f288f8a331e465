"""Large help centres: their texts lie in a file beside the index, which opens without them."""

import threading
from datetime import timedelta

import pytest

from chalicelib.search import articles, index, texts
from chalicelib.search.snapshot import Shelf
from tests.search.samples import HELP_CENTRE, article, found


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LARGE", 0)


def snippets(query: str) -> list[str]:
    return [hit.snippet for hit in articles.search(query, locale=None, now_fresh=True).hits]


def in_background() -> None:
    for thread in threading.enumerate():
        if thread.name == texts.NAME:
            thread.join(10)


def test_excerpts_are_the_same_before_and_after_the_whole_file_has_come(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.rebuild(HELP_CENTRE)
    parts, fetch_part = [], Shelf.fetch_part
    monkeypatch.setattr(Shelf, "fetch_part", lambda *asked: parts.append(asked) or fetch_part(*asked))
    first = snippets("الزيت"), snippets("order")
    in_background()
    fetched = len(parts)

    assert first[0] == ["ادهن الأوعية <mark>بالزيت</mark> كل شهر."]
    assert (snippets("الزيت"), snippets("order")) == first
    assert len(parts) == fetched > 0


def test_the_index_itself_does_not_hold_the_texts(bucket: str) -> None:
    body = "olive " * 10_000
    articles.rebuild([article("art_1", "Wood", body)])
    files = Shelf("articles").manifest()[0].files

    assert set(files) == {"public", "customers", "agents", "texts"}
    assert articles.search("olive", locale="en").hits[0].snippet.startswith("<mark>olive</mark> ")


def test_what_changes_afterwards_is_carried_by_the_index_until_it_is_rebuilt(bucket: str) -> None:
    articles.rebuild([article("art_1", "Wood", "Olive trees."), article("art_2", "Oil", "Olive oil.")])
    articles.apply([article("art_2", "Oil", "Olive oil of Sfax.")])

    assert sorted(snippets("olive")) == ["<mark>Olive</mark> oil of Sfax.", "<mark>Olive</mark> trees."]
    assert Shelf("articles").sweep(older_than=timedelta(seconds=-5)) == 0
    articles.forget()
    assert sorted(snippets("olive")) == ["<mark>Olive</mark> oil of Sfax.", "<mark>Olive</mark> trees."]


def test_a_lost_file_of_texts_costs_the_background_nothing_and_is_tried_again(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.rebuild(HELP_CENTRE)

    def broken(*_: object) -> None:
        raise OSError("the line was cut")

    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "fetch_into", broken)
        shown = snippets("order")
        in_background()
    assert snippets("order") == shown
    in_background()


def test_an_index_of_an_older_format_is_renewed_with_its_texts_where_they_are(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FORMAT", "0.0")
    articles.rebuild(HELP_CENTRE)
    before = snippets("order")
    monkeypatch.setattr(index, "FORMAT", "9.9")
    articles.forget()

    assert snippets("order") == before
    articles.apply([article("art_new", "An order")])
    assert "art_new" in found("order") and before[0] in snippets("order")


def test_suggestions_need_no_text(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    articles.rebuild(HELP_CENTRE)
    monkeypatch.setattr(texts.Texts, "at", None)

    assert [one.title for one in articles.suggest("olive wo", locale="en").found] == ["Oiling olive wood"]


def test_texts_come_out_as_they_went_in() -> None:
    said = [("a", "Olive wood. " * 50), ("b", ""), ("c", "خشب الزيتون 🫒"), ("d", "lone \ud800 half")]
    packed = texts.pack(said)
    read = texts.Texts(packed.dictionary, lambda at, size: packed.content[at : at + size], lambda into: None)

    assert read.at([packed.places[name] for name, _ in said]) == [*(text for _, text in said[:3]), "lone ? half"]
