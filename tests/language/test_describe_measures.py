"""What a look back came to, told beside what a rule looks for."""

from __future__ import annotations

import pytest

from touchrules.language.describe_measures import say_answer, say_wanted
from touchrules.model.filters import EVERY_TOUCH, Comparison
from touchrules.model.lookbacks import Average, Count, Gap, LookBackTest, Share, Sum, Threshold


def compare(how: Comparison, value: float) -> tuple[Threshold, ...]:
    return (Threshold(how=how, value=value),)


@pytest.mark.parametrize(
    ("test", "answer", "told"),
    [
        (Average(field="local_hour", of=EVERY_TOUCH, compare=compare("more_than", 8.5)), 9.75, "09:45"),
        (Average(field="local_hour", of=EVERY_TOUCH, compare=compare("more_than", 8.5)), 9.0, "09:00"),
        (
            Sum(field="duration_s", of=EVERY_TOUCH, compare=compare("at_least", 600)),
            5400.0,
            "1 hour 30 minutes",
        ),
        (
            Average(field="duration_s", of=EVERY_TOUCH, compare=compare("at_least", 60)),
            190 / 3,
            "1 minute 3 seconds",
        ),
        (Average(field="step", of=EVERY_TOUCH, compare=compare("at_least", 2)), 7 / 3, "2.33"),
        (Sum(field="amount", of=EVERY_TOUCH, compare=compare("at_least", 2)), 1234567.0, "1,234,567"),
        (Count(of=EVERY_TOUCH, compare=compare("more_than", 3)), 1200.0, "1,200"),
        (Share(share=EVERY_TOUCH, of=EVERY_TOUCH, compare=compare("at_least", 0.6)), 2 / 3, "66.67%"),
        (Gap(of=EVERY_TOUCH, compare=compare("at_least", 90)), 5400.25, "1 hour 30 minutes"),
    ],
)
def test_a_number_is_told_as_what_it_is_compared_with(test: LookBackTest, answer: float, told: str) -> None:
    assert say_answer(test, answer) == told


@pytest.mark.parametrize(
    ("test", "answer", "told", "wanted"),
    [
        (
            Share(share=EVERY_TOUCH, of=EVERY_TOUCH, compare=compare("at_least", 0.6)),
            0.599999,
            "59.9999%",
            "at least 60%",
        ),
        (
            Average(field="step", of=EVERY_TOUCH, compare=compare("at_least", 3)),
            2.9961,
            "2.996",
            "at least 3",
        ),
        (Gap(of=EVERY_TOUCH, compare=compare("less_than", 60)), 59.75, "59.8 seconds", "less than 1 minute"),
        (
            Gap(of=EVERY_TOUCH, compare=compare("more_than", 60)),
            60.25,
            "1 minute 0.2 seconds",
            "more than 1 minute",
        ),
    ],
)
def test_rounding_takes_no_number_over_its_threshold(
    test: LookBackTest, answer: float, told: str, wanted: str
) -> None:
    assert (say_answer(test, answer), say_wanted(test)) == (told, wanted)
