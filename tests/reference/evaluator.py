"""The plain evaluator: rulebooks over a stream, touch by touch, as the contract reads."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from tests.reference.expectations import (
    Expectation,
    break_expectation,
    expectation_row,
    open_expectation,
    settle_by_touch,
)
from tests.reference.facts import (
    Fact,
    Memory,
    assert_fact,
    fact_holds,
    periods,
    retract_fact,
    touch_position,
)
from tests.reference.filters import View, accepts
from tests.reference.localtime import read_instant
from tests.reference.lookbacks import Past, holds, measure
from tests.reference.messages import message_and_advice
from tests.reference.parameters import fill_rulebook, read_parameters
from tests.reference.touches import Book, Touch, order_touches

Row = dict[str, Any]
Rule = Mapping[str, Any]


@dataclass(slots=True, kw_only=True, eq=False)
class Replay:
    """One replay on its way through the stream."""

    books: list[Book]
    facts: dict[str, Fact]
    rules: dict[str, tuple[Book, Rule]]
    touches: list[Touch]
    timezone: ZoneInfo
    as_of: int
    marks: dict[tuple[str, int], bool] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    expectations: list[Expectation] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sighting:
    """A touch that is reported, with the number behind it and the instant that dates the finding."""

    touch: Touch
    value: float | None
    at: int


def replay(
    rulebooks: Sequence[Mapping[str, Any]],
    touches: Sequence[Mapping[str, Any]],
    timezone: str = "UTC",
    as_of: int | None = None,
    settings: Mapping[str, Any] | None = None,
) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of findings, expectations and facts; instants are whole microseconds since 1970 UTC."""
    run = begin(rulebooks, touches, timezone, as_of, settings or {})
    for touch in run.touches:
        break_those_due(run, touch.at - 1)
        look_at(run, touch)
    break_those_due(run, run.as_of)
    opened = sorted(run.expectations, key=lambda one: (one.trigger.index, one.rule["id"]))
    return (
        sorted(run.findings, key=lambda row: (row["at"], row["touch_id"], row["rule"])),
        [expectation_row(expectation) for expectation in opened],
        periods(run.memory, run.facts, run.as_of),
    )


def begin(
    rulebooks: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: Mapping[str, Any],
) -> Replay:
    """A replay before its first touch."""
    books = [read_book(content, settings) for content in rulebooks]
    facts: dict[str, Fact] = {}
    for book in books:
        for name, content in book.content["facts"].items():
            facts.setdefault(name, Fact(name=name, book=book, content=content))
    touches = order_touches(rows, timezone, as_of)
    return Replay(
        books=books,
        facts=facts,
        rules={rule["id"]: (book, rule) for book in books for rule in book.content["rules"]},
        touches=touches,
        timezone=ZoneInfo(timezone),
        as_of=as_of if as_of is not None else (touches[-1].at if touches else 0),
    )


def read_book(content: Mapping[str, Any], settings: Mapping[str, Any]) -> Book:
    """A rulebook with its parameters filled in."""
    parameters = read_parameters(content, settings)
    return Book(
        name=content["rulebook"],
        parameters=parameters,
        content=fill_rulebook(content, parameters),
        read={},
    )


def view_of(run: Replay, book: Book) -> View:
    """What the filters of a rulebook may look at."""
    return View(book=book, is_found=lambda rule, touch: is_found(run, rule, touch))


def past_of(run: Replay, book: Book) -> Past:
    """What the tests in `where` of a rulebook may look at."""
    return Past(
        touches=run.touches,
        view=view_of(run, book),
        fact_holds=lambda name, touch: fact_holds(run.memory, run.facts[name], touch),
    )


def listed(names: str | list[str]) -> list[str]:
    """One name may stand without a list."""
    return names if isinstance(names, list) else [names]


def is_found(run: Replay, rule_id: str, touch: Touch) -> bool:
    """Whether the rule accepts the touch: worked out once, at that touch's turn."""
    if (rule_id, touch.index) not in run.marks:
        run.marks[rule_id, touch.index] = rule_accepts(run, *run.rules[rule_id], touch)
    return run.marks[rule_id, touch.index]


