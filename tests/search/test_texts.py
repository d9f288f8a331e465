"""Large help centres: their texts lie in a file beside the index, which opens without them."""

import errno
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import BinaryIO

import pytest

from chalicelib.search import articles, index, texts
from chalicelib.search.snapshot import Shelf
from tests.search.samples import HELP_CENTRE, article, found


@pytest.fixture(autouse=True)
def large(bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(texts, "LARGE", 0)
    yield
    in_background()


def snippets(query: str) -> list[str]:
    return [hit.snippet for hit in articles.search(query, locale=None, now_fresh=True).hits]


def in_background() -> None:
    for thread in threading.enumerate():
        if thread.name == texts.NAME:
            thread.join(10)


def cut(*_: object) -> None:
    raise OSError("the line was cut")


def swept_away(body: str) -> None:
    """So many newer indexes of that body that the sweep takes the first."""
    for _ in range(4):
        articles.rebuild([article("art_1", "Wood", body)])
    Shelf("articles").sweep(older_than=timedelta(seconds=-5))


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
    monkeypatch.setattr(texts, "PAUSE", 0)
    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "fetch_into", cut)
        shown = snippets("order")
        in_background()
    assert snippets("order") == shown
    in_background()
    monkeypatch.setattr(Shelf, "fetch_part", cut)
    assert snippets("order") == shown


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


@pytest.mark.parametrize("use", [lambda: found("order"), lambda: articles.apply([article("art_new")])])
def test_an_index_is_renewed_with_all_texts_at_once(
    bucket: str, monkeypatch: pytest.MonkeyPatch, use: Callable[[], object]
) -> None:
    monkeypatch.setattr(index, "FORMAT", "0.0")
    articles.rebuild(article(f"art_{n}", "An order") for n in range(texts.FEW + 1))
    monkeypatch.setattr(index, "FORMAT", "9.9")
    articles.forget()
    parts, wholes, fetch_into = [], [], Shelf.fetch_into
    monkeypatch.setattr(Shelf, "fetch_part", lambda *asked: parts.append(asked))
    monkeypatch.setattr(Shelf, "fetch_into", lambda *asked: wholes.append(asked) or fetch_into(*asked))
    use()

    assert (len(parts), len(wholes)) == (0, 1)


def test_who_reads_texts_that_were_swept_away_looks_for_newer_ones(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.rebuild([article("art_1", "Wood", "Olive trees.")])
    monkeypatch.setattr(Shelf, "fetch_into", cut)
    articles.search("olive", locale=None, now_fresh=True)
    swept_away("Olive oil.")

    assert [hit.snippet for hit in articles.search("olive", locale=None).hits] == ["<mark>Olive</mark> oil."]


def test_who_opens_an_index_that_was_swept_away_looks_for_a_newer_one(bucket: str) -> None:
    articles.rebuild([article("art_1", "Wood", "Olive trees.")])
    articles.search("olive", locale=None, now_fresh=True)
    in_background()
    swept_away("Olive oil.")

    assert [one.title for one in articles.suggest("wood", locale=None, audience="agents").found] == ["Wood"]


def test_suggestions_need_no_text(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    articles.rebuild(HELP_CENTRE)
    monkeypatch.setattr(texts.Texts, "at", None)

    assert [one.title for one in articles.suggest("olive wo", locale="en").found] == ["Oiling olive wood"]


SAID = [("a", "Olive wood. " * 50), ("b", ""), ("c", "خشب الزيتون 🫒"), ("d", "lone \ud800 half")]
PACKED = texts.pack(SAID)
PLACES = [PACKED.places[name] for name, _ in SAID]
READ = [*(text for _, text in SAID[:3]), "lone ? half"]


def apart(fetch: Callable[[BinaryIO], object]) -> texts.Texts:
    return texts.Texts(PACKED.dictionary, lambda at, size: PACKED.content[at : at + size], fetch)


def test_texts_come_out_as_they_went_in() -> None:
    read = apart(lambda into: into.write(PACKED.content))
    assert read.at(PLACES) == READ
    in_background()
    assert read.at(PLACES) == READ


def test_many_texts_are_waited_for_rather_than_read_one_by_one() -> None:
    many = PLACES * texts.FEW

    assert texts.Texts(PACKED.dictionary, cut, lambda into: into.write(PACKED.content)).at(many) == READ * texts.FEW
    with pytest.raises(OSError, match="cut"):
        apart(cut).at(many)


def test_threads_that_read_at_once_fetch_the_file_once() -> None:
    ready, asked = threading.Event(), []

    def fetch(into: BinaryIO) -> None:
        asked.append(into)
        ready.wait(10)
        into.write(PACKED.content)

    read = apart(fetch)
    with ThreadPoolExecutor(8) as threads:
        early = [threads.submit(read.at, PLACES) for _ in range(4)]
        early_and_many = [threads.submit(read.at, PLACES * texts.FEW) for _ in range(4)]
        found = [each.result(10) for each in early]
        ready.set()
        found += [each.result(10)[: len(PLACES)] for each in early_and_many]
    in_background()

    assert found == [READ] * 8
    assert read.at(PLACES) == READ
    assert len(asked) == 1


def test_a_file_for_which_the_folder_has_no_room_leaves_none_of_it_there_and_is_let_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[BinaryIO] = []

    def fetch(into: BinaryIO) -> None:
        asked.append(into)
        into.write(PACKED.content[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    read = apart(fetch)
    for _ in range(3):
        assert read.at(PLACES) == READ
        in_background()
    assert [into.closed for into in asked] == [True]

    later = time.monotonic() + texts.PAUSE
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert read.at(PLACES) == READ
    in_background()
    assert [into.closed for into in asked] == [True, True]
