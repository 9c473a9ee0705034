"""What a look back rests on: the very touches that the contract counts or looks back at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from tests.differential.engine import touch_table
from tests.differential.examples import Example, seeded_example, write_rulebook
from tests.reference.evaluator import Replay, begin, break_those_due, is_found, look_at, past_of
from tests.reference.lookbacks import accepts, counted, holds, last_earlier, measure
from tests.reference.touches import Book, Touch
from tests.replay.findings import DAY, START, stream_of
from touchrules.engines.plan import Plan, make_plan, tracked
from touchrules.language.load import parse_rulebooks
from touchrules.language.walk import walk_tests
from touchrules.model.lookbacks import LookBackTest
from touchrules.model.rules import Rulebook
from touchrules.replay.neighbourhood import Neighbourhoods
from touchrules.replay.resting import Past, Rest
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

LOOK_BACKS = ("count", "distinct", "sum", "average", "share", "seen", "never", "last", "gap")


def walk(tests: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Tests as they are written, and those inside them."""
    for test in tests:
        if "any" in test:
            yield from walk(test["any"])
        elif "not" in test:
            yield from walk([test["not"]])
        elif "fact" not in test:
            yield test


def expected(run: Replay, book: Book, test: Mapping[str, Any], touch: Touch) -> Rest:
    """What the contract says that a look back rests on."""
    past = past_of(run, book)
    sort = next(one for one in LOOK_BACKS if one in test)
    if sort in {"seen", "never", "last", "gap"}:
        latest = last_earlier(past, test, touch, test[sort])
        rows = () if latest is None else (latest.index,)
        if sort == "gap":
            return Rest(answer=measure(past, test, touch), rows=rows)
        return Rest(answer=holds(past, test, touch) is not (sort == "never"), rows=rows)
    kept = counted(past, test, touch, test["count"] if sort == "count" else test["of"])
    among = [one.index for one in kept if sort == "share" and accepts(past.view, test["share"], one)]
    return Rest(answer=measure(past, test, touch), rows=tuple(one.index for one in kept), among=tuple(among))


def read_example(example: Example) -> tuple[tuple[Rulebook, ...], Stream]:
    """The rulebooks and the touches of an example, as the engines get them."""
    texts = {f"{one['rulebook']}.rulebook.yaml": write_rulebook(one) for one in example.rulebooks}
    books = parse_rulebooks(texts, example.settings)
    declared = {name: field.type for book in books for name, field in book.fields.items()}
    table = touch_table(example.touches)
    stream = read_touches(table, timezone=example.timezone, declared=declared).stream
    return books, stream if example.as_of is None else stream.until(example.as_of)


def replayed(example: Example) -> Replay:
    """An example, decided by the plain evaluator."""
    run = begin(example.rulebooks, example.touches, example.timezone, example.as_of, example.settings)
    for touch in run.touches:
        break_those_due(run, touch.at - 1)
        look_at(run, touch)
    return run


def past_by(plan: Plan, stream: Any, run: Replay) -> Past:
    """The past as it is when rules found what the plain evaluator says."""
    found = {
        rule: np.array([touch.index for touch in run.touches if is_found(run, rule, touch)], np.int64)
        for rule in run.rules
    }
    return Past(plan, stream, Neighbourhoods(plan, stream), found.__getitem__)


@pytest.mark.parametrize("number", range(80))
def test_random_look_backs_rest_on_what_the_contract_counts(number: int) -> None:
    example = seeded_example(21, number)
    books, stream = read_example(example)
    run = replayed(example)
    if not run.touches:
        return
    plan = make_plan(books, stream.types, stream.timezone)
    past = past_by(plan, stream, run)
    for planned in plan.rules:
        book, rule = run.rules[planned.rule.id]
        bound = [one for one in walk_tests(planned.where) if isinstance(one, LookBackTest)]
        for test, written in zip(bound, walk(rule.get("where", [])), strict=True):
            for touch in run.touches:
                told = past.rest(tracked(test), touch.index)
                assert told == expected(run, book, written, touch), written


CALLS = (("c1", "a1", 10, "won"), ("c1", "a1", 20, None), ("c2", "a1", 30, "won"), ("c1", "a1", 40, "lost"))
"""Four calls, a day after the other: contact, account, duration, stage."""


