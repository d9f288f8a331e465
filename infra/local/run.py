"""One run of the product on this machine: puts the pieces together, and takes them apart in the opposite order."""

import fcntl
import importlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from chalicelib import clock, log
from infra.local import arrivals, product, record, world
from infra.local.console import SEEDS, Console, Surroundings
from infra.local.gateway import Gateway
from infra.local.outbox import Outbox
from infra.local.post_office import PostOffice
from infra.local.pump import Pump, Source
from infra.local.server import Server
from infra.local.smtp import Door
from infra.local.sources import QueueSource, ScheduleSource, StreamSource, TimerSource, every_night
from infra.local.world import World

T = TypeVar("T")

SAVE_SECONDS = 10


@dataclass(frozen=True)
class Options:
    """What `make run` may be told; port 0 takes any free one."""

    port: int
    smtp_port: int
    data: Path
    seed: str


class Run:
    """After `start`, `url` and `smtp_port` say where it listens."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.url = ""
        self.smtp_port = options.smtp_port
        self.log = options.data / "server.log"
        self._record_path = options.data / "world.json"
        self._ended = threading.Event()
        self._started: list[Any] = []

    def start(self) -> None:
        """Bring everything up.

        Raises:
            RuntimeError: the data is in use, the seed is unknown, a port is taken, or the engine did not start.
        """
        if self.options.seed not in SEEDS:
            raise RuntimeError(f"SEED must be one of {', '.join(SEEDS)}, not {self.options.seed!r}")
        self._take_data()
        self._record = record.load(self._record_path)
        self._world = World(self.options.data)
        self._begin(self._world.engine.stop, self._world.start)
        self._outbox = Outbox(self.options.data / "outbox")
        self._post_office = PostOffice(
            self._outbox,
            lambda event: arrivals.publish_feedback(self._world, event),
            lambda notice: arrivals.publish_whatsapp(self._world, notice),
        )
        self._begin(self._post_office.stop, self._post_office.start)
        self._open_doors()

    def stop(self) -> None:
        """Close the doors, let what runs finish, save, and end every child."""
        self._ended.set()
        for stop in reversed(self._started):
            try:
                stop()
            except Exception:  # whatever fails here, the rest must still be stopped
                log.error("local.stop_failed")
        self._started.clear()

    def jump(self, seconds: float) -> None:
        """Move the product's clock ahead, and with it the queues'."""
        clock.shift(seconds)
        self._record.clock_offset = clock.offset()
        record.save(self._record, self._record_path)
        self._world.engine.set_clock(clock.offset())
        self._pump.stir()

    def reset(self, seed: str) -> None:
        """A fresh world from `seed`, at the wall clock's time; the API key stays."""
        self._pump.stop()
        try:
            self._make_anew(seed)
        finally:
            self._pump.sources = self._sources()
            self._pump.start()

    def _open_doors(self) -> None:
        """Their ports first: that of the web server makes the links that the seed writes."""
        server = self._server = _bound("PORT", self.options.port, lambda: Server(self.options.port, self.log))
        self.url = f"http://127.0.0.1:{server.port}"
        smtp_port = self.options.smtp_port
        smtp = _bound("SMTP_PORT", smtp_port, lambda: Door(self._take_mail, smtp_port))
        self.smtp_port = smtp.port
        self._enter_world()
        self._app = importlib.import_module("app")
        product.watch_webhooks(self._outbox.add_webhook)
        clock.shift(self._record.clock_offset)
        self._world.engine.set_clock(self._record.clock_offset)
        if not self._record.seeded:
            self._make_anew(self.options.seed)
        product.lay_former()
        self._pump = Pump(self._sources(), self._world.engine.backlog, product.see_all_changes)
        self._begin(self._pump.stop, self._pump.start)
        self._begin(lambda: None, self._start_saving)
        self._begin(smtp.stop, smtp.start)
        here = Surroundings(self._record.api_key, self.smtp_port, self.jump, self.reset)
        console = Console(self._world, self._pump, self._outbox, here)
        self._begin(server.stop, lambda: server.start(Gateway(self._app.app).answer, console.answer, self._pump.stir))

    def _enter_world(self) -> None:
        world.enter(self._world, self._post_office.endpoint, self.url, self._record.signing_secret)

    def _make_anew(self, seed: str) -> None:
        """A world of that seed; what an earlier seeding may have left half way is forgotten."""
        from infra.local.seed import load

        clock.shift(-clock.offset())
        self._record.clock_offset, self._record.seeded = 0.0, ""
        self._world.engine.set_clock(0)
        self._world.rebuild()
        self._outbox.wipe()
        self._enter_world()
        product.forget_world()
        self._record.api_key = load.load(seed, self._record.api_key)
        product.forget_world()
        self._record.seeded = seed
        record.save(self._record, self._record_path)
        self._world.engine.save()

    def _sources(self) -> list[Source]:
        app, here = self._app, self._world
        return [
            QueueSource(here, "inbound", "Inbound", app.inbound),
            QueueSource(here, "inbound", "Raw", app.inbound, number=1),
            StreamSource(here, "dispatch", app.dispatch),
            QueueSource(here, "jobs", "Jobs", app.jobs),
            QueueSource(here, "send", "Send", app.send),
            QueueSource(here, "webhooks", "Webhooks", app.webhooks, beside=10),
            TimerSource(here, "minute", app.minute),
            ScheduleSource("night", app.night, every_night),
        ]

    def _take_mail(self, raw: bytes, recipients: list[str], sender: str) -> None:
        arrivals.receive_email(self._world, raw, recipients, sender)
        self._pump.stir()

    def _start_saving(self) -> None:
        thread = threading.Thread(target=self._keep_saving, name="save", daemon=True)
        thread.start()

    def _keep_saving(self) -> None:
        saved = self._pump.generation
        while not self._ended.wait(SAVE_SECONDS):
            if self._pump.generation != saved:
                saved = self._pump.generation
                self._world.engine.save()

    def _take_data(self) -> None:
        """One run a folder."""
        data = self.options.data
        data.mkdir(parents=True, exist_ok=True)
        lock = os.open(data / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        self._started.append(lambda: os.close(lock))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RuntimeError(f"{data} is in use by another run") from error

    def _begin(self, stop: Any, start: Any) -> None:
        """Start one piece; its stop is kept even when the start fails half way."""
        self._started.append(stop)
        start()


def _bound(name: str, port: int, bind: Callable[[], T]) -> T:
    try:
        return bind()
    except OSError as error:
        raise RuntimeError(f"port {port} is taken; choose another by {name}=…") from error
