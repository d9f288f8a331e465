"""The readers by themselves: files of odd shapes, and places in the middle of them."""

import gzip
import io
import json

import pytest

from chalicelib.errors import Invalid
from chalicelib.importing import csv_file, formats, json_file, mailbox, zendesk
from chalicelib.importing.archive import Archive
from chalicelib.importing.html_to_markdown import markdown
from tests.importing.conftest import FILES, zipped

BOX = (FILES / "box.mbox").read_bytes()
TABLE = (FILES / "tickets.csv").read_bytes()


def archive(content, name="file"):
    return Archive(io.BytesIO(content), name)


def objects(text):
    return [(found.where, found.value) for found in json_file.objects(io.BytesIO(text.encode()))]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": 1}\n{"id": 2}\n',
        '[{"id": 1}, {"id": 2}]',
        '{"tickets": [{"id": 1}, {"id": 2}], "next_page": null}',
        '{"tickets": [{"id": 1}]}\n{"tickets": [{"id": 2}]}\n',
        '{\n "count": 2,\n "tickets": [\n  {"id": 1},\n  {\n   "id": 2\n  }\n ]\n}',
        '{\n "id": 1\n}\n{\n "id": 2\n}',
        '\ufeff{"id": 1}\n\n{"id": 2}',
    ],
)
def test_json_is_read_in_whatever_way_it_is_laid_out(text):
    assert [value for _, value in objects(text)] == [{"id": 1}, {"id": 2}]


def test_a_line_that_is_no_json_costs_no_other_line():
    assert objects('{"id": 1\n{"id": 2}\n[}\n{"id": 3}') == [
        ("line 1", None), ("line 2", {"id": 2}), ("line 3", None), ("line 4", {"id": 3}),
    ]  # fmt: skip


def test_a_long_document_is_read_by_the_block(monkeypatch):
    monkeypatch.setattr(json_file, "_BLOCK", 64)
    listed = [{"id": at, "text": "ت" * (at % 90)} for at in range(200)]

    found = objects(json.dumps({"users": listed}, ensure_ascii=False, indent=1))
    assert [value for _, value in found] == listed


@pytest.mark.parametrize(
    ("format", "content"), [("zendesk", zipped()), ("mbox", BOX), ("csv", TABLE), ("mbox", gzip.compress(BOX))]
)
def test_reading_goes_on_at_every_place_as_if_it_had_never_stopped(format, content):
    whole = list(formats.reader(format, archive(content)).records(list(formats.START)))

    assert len(whole) > 4
    for count, (place, _) in enumerate(whole, start=1):
        rest = list(formats.reader(format, archive(content)).records(list(place)))
        assert rest == whole[count:]


@pytest.mark.parametrize("block", [16, 100, 1000])
def test_mails_are_found_wherever_a_block_ends(monkeypatch, block):
    whole = list(formats.reader("mbox", archive(BOX)).records([0, 0]))
    monkeypatch.setattr(mailbox, "_BLOCK", block)

    assert list(formats.reader("mbox", archive(BOX)).records([0, 0])) == whole


def test_a_damaged_archive_is_refused_by_name():
    with pytest.raises(Invalid, match="archive cannot be opened"):
        archive(zipped()[:500])
    with pytest.raises(Invalid, match="gzip is damaged"):
        archive(gzip.compress(BOX)[:200])


def test_an_archive_without_records_is_refused():
    with pytest.raises(Invalid, match="no file of tickets"):
        formats.reader("zendesk", archive(zipped(FILES / "zendesk" / "attachments")))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Use <b>olive oil</b>.</p><p>Twice.</p>", "Use **olive oil**.\n\nTwice."),
        ('<a href="https://x.example/a b">here</a>', "[here](https://x.example/a%20b)"),
        ("<ol><li>Wash<ul><li>warm</li></ul></li><li>Dry</li></ol>", "1. Wash\n   - warm\n2. Dry"),
        ("<p># no heading</p><p>2 * 3 * 4</p>", "\\# no heading\n\n2 \\* 3 \\* 4"),
        ("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>", "| A |\n| --- |\n| 1 |"),
        ("<pre><code>a &lt; b\n  c</code></pre>", "```\na < b\n  c\n```"),
        ("<blockquote><p>نص</p></blockquote><script>alert(1)</script>", "> نص"),
    ],
)  # fmt: skip
def test_html_of_a_help_centre_becomes_markdown(html, expected):
    assert markdown(html).rstrip("> \n") == expected


def test_a_mailbox_named_as_mails_is_read_as_the_mailbox_it_is():
    assert len(list(formats.reader("eml", archive(BOX)).records([0, 0]))) == len(
        list(formats.reader("mbox", archive(BOX)).records([0, 0]))
    )


@pytest.mark.parametrize(
    ("format", "module", "bound", "content"),
    [
        ("csv", csv_file, "MAX_TABLE", TABLE),
        ("zendesk", zendesk, "MAX_FILE", zipped()),
        ("zendesk", zendesk, "MAX_LOOKED_UP", zipped()),
    ],
)
def test_a_file_too_long_to_be_read_anew_by_each_step_is_refused(monkeypatch, format, module, bound, content):
    monkeypatch.setattr(module, bound, 10)

    with pytest.raises(Invalid, match="more than"):
        list(formats.reader(format, archive(content)).records([0, 0]))


def test_a_ticket_of_too_many_rows_is_passed_over_and_not_the_next(monkeypatch):
    monkeypatch.setattr(csv_file, "MAX_ROWS", 3)
    rows = "".join(f"{number},2021-05-01,a@x.example,Hi\n" for number in (7, 7, 7, 7, 7, 8, 8, 8))
    content = ("number,created_at,customer_email,message\n" + rows).encode()

    (behind, long), (_, next) = formats.reader("csv", archive(content)).records([0, 0])
    assert (long.where, long.reason) == ("row 1", "the ticket has more than 3 rows")
    assert (behind, next.number, len(next.messages)) == ([5], 8, 3)
