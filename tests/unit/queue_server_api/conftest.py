"""One served hall for the tests of a module; what they write stays apart by window and kiosk."""

from collections.abc import Iterator

import pytest

from tests.support.served_hall import ServedHall, served


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("hall"), voice=True) as running:
        yield running
