"""The tests of `where` as conditions on the token of a stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from touchrules.engines.columns import Layout, Touch
from touchrules.engines.durable.conditions import Condition, Every, Leaf, Some, negate
from touchrules.engines.durable.properties import (
    Accepts,
    AllTrue,
    AnswerTo,
    FactStands,
    HasAnswer,
    Instant,
    Passes,
    Properties,
    TokenProperty,
)
from touchrules.engines.durable.touchconditions import OPERATORS
from touchrules.engines.durable.wire import is_plain_number, plain_number
from touchrules.engines.plan import tracked
from touchrules.engines.verdicts import Answer
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import (
    AnyTest,
    FactHolds,
    Last,
    LookBackTest,
    Never,
    NotTest,
    Seen,
    Test,
    Threshold,
)


@dataclass(frozen=True, slots=True)
class StageView:
    """What a token tells: the answers of the look backs, the facts that stand, and the touch so far."""

    touch: Touch
    answers: list[Answer]
    holds: Callable[[str], bool]


class TokenConditions:
    """Makes conditions on tokens, and the properties that they read."""

    def __init__(self, layout: Layout, slots: Mapping[LookBackTest, int]) -> None:
        self._layout = layout
        self._slots = slots
        self.properties: Properties[TokenProperty] = Properties()

    def compile(self, test: Test) -> Condition:
        """Return the condition of a test."""
        match test:
            case FactHolds(fact=fact):
                return self.fact(fact)
            case AnyTest(tests=tests):
                return Some(tuple(self.compile(one) for one in tests))
            case NotTest(test=inner):
                return self._denied(inner)
            case Seen() | Last():
                return Leaf(self._answer(test), "==", 1)
            case Never():
                return Leaf(self._answer(test), "==", 0)
            case _:
                return Every(tuple(self._compared(test, one) for one in test.compare))

    def verdict(self, tests: Sequence[Test]) -> Condition:
        """Return the condition that tests are true, worked out before the token goes in.

        For tests that make more expressions than durable_rules holds in one condition.
        """
        tests = tuple(tests)
        name = f"verdict_{self._layout.number(tests)}"
        return Leaf(self.properties.add(name, AllTrue(tests=tests)), "==", 1)

    def fact(self, fact: str) -> Condition:
        """Return the condition that a fact stands."""
        name = f"fact_{self._layout.number(fact)}"
        return Leaf(self.properties.add(name, FactStands(fact=fact)), "==", 1)

    def effective(self, since: int | None, until: int | None) -> Condition:
        """Return the condition that a touch lies within the time in which a rule is effective."""
        edges = ((">=", since), ("<", until))
        at = [(operator, instant) for operator, instant in edges if instant is not None]
        return Every(tuple(Leaf(self._at(), operator, instant) for operator, instant in at))

    def _at(self) -> str:
        return self.properties.add("at", Instant())

    def found(self, tree: Filter) -> Condition:
        """Return the condition that a filter accepts the touch as it is known at this stage."""
        name = f"flag_{self._layout.number(tree)}"
        return Leaf(self.properties.add(name, Accepts(filter=tree)), "==", 1)

    def _denied(self, test: Test) -> Condition:
        match test:
            case AnyTest(tests=tests):
                return Every(tuple(self._denied(one) for one in tests))
            case NotTest(test=inner):
                return self.compile(inner)
            case FactHolds() | Seen() | Never() | Last():
                return negate(self.compile(test))
            case _:
                known = self.properties.add(f"known_{self._slot(test)}", HasAnswer(test=tracked(test)))
                return Some((Leaf(known, "==", 0), negate(self.compile(test))))

    def _answer(self, test: LookBackTest) -> str:
        return self.properties.add(f"answer_{self._slot(test)}", AnswerTo(test=tracked(test)))

    def _compared(self, test: LookBackTest, threshold: Threshold) -> Condition:
        if is_plain_number(threshold.value):
            return Leaf(self._answer(test), OPERATORS[threshold.how], plain_number(threshold.value))
        name = f"passes_{self._layout.number((test, threshold))}"
        return Leaf(self.properties.add(name, Passes(test=tracked(test), threshold=threshold)), "==", 1)

    def _slot(self, test: LookBackTest) -> int:
        return self._slots[tracked(test)]
