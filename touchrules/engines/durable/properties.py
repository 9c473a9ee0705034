"""What each property of a message is made of, told as data and read by the engine that writes it.

A host in another language makes the same messages from the same data (see `production/HOSTS.md`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, assert_never

from touchrules.engines.columns import AT, Layout, Touch
from touchrules.engines.durable.conditions import Constant
from touchrules.engines.durable.wire import ABSENT, plain_number, write_value
from touchrules.engines.plan import tracked
from touchrules.engines.predicates import COMPARE, compile_filter
from touchrules.engines.verdicts import Answer, is_true
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import LookBackTest, Test, Threshold

if TYPE_CHECKING:
    from touchrules.engines.durable.tokenconditions import StageView

Encode = Callable[[Any], Constant | None]
"""From what a message is about to the value of one property; None leaves the property out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """A text field, where it is one of these words; any other text, and none, is `ABSENT`."""

    field: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField:
    """A number field; left out where it is missing."""

    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IsPresent:
    """1 where a field is present, else 0."""

    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepts:
    """1 where a filter accepts the touch, else 0; on a token the filter may hold `found`."""

    filter: Filter


@dataclass(frozen=True, slots=True)
class Instant:
    """The touch's `at`, in microseconds since 1970 in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactStands:
    """1 where a fact stands before the touch, else 0."""

    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTo:
    """What a look back comes to: a number, or 1 and 0 for yes and no; left out where it has no answer."""

    test: LookBackTest


@dataclass(frozen=True, slots=True, kw_only=True)
class HasAnswer:
    """1 where a look back has an answer, else 0."""

    test: LookBackTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """1 where what a look back comes to passes a compare, else 0; left out where it has no answer."""

    test: LookBackTest
    threshold: Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTrue:
    """1 where tests of `where` are all true, else 0."""

    tests: tuple[Test, ...]


TouchProperty = KnownText | NumberField | IsPresent | Accepts
TokenProperty = Instant | FactStands | AnswerTo | HasAnswer | Passes | AllTrue | Accepts
Property = TouchProperty | TokenProperty

ON: Final = 1
OFF: Final = 0

Kind = TypeVar("Kind", bound=Property)


class Properties(Generic[Kind]):
    """The properties of one kind of message; each is told once, however many rules read it."""

    def __init__(self) -> None:
        self._made_of: dict[str, Kind] = {}

    def add(self, name: str, made_of: Kind) -> str:
        """Add a property unless it is there, and return its name; the words of a text come together."""
        before = self._made_of.get(name)
        if isinstance(before, KnownText) and isinstance(made_of, KnownText):
            self._made_of[name] = KnownText(  # type: ignore[assignment]  # of the same kind as before
                field=made_of.field, words=before.words | made_of.words
            )
        elif before is None:
            self._made_of[name] = made_of
        return name

    def select(self, names: Sequence[str]) -> dict[str, Kind]:
        """Return what these properties are made of, sorted by name."""
        return {name: self._made_of[name] for name in sorted(names)}


def compile_touch(properties: Mapping[str, TouchProperty], layout: Layout) -> Callable[[Touch], str]:
    """Return a function that writes these properties of a touch, each with a comma before it."""
    return _compile({name: _of_touch(made_of, layout) for name, made_of in properties.items()})


def compile_token(
    properties: Mapping[str, TokenProperty], layout: Layout, slots: Mapping[LookBackTest, int]
) -> Callable[[StageView], str]:
    """Return a function that writes these properties of a stage's token, each with a comma before it."""
    return _compile({name: _of_token(made_of, layout, slots) for name, made_of in properties.items()})


def _compile(encoders: Mapping[str, Encode]) -> Callable[[Any], str]:
    parts = [(f",{json.dumps(name)}:", encode) for name, encode in encoders.items()]

    def write(subject: Any) -> str:
        text = []
        for name, encode in parts:
            value = encode(subject)
            if value is not None:
                text.append(name)
                text.append(write_value(value))
        return "".join(text)

    return write


def _of_touch(made_of: TouchProperty, layout: Layout) -> Encode:
    match made_of:
        case Accepts(filter=tree):
            accepts = compile_filter(tree, layout)
            return lambda touch: ON if accepts(touch) else OFF
        case KnownText(field=field, words=words):
            return _known_text(layout.position(field), words)
        case NumberField(field=field):
            return _number(layout.position(field))
        case IsPresent(field=field):
            position = layout.position(field)
            return lambda touch: OFF if touch[position] is None else ON
        case _:
            assert_never(made_of)


def _known_text(position: int, words: frozenset[str]) -> Encode:
    def encode(touch: Touch) -> str:
        value: str | None = touch[position]
        return value if value in words else ABSENT

    return encode


def _number(position: int) -> Encode:
    def encode(touch: Touch) -> int | float | None:
        value: float | None = touch[position]
        return None if value is None else plain_number(value)

    return encode


def _of_token(made_of: TokenProperty, layout: Layout, slots: Mapping[LookBackTest, int]) -> Encode:
    match made_of:
        case Instant():
            return _instant
        case FactStands(fact=fact):
            return lambda view: ON if view.holds(fact) else OFF
        case Accepts(filter=tree):
            accepts = compile_filter(tree, layout)
            return lambda view: ON if accepts(view.touch) else OFF
        case AllTrue(tests=tests):
            return _all_true(tests, slots)
        case AnswerTo(test=test) | HasAnswer(test=test) | Passes(test=test):
            return _of_answer(made_of, slots[tracked(test)])
        case _:
            assert_never(made_of)


def _instant(view: StageView) -> int:
    at: int = view.touch[AT]
    return at


def _of_answer(made_of: AnswerTo | HasAnswer | Passes, slot: int) -> Encode:
    match made_of:
        case AnswerTo():
            return lambda view: _write_answer(view.answers[slot])
        case HasAnswer():
            return lambda view: OFF if view.answers[slot] is None else ON
        case Passes(threshold=threshold):
            return _passes(slot, threshold)
        case _:
            assert_never(made_of)


def _write_answer(answer: Answer) -> int | float | None:
    return None if answer is None else plain_number(float(answer))


def _passes(slot: int, threshold: Threshold) -> Encode:
    compare = COMPARE[threshold.how]

    def encode(view: StageView) -> int | None:
        answer = view.answers[slot]
        return None if answer is None else int(compare(answer, threshold.value))

    return encode


def _all_true(tests: tuple[Test, ...], slots: Mapping[LookBackTest, int]) -> Encode:
    def encode(view: StageView) -> int:
        def answer(test: LookBackTest) -> Answer:
            return view.answers[slots[tracked(test)]]

        return int(all(is_true(test, answer, view.holds) for test in tests))

    return encode
