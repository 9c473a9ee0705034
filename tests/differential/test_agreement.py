"""The engine and the plain evaluator agree on random rulebooks over random streams."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.differential.agreement import find_difference
from tests.differential.engine import run_engine
from tests.differential.examples import examples, seeded_example
from tests.differential.inprocess import run_engine_here


@settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(example=examples())
def test_the_engine_gives_what_the_contract_says(example):
    assert find_difference(run_engine_here, example) is None


@pytest.mark.parametrize("number", range(10))
def test_the_engine_in_its_own_process_gives_the_same(number):
    assert find_difference(run_engine, seeded_example(7, number)) is None