@pytest.mark.parametrize(
    ("test", "rest"),
    [
        ("{count: {kind: call}, more_than: 1}", Rest(answer=3.0, rows=(0, 1, 3))),
        ("{count: {kind: call}, within: 2d, more_than: 1}", Rest(answer=1.0, rows=(3,))),
        ("{count: {kind: call}, between: [1d, 3d], more_than: 1}", Rest(answer=1.0, rows=(1,))),
        ("{count: {kind: call}, in_same: month, more_than: 1}", Rest(answer=3.0, rows=(0, 1, 3))),
        ("{count: {kind: call}, since_last: {stage: won}, more_than: 1}", Rest(answer=2.0, rows=(1, 3))),
        ("{count: {kind: call}, per: account, newest: 2, more_than: 1}", Rest(answer=2.0, rows=(2, 3))),
        ("{count: {kind: call}, per: [topic], more_than: 1}", Rest(answer=0.0)),
        ("{distinct: stage, of: {kind: call}, more_than: 1}", Rest(answer=2.0, rows=(0, 1, 3))),
        ("{sum: duration_s, of: {kind: call}, more_than: 1}", Rest(answer=70.0, rows=(0, 1, 3))),
        ("{average: duration_s, of: {kind: call}, newest: 2, more_than: 1}", Rest(answer=30.0, rows=(1, 3))),
        (
            "{share: {stage: won}, of: {kind: call}, per: account, more_than: 0.1}",
            Rest(answer=0.5, rows=(0, 1, 2, 3), among=(0, 2)),
        ),
        (
            "{share: {stage: won}, of: {kind: call}, out_of: 5, more_than: 0.1}",
            Rest(answer=None, rows=(0, 1, 3), among=(0,)),
        ),
        ("{seen: {stage: won}}", Rest(answer=True, rows=(0,))),
        ("{seen: {stage: lost}}", Rest(answer=False)),
        ("{never: {stage: won}, per: account}", Rest(answer=True, rows=(2,))),
        ("{last: {kind: call}, per: account, has: {stage: won}}", Rest(answer=True, rows=(2,))),
        ("{last: {kind: call}, has: {stage: won}}", Rest(answer=False, rows=(1,))),
        ("{gap: {stage: won}, per: account, more_than: 1}", Rest(answer=86_400.0, rows=(2,))),
        ("{gap: {stage: lost}, more_than: 1}", Rest(answer=None)),
        ("{seen: {found: first}}", Rest(answer=True, rows=(0,))),
    ],
)
def test_each_look_back_rests_on_the_touches_that_it_counts_or_looks_back_at(test: str, rest: Rest) -> None:
    first = "{id: first, title: F, severity: low, when: {kind: call}, where: [{never: {kind: call}}]}"
    rule = f"{{id: r, title: T, severity: low, when: {{kind: call}}, where: [{test}]}}"
    text = f"rulebook: b\nlanguage: 1\nrules:\n  - {first}\n  - {rule}\n"
    touches: list[dict[str, Any]] = [
        {"touch_id": f"t{day}", "at": START + day * DAY, "contact_id": contact, "account_id": account}
        | {"kind": "call", "duration_s": float(seconds), "stage": stage, "topic": None}
        for day, (contact, account, seconds, stage) in enumerate(CALLS)
    ]
    stream = stream_of(touches)
    plan = make_plan(parse_rulebooks({"b.rulebook.yaml": text}), stream.types)
    past = Past(plan, stream, Neighbourhoods(plan, stream), {"first": np.array([0, 2])}.__getitem__)
    (bound,) = next(planned.where for planned in plan.rules if planned.rule.id == "r")
    assert isinstance(bound, LookBackTest)
    assert past.rest(tracked(bound), 3) == rest


def test_random_examples_hold_every_look_back() -> None:
    sorts = {
        next(name for name in LOOK_BACKS if name in test)
        for number in range(80)
        for book in seeded_example(21, number).rulebooks
        for rule in book["rules"]
        for test in walk(rule.get("where", []))
    }
    assert sorts == set(LOOK_BACKS)
