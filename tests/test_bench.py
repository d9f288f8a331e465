"""The benchmarks that go through the product's doors still do: on a handful of tickets, in moto."""

import functools
import json

import pytest

from bench import bench_desk, bench_import, counted


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line["bench"] for line in lines if "bench" in line]


def test_the_desk_is_measured(cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(counted, "timed", functools.partial(counted.timed, runs=1))
    bench_desk.measure(20)

    assert {"desk.list.mine", "desk.page.inbox, all", "desk.page.ticket"} <= set(told(capsys))


def test_an_import_is_measured(
    cloud: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_import, "PEOPLE", 3)
    bench_import.measure(2)

    assert told(capsys) == ["import.first", "import.again", "import.memory"]
