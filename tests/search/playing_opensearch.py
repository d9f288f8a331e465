"""Lets the product find tickets in OpenSearch, as the double plays it."""

import contextlib
import os
import threading
from collections.abc import Iterator

import pytest

from chalicelib import aws
from chalicelib.search import tickets_opensearch
from tests.search.opensearch_double import OpenSearch


@contextlib.contextmanager
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenSearch]:
    """An empty OpenSearch, which the one setting names; nobody waits for it longer than must be."""
    if aws.session().get_credentials().access_key != os.environ["AWS_ACCESS_KEY_ID"]:
        aws.forget_clients()  # it keeps the credentials of the first test
    with OpenSearch() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        monkeypatch.setenv("DIWAN_TICKET_SEARCH", server.url)
        monkeypatch.setattr(tickets_opensearch, "PAUSES", (0, 0, 0))
        yield server
        server.shutdown()
        thread.join()
