"""Whatever octets come as a mail: the reader never fails, and none takes over 2 seconds or 256 MB.

Each mail is read in a child process. Memory is the most that process ever had, the mail and the interpreter included;
time is the process's own, so that a busy machine is no fault.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.proofs import hostile_mails
from tests.proofs.mutations import mutated

FIXTURES = Path(__file__).parents[1] / "fixtures" / "mail"
MAX_SECONDS = 2.0
MAX_MB = 256
_BATCH = 2_000
_GIVEN_UP = 30


def prove(mutations: int, seed: int = 1) -> dict[str, Any]:
    """Read every hostile mail and that many mutated fixtures; the figures.

    Raises:
        AssertionError: the reader failed, gave what cannot be stored, or a mail cost too much; it names the mail.
    """
    hostile = _in_child("hostile", "")
    told = [_in_child("mutated", f"{seed + at}:{min(_BATCH, mutations - at)}") for at in range(0, mutations, _BATCH)]
    everything = [*hostile["mails"], *(mail for one in told for mail in one["mails"])]
    slowest = max(everything, key=lambda mail: mail["seconds"])
    return {
        "hostile": len(hostile["mails"]),
        "mutated": mutations,
        "slowest": slowest["name"],
        "seconds": round(slowest["seconds"], 2),
        "megabytes": round(max(mail["megabytes"] for mail in everything)),
    }


def _in_child(kind: str, which: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.proofs.fuzz_email", kind, which],
        capture_output=True,
        text=True,
        timeout=1800,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 0, (kind, which, run.stderr[-3_000:])
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    assert not told["faults"], told["faults"]
    return told


def _mutated(which: str) -> Iterator[tuple[str, bytes]]:
    """The mails of one seed, the same in every run."""
    seed, count = (int(number) for number in which.split(":"))
    chance = random.Random(seed)
    mails = [(path.stem, path.read_bytes()) for path in sorted(FIXTURES.glob("*.eml"))]
    for number in range(count):
        name, raw = mails[number % len(mails)]
        yield f"{name} ({seed}, {number})", mutated(raw, mails[chance.randrange(len(mails))][1], chance)


def child(kind: str, which: str) -> None:
    """Read the mails of one kind, and tell what each cost as one line of JSON."""
    from chalicelib.channels import email_in

    email_in.summary(b"From: a@b.example\r\n\r\nHi")  # what is loaded once is nobody's cost
    if kind == "hostile":
        found = [_apart(name, make) for name, make in hostile_mails.mails().items()]
    else:
        found = [_cost(name, raw) for name, raw in _mutated(which)]
    costly = [mail for mail in found if mail["seconds"] > MAX_SECONDS or mail["megabytes"] > MAX_MB]
    told = found if kind == "hostile" else [max(found, key=lambda mail: float(mail["seconds"]))]
    faults = [*costly, *(mail for mail in found if mail["fault"])]
    print(json.dumps({"mails": told, "faults": faults[:10]}))


def _apart(name: str, make: Callable[[], bytes]) -> dict[str, Any]:
    """Read one in a process of its own, which the memory of the others does not reach and which may die of it."""
    reader, writer = os.pipe()
    child_id = os.fork()
    if not child_id:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (_GIVEN_UP, _GIVEN_UP))
        os.write(writer, json.dumps(_cost(name, make())).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        told = answer.read()
    _, status = os.waitpid(child_id, 0)
    if not told:
        return {"name": name, "seconds": _GIVEN_UP, "megabytes": 0, "fault": f"its process ended with {status}"}
    cost: dict[str, Any] = json.loads(told)
    return cost


def _cost(name: str, raw: bytes) -> dict[str, Any]:
    """What reading cost: seconds of work, and the most that the process had at any time."""
    seconds, fault = _timed(raw)
    for _ in range(2):
        if seconds > MAX_SECONDS and not fault:
            # On a machine whose processors are shared even a process's own time swells; what is slow is slow again.
            seconds = min(seconds, _timed(raw)[0])
    return {"name": name, "seconds": seconds, "megabytes": _megabytes(), "fault": fault}


def _timed(raw: bytes) -> tuple[float, str]:
    began = time.process_time()
    fault = _fault(raw)
    return time.process_time() - began, fault


def _megabytes() -> float:
    """The most that this process had. `ru_maxrss` would do, but it keeps what the parent had before exec."""
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def _fault(raw: bytes) -> str:
    """What is wrong with how the mail was read, or ""."""
    from chalicelib.channels import email_in

    try:
        summary = email_in.summary(raw)
    except BaseException as error:  # whatever it is, the proof has failed and must say of which mail
        return repr(error)
    failed = [problem for problem in summary["problems"] if "the reader failed" in problem]
    try:
        json.dumps(summary, ensure_ascii=False).encode()
    except UnicodeError as error:
        failed.append(str(error))
    return "; ".join([*failed, *(["a NUL"] if "\\u0000" in json.dumps(summary) else [])])


if __name__ == "__main__":
    child(sys.argv[1], sys.argv[2])
