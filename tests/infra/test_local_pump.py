"""The local pump treats queues, stream and clock as AWS does, and settle says nothing is left only when nothing is."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import clock
from infra.local.pump import Pump, Unsettled
from infra.local.sources import QueueSource, StreamSource
from infra.local.world import World

VISIBILITY = 180  # seconds, of the inbound queue in infra/data.yaml
TRIES = 5

Handler = Callable[[dict[str, Any], Any], Any]


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("account"))
    world.start()
    yield world
    world.engine.stop()


@pytest.fixture
def world(account: World) -> Iterator[World]:
    account.rebuild()
    account.engine.set_clock(0)
    yield account
    clock.shift(-clock.offset())


def send(world: World, body: str, queue: str = "Inbound", delay: int = 0) -> None:
    world.client("sqs").send_message(QueueUrl=world.queue_url(queue), MessageBody=body, DelaySeconds=delay)


def put(world: World, sk: str, dispatch: str = "pending") -> None:
    item = {"pk": {"S": "TICKET#1"}, "sk": {"S": sk}, "dispatch": {"S": dispatch}}
    world.client("dynamodb").put_item(TableName=world.outputs["TableName"], Item=item)


def jump(world: World, seconds: float) -> None:
    clock.shift(seconds)
    world.engine.set_clock(clock.offset())


def pump(world: World, *sources: Any) -> Pump:
    return Pump(sources, world.engine.backlog, refresh=lambda: None)


def bodies(event: dict[str, Any]) -> list[str]:
    return [record["body"] for record in event["Records"]]


def places(event: dict[str, Any]) -> list[str]:
    return [record["dynamodb"]["NewImage"]["sk"]["S"] for record in event["Records"]]


def test_a_handled_message_is_gone(world: World) -> None:
    seen: list[str] = []
    send(world, "hello")
    counts = pump(world, QueueSource(world, "inbound", "Inbound", lambda event, _: seen.extend(bodies(event)))).settle()
    assert seen == ["hello"]
    assert counts == {"later": 0, "dead": 0}


def test_a_message_whose_handler_fails_once_comes_again_after_its_visibility_timeout(world: World) -> None:
    tries: list[str] = []

    def handler(event: dict[str, Any], context: Any) -> None:
        tries.extend(bodies(event))
        if len(tries) == 1:
            raise ValueError("not today")

    send(world, "hello")
    moved = pump(world, QueueSource(world, "inbound", "Inbound", handler))
    assert moved.settle() == {"later": 1, "dead": 0}
    assert tries == ["hello"]
    jump(world, VISIBILITY + 1)
    assert moved.settle() == {"later": 0, "dead": 0}
    assert tries == ["hello", "hello"]


def test_only_the_messages_that_a_handler_names_come_again(world: World) -> None:
    seen: list[str] = []

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        seen.extend(bodies(event))
        bad = [record["messageId"] for record in event["Records"] if record["body"] == "bad" and seen.count("bad") < 2]
        return {"batchItemFailures": [{"itemIdentifier": one} for one in bad]}

    send(world, "good")
    send(world, "bad")
    moved = pump(world, QueueSource(world, "inbound", "Inbound", handler))
    assert moved.settle()["later"] == 1
    jump(world, VISIBILITY + 1)
    moved.settle()
    assert sorted(seen) == ["bad", "bad", "good"]


def test_a_message_that_always_fails_ends_among_the_dead_letters(world: World) -> None:
    tries: list[str] = []

    def handler(event: dict[str, Any], context: Any) -> None:
        tries.extend(bodies(event))
        raise ValueError("never")

    send(world, "hopeless")
    moved = pump(world, QueueSource(world, "inbound", "Inbound", handler))
    for _ in range(TRIES):
        assert moved.settle() == {"later": 1, "dead": 0}
        jump(world, VISIBILITY + 1)
    assert moved.settle() == {"later": 0, "dead": 1}
    assert len(tries) == TRIES
    assert world.dead_letters("Inbound") == ["hopeless"]


def test_a_delayed_message_is_counted_as_later_and_runs_when_the_clock_has_jumped(world: World) -> None:
    seen: list[str] = []
    send(world, "in ten minutes", delay=600)
    moved = pump(world, QueueSource(world, "inbound", "Inbound", lambda event, _: seen.extend(bodies(event))))
    assert moved.settle() == {"later": 1, "dead": 0}
    assert seen == []
    jump(world, 601)
    assert moved.settle() == {"later": 0, "dead": 0}
    assert seen == ["in ten minutes"]


def test_slow_handlers_run_beside_each_other_where_they_may(world: World) -> None:
    meeting = threading.Barrier(5, timeout=20)
    for number in range(5):
        send(world, str(number), "Webhooks")
    counts = pump(world, QueueSource(world, "webhooks", "Webhooks", lambda event, _: meeting.wait(), beside=5)).settle()
    assert counts == {"later": 0, "dead": 0}


def test_settle_follows_work_that_makes_work_in_any_queue(world: World) -> None:
    seen: list[str] = []

    def first(event: dict[str, Any], context: Any) -> None:
        send(world, "answer", "Send")

    def second(event: dict[str, Any], context: Any) -> None:
        seen.extend(bodies(event))
        if seen.count("answer") == 1:
            send(world, "and again")

    send(world, "question")
    sources = [QueueSource(world, "send", "Send", second), QueueSource(world, "inbound", "Inbound", first)]
    assert pump(world, *sources).settle() == {"later": 0, "dead": 0}
    assert seen == ["answer", "answer"]


def test_settle_waits_for_what_a_handler_is_doing_in_the_background(world: World) -> None:
    began, done = threading.Event(), threading.Event()

    def slow(event: dict[str, Any], context: Any) -> None:
        began.set()
        time.sleep(0.4)
        done.set()

    moved = pump(world, QueueSource(world, "inbound", "Inbound", slow))
    moved.start()
    try:
        send(world, "slow")
        moved.stir()
        assert began.wait(5)
        moved.settle()
        assert done.is_set()
    finally:
        moved.stop()


def test_work_that_nobody_told_of_is_found_as_well(world: World) -> None:
    done = threading.Event()
    moved = pump(world, QueueSource(world, "inbound", "Inbound", lambda event, _: done.set()))
    moved.start()
    try:
        send(world, "unheard")
        assert done.wait(5)
    finally:
        moved.stop()


def test_it_ends_though_it_is_told_to_while_a_source_takes_its_call(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = threading.Event()

    class Call(threading.Event):
        def clear(self) -> None:
            taking.set()
            time.sleep(0.2)  # meanwhile `stop` calls
            super().clear()

    moved = pump(world, QueueSource(world, "inbound", "Inbound", lambda event, _: None))
    with monkeypatch.context() as patched:
        patched.setattr(threading, "Event", Call)
        moved.start()
    send(world, "hello")
    moved.stir()
    assert taking.wait(5)
    ending = threading.Thread(target=moved.stop, daemon=True)
    ending.start()
    ending.join(5)
    assert not ending.is_alive()


def test_settle_says_what_is_left_when_it_gives_up(world: World) -> None:
    def busy(event: dict[str, Any], context: Any) -> None:
        send(world, "more")

    send(world, "more")
    with pytest.raises(Unsettled) as unsettled:
        pump(world, QueueSource(world, "inbound", "Inbound", busy)).settle(seconds=0.3)
    assert unsettled.value.left["inbound"] >= 1


def test_the_stream_brings_only_new_events_that_wait_for_the_dispatcher(world: World) -> None:
    seen: list[str] = []
    source = StreamSource(world, "dispatch", lambda event, _: seen.extend(places(event)))
    put(world, "EVENT#1")
    put(world, "EVENT#1")  # the same row again is a change, not a new event
    put(world, "EVENT#2", dispatch="done")
    put(world, "EVENT#3")
    assert pump(world, source).settle() == {"later": 0, "dead": 0}
    assert seen == ["EVENT#1", "EVENT#3"]


def test_a_stream_that_was_quiet_for_long_goes_on_after_the_newest_record(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MiniStack's iterators end after fifteen minutes, as those of AWS do."""
    seen: list[str] = []
    source = StreamSource(world, "dispatch", lambda event, _: seen.extend(places(event)))
    for sk in ("EVENT#1", "EVENT#2"):
        put(world, sk)
    pump(world, source).settle()
    expired, get_records = source._iterator, source._streams.get_records

    def get(ShardIterator: str, Limit: int) -> Any:  # noqa: N803 (AWS's names)
        if ShardIterator == expired:
            raise source._streams.exceptions.ExpiredIteratorException({}, "GetRecords")
        return get_records(ShardIterator=ShardIterator, Limit=Limit)

    monkeypatch.setattr(source._streams, "get_records", get)
    put(world, "EVENT#3")
    pump(world, source).settle()
    assert seen == ["EVENT#1", "EVENT#2", "EVENT#3"]


