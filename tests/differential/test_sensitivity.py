"""The random examples are rich enough to notice small defects."""

import pytest

from tests.differential.agreement import run_engine_on, run_reference
from tests.differential.defects import DEFECTS, defective_engine
from tests.differential.examples import seeded_example
from tests.differential.mix import count_mix

EXAMPLES = 1000


@pytest.fixture(scope="module")
def answered():
    answered = []
    for number in range(EXAMPLES):
        example = seeded_example(1, number)
        answered.append((example, run_reference(example)))
    return answered


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.told)
def test_the_examples_notice_that(defect, answered, tmp_path):
    engine = defective_engine(defect, tmp_path)
    assert any(run_engine_on(engine, example) != expected for example, expected in answered)


def test_most_examples_find_something(answered):
    counts = sum((count_mix(*pair) for pair in answered[1:]), count_mix(*answered[0]))
    assert counts["examples with findings"] > 0.6 * EXAMPLES
    assert min(counts[status] for status in ("met", "cancelled", "broken", "open")) > 0.1 * EXAMPLES
