"""The comparison itself: what counts as a difference, and how an example is made smaller."""

import json

import pytest

from tests.differential.__main__ import shrink
from tests.differential.agreement import compare_tables, find_difference, write_example
from tests.differential.defects import DEFECTS, defective_engine
from tests.differential.examples import seeded_example, write_rulebook
from tests.reference.evaluator import replay

FACT = {"fact": "met", "per": "contact", "key": "c1", "since": 1, "until": None, "touch_id": "t1"}


def test_equal_rows_are_no_difference():
    assert compare_tables("facts", [FACT], [dict(FACT)]) is None


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([FACT | {"since": 1.0}], "column since"),
        ([FACT | {"until": 1}], "column until"),
        ([], "only the contract has row 1"),
        ([FACT, FACT], "only the engine has row 2"),
        ([FACT | {"more": 1}], "have the columns"),
    ],
)
def test_a_difference_is_told(rows, told):
    assert told in compare_tables("facts", [FACT], rows)


def test_an_engine_that_raises_differs():
    def raise_always(*_):
        raise ValueError("no")

    assert find_difference(raise_always, seeded_example(1, 0)) == "the engine raised ValueError: no"


def test_an_example_is_the_same_whenever_its_seed_is():
    assert seeded_example(3, 5) == seeded_example(3, 5)


def test_a_rulebook_written_as_json_reads_back():
    rulebooks = [book for number in range(30) for book in seeded_example(1, number).rulebooks]
    assert [json.loads(write_rulebook(book)) for book in rulebooks] == rulebooks


def test_a_difference_is_shrunk_to_a_small_example(tmp_path):
    late = next(defect for defect in DEFECTS if defect.told == "within keeps its edge")
    engine = defective_engine(late, tmp_path)
    numbers = (n for n in range(500) if find_difference(engine, seeded_example(1, n)))
    small = shrink(engine, seeded_example(1, next(numbers)))
    assert find_difference(engine, small)
    assert len(small.touches) <= 3
    assert [len(book["rules"]) for book in small.rulebooks] == [1]


def test_an_example_is_written_so_that_it_runs():
    example = seeded_example(1, 1)
    names: dict = {}
    exec(write_example(example), names)
    again = replay(names["rulebooks"], names["touches"], names["timezone"], names["as_of"], names["settings"])
    first = replay(example.rulebooks, example.touches, example.timezone, example.as_of, example.settings)
    assert again == first
