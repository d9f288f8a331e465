"""Publishing and reading snapshots, when many do so at once and answers are lost."""

import functools
import json
import subprocess
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.errorfactory import ClientExceptionsFactory
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib import aws, clock, errors
from chalicelib.search import articles, finding, index, reading
from chalicelib.search.snapshot import Edition, Manifest, Shelf
from tests.search.samples import article, found


def test_writers_who_race_lose_nothing(atomic_bucket: str) -> None:
    shelf = Shelf("numbers")
    started = threading.Barrier(8)

    def write(writer: int) -> None:
        started.wait()
        for step in range(5):
            shelf.publish(functools.partial(_one_more, shelf, f"{writer}.{step}"))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    manifest, _ = shelf.manifest()
    assert manifest.generation == 40
    assert sorted(json.loads(shelf.fetch(manifest.files["all"]))) == sorted(
        f"{w}.{s}" for w in range(8) for s in range(5)
    )


def _one_more(shelf: Shelf, number: str, manifest: Manifest) -> Edition:
    before = json.loads(shelf.fetch(manifest.files["all"])) if manifest.files else []
    return Edition("1", {"all": json.dumps([*before, number]).encode()})


def test_articles_written_by_racing_indexers_are_all_found(atomic_bucket: str) -> None:
    indexers = [threading.Thread(target=articles.apply, args=([article(f"art_{n}", "Olive wood")],)) for n in range(4)]
    for indexer in indexers:
        indexer.start()
    for indexer in indexers:
        indexer.join()
    assert sorted(found("olive")) == [f"art_{n}" for n in range(4)]


