"""The engines and the plain evaluator agree on random rulebooks over random streams."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings

from tests.differential.agreement import find_difference
from tests.differential.engine import run_columnar, run_columnar_compiled, run_engine, run_parts
from tests.differential.examples import examples, seeded_example
from tests.differential.inprocess import run_engine_here
from tests.differential.live import ALL_TIME, run_live


@settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(example=examples())
def test_the_engines_give_what_the_contract_says(example):
    assert find_difference(run_engine_here, example) is None
    assert find_difference(run_columnar, example) is None


@pytest.mark.parametrize("number", range(60))
def test_loops_that_are_compiled_give_the_same(number):
    assert find_difference(run_columnar_compiled, seeded_example(8, number)) is None


@pytest.mark.parametrize("number", range(10))
def test_the_engine_in_its_own_process_gives_the_same(number):
    assert find_difference(run_engine, seeded_example(7, number)) is None


@pytest.mark.parametrize("number", range(60))
def test_a_stream_decided_in_parts_gives_the_same(number):
    assert find_difference(run_parts, seeded_example(9, number)) is None


@pytest.mark.parametrize("number", range(40))
def test_touches_that_come_one_by_one_in_several_sittings_give_the_same(number):
    assert find_difference(partial(run_live, seed=number), seeded_example(10, number)) is None


@pytest.mark.parametrize("number", range(40))
def test_touches_that_come_in_any_order_give_the_same(number):
    live = partial(run_live, seed=number, lateness=ALL_TIME)
    assert find_difference(live, seeded_example(11, number)) is None


@pytest.mark.parametrize("number", [37, 492, 577, 582, 710])
def test_facts_at_the_very_end_of_a_stream_are_those_of_a_replay(number):
    assert find_difference(partial(run_live, seed=number), seeded_example(31, number)) is None
