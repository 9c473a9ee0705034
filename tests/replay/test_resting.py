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
