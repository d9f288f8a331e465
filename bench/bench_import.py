"""Import of a Zendesk export: how many tickets of three comments a second, and how far its memory grows.

python -m bench.bench_import [tickets, 1000 when not given]
"""

import io
import json
import resource
import sys
import tempfile
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.local.world import World, enter

ADDRESS = "http://127.0.0.1:8000"
PEOPLE = 200
SINCE = datetime(2021, 1, 1, tzinfo=UTC)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        world.start()
        try:
            enter(world, world.engine.endpoint, ADDRESS, "a secret of the benchmark")
            measure(count)
        finally:
            world.engine.stop()


def measure(count: int) -> None:
    """Import that many tickets into the world that stands, twice."""
    from bench.counted import counting, report
    from chalicelib.store import files

    packed = export(count)
    files.put("imports/bench", packed)
    for name in ("import.first", "import.again"):
        start, at_work = time.perf_counter(), time.process_time()
        with counting() as counted:
            steps = _import()
        seconds, cpu = time.perf_counter() - start, time.process_time() - at_work
        told = {"tickets": count, "steps": steps, "octets": len(packed), "round_trips": counted.calls}
        report(
            name,
            count / seconds,
            "tickets/s",
            **told,
            units_a_ticket=round(counted.units / count, 1),
            cpu_ms_a_ticket=round(cpu * 1000 / count, 1),
        )
    report("import.memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", tickets=count)


def _import() -> int:
    """Run the job to its end, step by step; returns how many there were."""
    from chalicelib.actions import run_job, start_job
    from chalicelib.inbound.job_steps import step_for

    job = start_job.start("import", {"format": "zendesk", "key": "imports/bench", "name": "export.zip"}, "key_bench")
    while job.at_work:
        after = run_job.run(job.id, step_for)
        assert after and not after.tries, after
        job = after
    assert job.state == "done", job
    return job.step


def export(count: int) -> bytes:
    """A zip as Zendesk's export gives it: people, and tickets with three comments each."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.json", "\n".join(json.dumps(_user(at)) for at in range(PEOPLE)))
        archive.writestr("tickets.json", "\n".join(json.dumps(_ticket(at)) for at in range(1, count + 1)))
    return packed.getvalue()


def _user(at: int) -> dict[str, object]:
    told = {"id": 7000 + at, "name": f"Customer {at}", "email": f"customer{at}@example.org", "role": "end-user"}
    return told | {"created_at": SINCE.isoformat()}


def _ticket(number: int) -> dict[str, object]:
    asked, user = SINCE + timedelta(minutes=20 * number), 7000 + number % PEOPLE
    words = "Hello, my order has not come yet. Could you look where it is? Thank you. " * 4
    comments = [
        {"id": number * 10 + at, "author_id": user, "public": True, "body": words, "html_body": f"<p>{words}</p>",
         "created_at": (asked + timedelta(hours=at)).isoformat()}
        for at in range(3)
    ]  # fmt: skip
    return {
        "id": number, "created_at": asked.isoformat(), "status": "solved", "subject": f"Order GH-{number}",
        "requester_id": user, "tags": ["order"], "via": {"channel": "email"}, "comments": comments,
    }  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
