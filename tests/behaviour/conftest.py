"""Runs the tests of this folder on every engine."""

from collections.abc import Iterator

import pytest

from tests.behaviour.cases import Engines


@pytest.fixture(autouse=True, params=Engines.names)
def _engine(request: pytest.FixtureRequest) -> Iterator[None]:
    Engines.chosen = request.param
    yield
    Engines.chosen = "plain"
