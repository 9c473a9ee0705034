"""No rep of the demo has a habit by chance: what would make one in a row stays rare with each."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import datetime, timedelta

import pytest

from tests.streams.demo.exactness import RULEBOOKS
from touchrules.language.load import load_rulebooks
from touchrules.model.lookbacks import LookBack
from touchrules.model.rules import Rule
from touchrules.model.touches import KEYS
from touchrules.streams.demo.generate import generate
from touchrules.streams.demo.limits import LIMITS, UNLIMITED, AtMost
from touchrules.streams.demo.story import COLUMNS

Slips = dict[tuple[str, str], list[datetime]]

# What each rule about a habit counts, and within how many days.
COUNTED = {
    "dialling-for-the-count": ({"hung-up-with-nothing"}, 7),
    "groundhog-day-is-a-habit": ({"pitched-after-wrong-person", "same-pitch-again"}, 90),
    "neighbour-of-everybody": ({"fake-local-number", "number-unlike-the-office"}, 7),
    "rep-brings-no-value": ({"call-without-value"}, 30),
    "rep-lives-on-voicemail": ({"no-news-is-not-good-news"}, 30),
    "rep-opens-badly": ({"opens-with-a-disclaimer", "no-introduction", "apologises-for-calling"}, 30),
    "rep-works-the-wrong-list": ({"not-our-customer"}, 30),
    "talks-at-people": ({"talked-at-them"}, 14),
}


def is_about_a_habit(rule: Rule) -> bool:
    return any(isinstance(test, LookBack) and test.per == (KEYS["rep"],) for test in rule.where)


def test_every_rule_about_a_habit_has_a_limit_or_it_is_told_why_not() -> None:
    rules = [rule for book in load_rulebooks([RULEBOOKS]) for rule in book.rules if rule.report]
    assert {rule.id for rule in rules if is_about_a_habit(rule)} == LIMITS.keys() | UNLIMITED.keys()
    assert COUNTED.keys() == LIMITS.keys()


# With these seeds reps once got habits by chance.
@pytest.fixture(scope="module", params=[7, 10])
def slips(request: pytest.FixtureRequest) -> Slips:
    """When each rep who stays for the year breaks each rule."""
    year = generate(50_000, request.param)
    staying = {rep.id for rep in year.reps}
    touches = {row["touch_id"]: row for row in csv.DictReader(year.lines, COLUMNS)}
    times: Slips = defaultdict(list)
    for rule, planted in year.planted.items():
        for row in map(touches.__getitem__, planted):
            if row["rep_id"] in staying:
                times[rule, row["rep_id"]].append(datetime.fromisoformat(row["at"]))
    return times


@pytest.mark.parametrize("habit", LIMITS)
def test_no_rep_who_stays_slips_more_often_than_the_limit(slips: Slips, habit: str) -> None:
    counted, days = COUNTED[habit]
    most = LIMITS[habit].most
    for rep in {rep for _, rep in slips}:
        times = sorted({time for rule in counted for time in slips.get((rule, rep), ())})
        periods = zip(times, times[most:], strict=False)
        assert all(last - first >= timedelta(days=days) for first, last in periods)


@pytest.mark.parametrize("start", [5, 100, 200])
def test_one_more_than_the_limit_is_forbidden(start: int) -> None:
    for limit in LIMITS.values():
        done = list(range(start, start + limit.most))
        assert [limit.forbids(day, done[:count]) for count, day in enumerate(done)] == [False] * limit.most
        assert limit.forbids(start + limit.most, done)


def test_a_period_over_a_weekend_is_as_long_as_it_is() -> None:
    # A Thursday, and the Monday and Tuesday after it.
    thursday, monday, tuesday = 0, 2, 3
    assert all(AtMost(most=1, days=4).forbids(day, [thursday]) for day in (1, monday))
    assert not AtMost(most=1, days=4).forbids(tuesday, [thursday])
