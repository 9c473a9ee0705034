"""The engine and the plain evaluator agree on random rulebooks over random streams."""

from hypothesis import HealthCheck, given, settings

from tests.differential.agreement import find_difference
from tests.differential.engine import run_engine
from tests.differential.examples import examples


@settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(example=examples())
def test_the_engine_gives_what_the_contract_says(example):
    assert find_difference(run_engine, example) is None
