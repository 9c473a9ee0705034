"""Puts what an engine decided about a touch into rows that people and programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from touchrules.engines.durable.clock import Settled
from touchrules.engines.durable.engine import Found, Results
from touchrules.engines.durable.facts import Period
from touchrules.engines.plan import Plan
from touchrules.model.rules import Rulebook
from touchrules.production.live.answers import ExpectationChange, FactChange, Finding, Told
from touchrules.production.live.messages import Types, compile_messages
from touchrules.production.live.touches import LiveTouch
from touchrules.replay.tables import finding_id

Lookup = Callable[[str], LiveTouch]
"""Returns a touch that was recorded, by its id."""


class Teller:
    """Tells what came out of a step; `lookup` finds the touches that it goes back to."""

    def __init__(self, rulebooks: Sequence[Rulebook], plan: Plan, types: Types, lookup: Lookup) -> None:
        self._rules = {rule.id: (book, rule) for book in rulebooks for rule in book.rules}
        self._messages = {rule.id: compile_messages(book, rule, types) for book, rule in self._rules.values()}
        self._per = {name: planned.fact.per for name, planned in plan.facts.items()}
        self._lookup = lookup

    def tell(self, results: Results, touches: Mapping[str, LiveTouch]) -> Told:
        """Return the rows; `touches` are those that may not be recorded yet, by their ids."""

        def touch(name: str) -> LiveTouch:
            return touches.get(name) or self._lookup(name)

        found = [self._finding(one, touch(one.touch)) for one in results.findings if self._reports(one)]
        expected = [self._expectation(one, touch(one.trigger)) for one in self._expectations(results)]
        return Told(
            findings=tuple(sorted(found, key=lambda one: (one.at, one.touch_id, one.rule))),
            facts=tuple(sorted(self._facts(results), key=_when)),
            expectations=tuple(sorted(expected, key=lambda one: (one.opened_at, one.touch_id, one.rule))),
        )

    def _reports(self, found: Found) -> bool:
        return self._rules[found.rule][1].report

    def _finding(self, found: Found, touch: LiveTouch) -> Finding:
        book, rule = self._rules[found.rule]
        messages = self._messages[rule.id]
        return Finding(
            finding_id=finding_id(book.name, rule.id, touch.id),
            rulebook=book.name,
            rule=rule.id,
            severity=rule.severity,
            at=found.at,
            touch_id=touch.id,
            **_people(touch),
            value=found.value,
            message=messages.say(touch, found.value),
            advice=messages.advise(touch, found.value),
        )

    def _expectations(self, results: Results) -> Iterator[Settled]:
        """Yield what was settled, and what was opened and is open still."""
        ended = {(one.rule, one.trigger) for one in results.settled}
        yield from results.settled
        yield from (one for one in results.opened if (one.rule, one.trigger) not in ended)

    def _expectation(self, one: Settled, touch: LiveTouch) -> ExpectationChange:
        return ExpectationChange(
            rulebook=self._rules[one.rule][0].name,
            rule=one.rule,
            touch_id=touch.id,
            **_people(touch),
            opened_at=one.opened_at,
            after=one.after,
            by=one.by,
            status=one.status,
            settled_at=one.settled_at,
            settled_by=one.settled_by,
        )

    def _facts(self, results: Results) -> Iterator[FactChange]:
        for one in results.periods:
            yield self._fact(one, "ended")
        for one in results.begun:
            yield self._fact(one, "began")

    def _fact(self, one: Period, change: Literal["began", "ended"]) -> FactChange:
        return FactChange(
            change=change,
            fact=one.fact,
            per=self._per[one.fact],
            key=one.key,
            since=one.since,
            until=one.until,
            touch_id=one.touch,
        )


def _when(one: FactChange) -> tuple[int, str, str, int, bool]:
    """Return by what changes of facts are put in their order: a period begins before it ends."""
    at = one.since if one.change == "began" or one.until is None else one.until
    return at, one.fact, one.key, one.since, one.change == "ended"


def _people(touch: LiveTouch) -> dict[str, Any]:
    return {name: touch.fields.get(name) for name in ("contact_id", "account_id", "rep_id")}
