"""Each test of `where` becomes the look back that language.md gives it."""

from __future__ import annotations

import pytest

from tests.language.snippets import look_back
from touchrules.model.durations import DAY, HOUR
from touchrules.model.filters import EVERY_TOUCH, IsOneOf, Text
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Between,
    Count,
    Distinct,
    FactHolds,
    Gap,
    InSame,
    Key,
    Last,
    Never,
    NotTest,
    Period,
    Seen,
    Share,
    Sum,
    Test,
    Threshold,
    Window,
    Within,
)

CALL = IsOneOf(field="kind", values=(Text("call"),))
THREE = (Threshold(how="at_least", value=3.0),)
TESTS: list[tuple[str, Test]] = [
    ("{count: {kind: call}, at_least: 3}", Count(of=CALL, compare=THREE)),
    ("{distinct: rep_id, of: {}, at_least: 3}", Distinct(field="rep_id", of=EVERY_TOUCH, compare=THREE)),
    ("{sum: duration_s, of: {kind: call}, at_least: 3}", Sum(field="duration_s", of=CALL, compare=THREE)),
    (
        "{average: duration_s, of: {}, at_least: 3}",
        Average(field="duration_s", of=EVERY_TOUCH, compare=THREE),
    ),
    ("{share: {kind: call}, of: {}, at_least: 3}", Share(share=CALL, of=EVERY_TOUCH, compare=THREE)),
    (
        "{share: {kind: call}, of: {}, out_of: 5, at_least: 3}",
        Share(share=CALL, of=EVERY_TOUCH, compare=THREE, out_of=5),
    ),
    ("{seen: {kind: call}}", Seen(of=CALL)),
    ("{never: {}}", Never(of=EVERY_TOUCH)),
    ("{last: {kind: call}}", Last(of=CALL)),
    ("{gap: {kind: call}, at_least: 3}", Gap(of=CALL, compare=THREE)),
    ("{fact: known}", FactHolds(fact="known")),
    ("{any: []}", AnyTest(tests=())),
    ("{any: [{fact: known}, {seen: {}}]}", AnyTest(tests=(FactHolds(fact="known"), Seen(of=EVERY_TOUCH)))),
    ("{not: {not: {fact: known}}}", NotTest(test=NotTest(test=FactHolds(fact="known")))),
]


@pytest.mark.parametrize(("text", "expected"), TESTS, ids=[text for text, _test in TESTS])
def test_a_test_is_read_as_its_look_back(text: str, expected: Test) -> None:
    assert look_back(text) == expected


def test_every_compare_may_stand_and_durations_are_their_seconds() -> None:
    found = look_back("{gap: {}, exactly: 1d, at_most: 5, less_than: 1m, at_least: 0.5, more_than: -1}")
    assert isinstance(found, Gap)
    assert {threshold.how: threshold.value for threshold in found.compare} == {
        "exactly": 86_400.0,
        "at_most": 5.0,
        "less_than": 60.0,
        "at_least": 0.5,
        "more_than": -1.0,
    }


WINDOWS: list[tuple[str, Window]] = [
    ("within: 7d", Window(span=Within(duration=7 * DAY))),
    ("between: [12h, 2w]", Window(span=Between(nearest=12 * HOUR, farthest=14 * DAY))),
    ("between: [0s, 1d]", Window(span=Between(nearest=0, farthest=DAY))),
    ("since_last: {kind: call}", Window(since_last=CALL)),
    ("newest: 5", Window(newest=5)),
    ("newest: 5.0", Window(newest=5)),
    (
        "within: 1h, since_last: {}, newest: 1",
        Window(span=Within(duration=HOUR), since_last=EVERY_TOUCH, newest=1),
    ),
]


@pytest.mark.parametrize(("text", "window"), WINDOWS, ids=[text for text, _window in WINDOWS])
def test_a_window_is_read_as_written(text: str, window: Window) -> None:
    assert look_back(f"{{count: {{}}, at_least: 3, {text}}}") == Count(
        of=EVERY_TOUCH, compare=THREE, window=window
    )


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter"])
def test_a_calendar_period_is_a_window(period: Period) -> None:
    assert look_back(f"{{seen: {{}}, in_same: {period}}}") == Seen(
        of=EVERY_TOUCH, window=Window(span=InSame(period=period))
    )


PERS: list[tuple[str, Key]] = [
    ("contact", ("contact_id",)),
    ("account", ("account_id",)),
    ("rep", ("rep_id",)),
    ("[campaign]", ("campaign",)),
    ("[rep_id, local_date]", ("rep_id", "local_date")),
]


@pytest.mark.parametrize(("text", "key"), PERS)
def test_per_names_the_fields_of_the_key(text: str, key: Key) -> None:
    assert look_back(f"{{seen: {{}}, per: {text}}}") == Seen(of=EVERY_TOUCH, per=key)