def rule_accepts(run: Replay, book: Book, rule: Rule, touch: Touch) -> bool:
    """Whether `when`, `given`, `unless` and `where` accept the touch."""
    past = past_of(run, book)
    return (
        rule.get("enabled", True)
        and is_effective(run, rule, touch)
        and accepts(past.view, book.content["applies_to"], touch)
        and accepts(past.view, rule["when"], touch)
        and all(past.fact_holds(name, touch) for name in listed(rule.get("given", [])))
        and not any(past.fact_holds(name, touch) for name in listed(rule.get("unless", [])))
        and all(holds(past, test, touch) for test in rule.get("where", []))
    )


def is_effective(run: Replay, rule: Rule, touch: Touch) -> bool:
    """Whether the rule is in force at the touch."""
    times = {name: read_instant(text, run.timezone) for name, text in rule.get("effective", {}).items()}
    return times.get("from", touch.at) <= touch.at and touch.at < times.get("until", touch.at + 1)


def look_at(run: Replay, touch: Touch) -> None:
    """Let every rule, expectation and fact look at the touch."""
    asserted = []
    for expectation in run.expectations:
        if expectation.status == "open":
            settle_by_touch(view_of(run, expectation.book), expectation, touch)
            if expectation.status == "met":
                asserted += [expectation.rule["met_asserts"]] if "met_asserts" in expectation.rule else []
    for rule_id, (book, rule) in run.rules.items():
        if is_found(run, rule_id, touch):
            asserted += take_up(run, book, rule, touch)
    for fact in run.facts.values():
        view = view_of(run, fact.book)
        if "until" in fact.content and accepts(view, fact.content["until"], touch):
            retract_fact(run.memory, fact, touch)
        if "from" in fact.content and accepts(view, fact.content["from"], touch):
            asserted.append(fact.name)
    for name in asserted:
        assert_fact(run.memory, run.facts[name], touch, touch_position(touch))


def take_up(run: Replay, book: Book, rule: Rule, touch: Touch) -> list[str]:
    """Report or expect what the rule says of a touch that it accepts; gives what that asserts."""
    tests = rule.get("where", [])
    value = measure(past_of(run, book), tests[0], touch) if tests else None
    if "expect" in rule:
        expectation = open_expectation(rule, book, touch, value)
        run.expectations += [expectation] if expectation else []
        return []
    report(run, book, rule, Sighting(touch=touch, value=value, at=touch.at))
    return [rule["asserts"]] if "asserts" in rule else []


def break_those_due(run: Replay, now: int) -> None:
    """Break the open expectations whose deadline is past, in order of time and then of their triggers."""
    due = [one for one in run.expectations if one.status == "open" and one.by <= now]
    for one in sorted(due, key=lambda one: (one.by, one.trigger.index)):
        break_expectation(one)
        report(run, one.book, one.rule, Sighting(touch=one.trigger, value=one.value, at=one.by))
        if "asserts" in one.rule:
            place = (one.by, 1, one.trigger.index)
            assert_fact(run.memory, run.facts[one.rule["asserts"]], one.trigger, place)


def report(run: Replay, book: Book, rule: Rule, seen: Sighting) -> None:
    """Write the finding down, unless the rule is kept out of them."""
    if not rule.get("report", True):
        return
    touch = seen.touch
    message, advice = message_and_advice(book, rule, touch, seen.value)
    path = f"{book.name}/{rule['id']}/{touch.touch_id}"
    run.findings.append(
        {
            "finding_id": hashlib.sha256(path.encode()).hexdigest()[:16],
            "rulebook": book.name,
            "rule": rule["id"],
            "severity": rule["severity"],
            "at": seen.at,
            "touch_id": touch.touch_id,
            "contact_id": touch.fields["contact_id"],
            "account_id": touch.fields.get("account_id"),
            "rep_id": touch.fields.get("rep_id"),
            "value": seen.value,
            "message": message,
            "advice": advice,
        }
    )
