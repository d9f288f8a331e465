"""The switchboard: every way in, on one screen.

Event handlers stand here and not in blueprints: Lambda would load a blueprint's handler without ever running this
file. Heavy imports stay inside the functions: every handler pays for what this file imports. The pages are half a
second of it, so only the function that answers HTTP loads them.
"""

import gc
from collections.abc import Callable
from typing import Any

from chalice import Chalice, Rate, Response
from chalice.app import Request

from chalicelib import agent, api, portal, settings

app = Chalice(app_name="diwan")
app.api.binary_types = []

if settings.answers_http():
    # What is loaded here stays, and to look for garbage in it would take a seventh of a cold start.
    gc.disable()
    api.register(app)
    portal.register(app)
    agent.register(app)
    gc.freeze()
    gc.enable()


@app.middleware("http")
def by_the_front(request: Request, answer: Callable[[Request], Response]) -> Response:
    """All of HTTP, before any route: where CloudFront stands nobody comes round it."""
    from chalicelib.api import entrance

    return entrance.refusal(request) or answer(request)


@app.on_sqs_message(queue="diwan-inbound", name="inbound", batch_size=10)
def inbound(event: Any) -> dict[str, Any]:
    """Mail, SMS and reports about sendings."""
    from chalicelib.inbound import notifications

    return notifications.handle(event.to_dict())


@app.on_sqs_message(queue="diwan-jobs", name="jobs", batch_size=10)
def jobs(event: Any) -> dict[str, Any]:
    """What follows from events."""
    from chalicelib.inbound import jobs as queue

    return queue.handle(event.to_dict())


@app.on_sqs_message(queue="diwan-send", name="send", batch_size=1)
def send(event: Any) -> dict[str, Any]:
    """Deliveries to customers, at the rate the providers allow."""
    from chalicelib.inbound import jobs as queue

    return queue.handle(event.to_dict())


@app.on_sqs_message(queue="diwan-webhooks", name="webhooks", batch_size=1)
def webhooks(event: Any) -> dict[str, Any]:
    """Events to those outside who asked for them, at our own pace."""
    from chalicelib.inbound import jobs as queue

    return queue.handle(event.to_dict())


@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:::table/diwan/stream/set-by-the-template", name="dispatch")
def dispatch(event: Any) -> dict[str, Any]:
    """The dispatcher: the one reader of the table's stream."""
    from chalicelib.inbound import stream

    return stream.handle(event.to_dict())


@app.schedule(Rate(1, unit=Rate.MINUTES), name="minute")
def minute(event: Any) -> None:
    from chalicelib.inbound import schedules

    schedules.every_minute()


@app.schedule("cron(15 2 * * ? *)", name="night")
def night(event: Any) -> None:
    from chalicelib.inbound import schedules

    schedules.every_night()
