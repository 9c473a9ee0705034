"""The random examples are rich enough to notice small defects."""

from functools import lru_cache

import pytest

from tests.differential.agreement import Tables, run_engine_on, run_reference
from tests.differential.defects import DEFECTS, defective_engine
from tests.differential.examples import Example, seeded_example
from tests.differential.mix import count_mix

ENOUGH = 4000
SOME = 300


@lru_cache(maxsize=ENOUGH)
def answered(number: int) -> tuple[Example, Tables]:
    example = seeded_example(1, number)
    return example, run_reference(example)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.told)
def test_the_examples_notice_that(defect, tmp_path):
    engine = defective_engine(defect, tmp_path)
    pairs = map(answered, range(ENOUGH))
    assert any(run_engine_on(engine, example) != expected for example, expected in pairs)


def test_most_examples_find_something():
    counts = sum((count_mix(*answered(number)) for number in range(1, SOME)), count_mix(*answered(0)))
    assert counts["examples with findings"] > 0.6 * SOME
    assert min(counts[status] for status in ("met", "cancelled", "broken", "open")) > 0.1 * SOME
