"""One product for all journeys, ended after them: each uses people of its own, so that none sees another's."""

from collections.abc import Iterator

import pytest

from tests.journeys.product import Product, running


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("world") / "data") as started:
        yield started