def test_a_refusal_that_was_our_own_success_is_a_success(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _manifest_puts(monkeypatch, after=_refusal(412))
    assert articles.apply([article(title="Once")]) == 1
    assert len(calls) == 1
    assert found("once") == ["art_1"]


def test_a_lost_answer_is_looked_up(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _manifest_puts(monkeypatch, after=lambda: ReadTimeoutError(endpoint_url="https://s3"))
    assert articles.apply([article(title="Once")]) == 1
    assert len(calls) == 1


def test_a_success_is_known_even_when_others_published_since(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def others_come_first() -> Exception:
        monkeypatch.undo()
        articles.apply([article("art_1", "Newer text")])
        return _refusal(412)()

    _manifest_puts(monkeypatch, after=others_come_first)
    assert articles.apply([article("art_1", "Older text")]) == 1
    assert found("older") == []
    assert found("newer") == ["art_1"]


@pytest.mark.parametrize("status", [409, 412, 503])
def test_a_refusal_that_was_none_of_ours_is_tried_again(
    bucket: str, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    calls = _manifest_puts(monkeypatch, instead=_refusal(status), times=2)
    assert articles.apply([article(title="Third time")]) == 1
    assert len(calls) == 3


def test_a_refusal_for_lack_of_permission_is_not_tried_again(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _manifest_puts(monkeypatch, instead=_refusal(403), times=9)
    with pytest.raises(ClientError):
        articles.apply([article(title="Never")])
    assert len(calls) == 1


def test_an_update_reads_again_after_a_lost_race(bucket: str) -> None:
    texts = iter(["First draft", "Final words"])

    def read() -> tuple[list[articles.Document], list[str]]:
        title = next(texts)
        if title == "First draft":
            articles.apply([article("art_other", "In between")])
        return [article("art_1", title)], []

    articles.update(read)
    assert found("final") == ["art_1"]
    assert found("draft") == []
    assert found("between") == ["art_other"]


def test_a_rebuild_overtaken_by_a_change_says_so_and_loses_nothing(bucket: str) -> None:
    def read_slowly() -> Any:
        yield article("art_1", "Olive wood")
        articles.apply([article("art_2", "Olive oil")])

    with pytest.raises(errors.Contention):
        articles.rebuild(read_slowly())
    assert found("olive") == ["art_2"]


def test_readers_look_again_after_fifteen_seconds(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.real_now()
    articles.apply([article("art_1", "Olive wood")])
    monkeypatch.setattr(clock, "real_now", lambda: now)
    assert found("olive", now_fresh=False) == ["art_1"]
    articles.apply([article("art_2", "Olive oil")])
    monkeypatch.setattr(clock, "real_now", lambda: now + timedelta(seconds=14))
    assert found("olive", now_fresh=False) == ["art_1"]
    monkeypatch.setattr(clock, "real_now", lambda: now + timedelta(seconds=15))
    assert sorted(found("olive", now_fresh=False)) == ["art_1", "art_2"]


def test_the_products_clock_does_not_hurry_readers(bucket: str) -> None:
    articles.apply([article("art_1", "Olive wood")])
    assert found("olive", now_fresh=False) == ["art_1"]
    articles.apply([article("art_2", "Olive oil")])
    clock.shift(3600)
    try:
        assert found("olive", now_fresh=False) == ["art_1"]
    finally:
        clock.shift(-3600)


def test_an_unchanged_manifest_is_not_sent_again_nor_the_index(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    articles.apply([article("art_1", "Olive wood")])
    found("olive")
    fetched = []
    monkeypatch.setattr(Shelf, "fetch", lambda shelf, file: fetched.append(file))
    assert found("olive") == ["art_1"]
    assert fetched == []
    assert Shelf("articles").manifest_unless(Shelf("articles").manifest()[1]) is None


def test_only_the_indexes_that_a_change_touches_are_written(bucket: str) -> None:
    articles.apply([article("art_1", "Olive wood")])
    before = Shelf("articles").manifest()[0].files
    articles.apply([article("art_2", "Playbook", visibility="agents")])
    after = Shelf("articles").manifest()[0].files
    assert {name for name in after if before[name] != after[name]} == {"agents"}


def test_an_index_that_was_tampered_with_is_not_opened(bucket: str) -> None:
    articles.apply([article("art_1", "Olive wood")])
    file = Shelf("articles").manifest()[0].files["public"]
    boto3.client("s3").put_object(Bucket=bucket, Key=file.key, Body=b"something else")
    with pytest.raises(ValueError, match="checksum"):
        found("olive")


def test_a_replaced_index_leaves_the_temp_folder(bucket: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for n in range(4):
        articles.apply([article(f"art_{n}", "Olive wood")])
        assert len(found("olive")) == n + 1
        assert len(list(tmp_path.iterdir())) == 1


def test_who_searches_a_replaced_index_keeps_it(bucket: str) -> None:
    articles.apply([article("art_1", "Olive wood")])
    reader = reading.Reader(Shelf("articles"), lambda folder, format: finding.Index(folder))
    held = reader.open("public")
    articles.apply([], ["art_1"])
    reader.open("public", fresh=True)
    assert held.index.search("olive", locale=None, category_id=None, limit=1, offset=0).total == 1


def test_an_index_of_an_older_format_is_read_and_renewed(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FORMAT", "0.0")
    articles.apply([article("art_1", "Olive wood")])
    monkeypatch.undo()
    assert found("olive") == ["art_1"]
    articles.apply([article("art_2", "Olive oil")])
    assert sorted(found("olive")) == ["art_1", "art_2"]
    assert Shelf("articles").manifest()[0].format == index.FORMAT


def test_an_index_is_renewed_while_tantivy_locks_it_once_more(tmp_path: Path) -> None:
    """It does so from a thread that it starts as an index is opened; under load that comes late."""
    index.build(tmp_path, [index.entry(article("art_1", "Olive wood"))])
    lock = tmp_path / "articles" / ".tantivy-meta.lock"
    loop = 'while :; do { : > "$0"; } 2> /dev/null; rm -f "$0"; done'
    with subprocess.Popen(["bash", "-c", loop, str(lock)]) as locking:
        try:
            for _ in range(5):
                index.renew(tmp_path, None)
        finally:
            locking.kill()
    assert index.open_at(tmp_path).searcher().num_docs == 1


def test_three_generations_are_kept(bucket: str) -> None:
    for n in range(5):
        articles.apply([article(f"art_{n}", "Olive wood", visibility="agents")])
    shelf = Shelf("articles")
    assert shelf.sweep(older_than=timedelta(seconds=-5)) == 2
    stored = boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert len(stored) == 3 + 1
    assert len(found("olive", audience="agents")) == 5


def test_a_file_that_may_yet_be_named_is_not_swept(bucket: str) -> None:
    boto3.client("s3").put_object(Bucket=bucket, Key="articles/00000009-x-public.tar.gz", Body=b"being published")
    assert articles.sweep() == 0


def test_a_sweep_leaves_other_shelves_alone(bucket: str) -> None:
    boto3.client("s3").put_object(Bucket=bucket, Key="tickets/manifest.json", Body=b"{}")
    assert Shelf("articles").sweep(older_than=timedelta(seconds=-5)) == 0


def test_an_empty_bucket_is_known_by_its_code_not_by_a_class(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore makes `client.exceptions` when first asked and without a lock, so threads may see different classes."""
    made_anew = property(lambda client: ClientExceptionsFactory().create_client_exceptions(client.meta.service_model))
    monkeypatch.setattr(type(aws.client("s3")), "exceptions", made_anew)
    assert Shelf("articles").manifest() == (Manifest(), None)


def test_a_world_made_anew_is_empty(bucket: str) -> None:
    articles.apply([article("art_1", "Olive wood")])
    assert found("olive") == ["art_1"]
    boto3.resource("s3").Bucket(bucket).objects.all().delete()
    assert found("olive") == []


def _refusal(status: int) -> Callable[[], Exception]:
    answer = {"Error": {"Code": str(status)}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return lambda: ClientError(answer, "PutObject")


def _manifest_puts(
    monkeypatch: pytest.MonkeyPatch,
    *,
    after: Callable[[], Exception] | None = None,
    instead: Callable[[], Exception] | None = None,
    times: int = 1,
) -> list[str]:
    """Make the first puts of the manifest fail: `after` they took effect, or `instead`. Returns a list of the calls."""
    put, calls = aws.client("s3").put_object, []

    def failing(**request: Any) -> Any:
        if not request["Key"].endswith("manifest.json"):
            return put(**request)
        calls.append(request["Key"])
        if len(calls) > times:
            return put(**request)
        if instead:
            raise instead()
        put(**request)
        raise after()

    monkeypatch.setattr(aws.client("s3"), "put_object", failing)
    return calls