def test_all_after_the_lowest_failed_record_of_the_stream_comes_again(world: World) -> None:
    calls: list[list[str]] = []

    def dispatch(event: dict[str, Any], context: Any) -> dict[str, Any]:
        calls.append([record["dynamodb"]["NewImage"]["sk"]["S"] for record in event["Records"]])
        if len(calls) > 1:
            return {"batchItemFailures": []}
        return {"batchItemFailures": [{"itemIdentifier": event["Records"][1]["dynamodb"]["SequenceNumber"]}]}

    source = StreamSource(world, "dispatch", dispatch)
    for number in "123":
        put(world, f"EVENT#{number}")
    pump(world, source).settle()
    assert calls == [["EVENT#1", "EVENT#2", "EVENT#3"], ["EVENT#2", "EVENT#3"]]


def test_a_record_of_the_stream_that_always_fails_is_kept_apart_and_the_next_ones_go_on(world: World) -> None:
    seen: list[str] = []

    def dispatch(event: dict[str, Any], context: Any) -> None:
        names = [record["dynamodb"]["NewImage"]["sk"]["S"] for record in event["Records"]]
        if "EVENT#1" in names:
            raise ValueError("never")
        seen.extend(names)

    source = StreamSource(world, "dispatch", dispatch)
    for number in "123":
        put(world, f"EVENT#{number}")
    assert pump(world, source).settle() == {"later": 0, "dead": 1}
    assert seen == ["EVENT#2", "EVENT#3"]
    bucket = world.outputs["FailedRecordsBucketName"]
    key = world.client("s3").list_objects_v2(Bucket=bucket)["Contents"][0]["Key"]
    kept = json.load(world.client("s3").get_object(Bucket=bucket, Key=key)["Body"])
    assert [record["dynamodb"]["Keys"]["sk"]["S"] for record in kept["payload"]["Records"]] == ["EVENT#1"]
