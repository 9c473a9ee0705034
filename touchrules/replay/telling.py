"""Tells what rules made of single touches, from what an engine decided about a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa

from touchrules.engines.outcome import STATUSES, Outcome, pick
from touchrules.engines.plan import Plan
from touchrules.engines.verdicts import Answer
from touchrules.language.vocabulary import Vocabulary, vocabulary_of
from touchrules.model.lookbacks import LookBackTest
from touchrules.model.rules import Rulebook
from touchrules.replay.columns import Columns
from touchrules.replay.messages import Reported, write_messages
from touchrules.replay.resting import Rest
from touchrules.replay.seen import SHOWN, Ending, RuleSeen, TouchSeen, check_tests, facts_asked
from touchrules.streams.stream import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """That a rule looked at a touch: whether it accepted it, and what its look backs came to there."""

    rule: str
    accepted: bool
    answers: Mapping[LookBackTest, Answer]


class Telling:
    """Tells of the touches of a stream, about which `outcome` holds what was decided.

    `rest`: returns what a look back rests on at a row, if that is wanted.
    """

    def __init__(
        self,
        plan: Plan,
        rulebooks: Sequence[Rulebook],
        columns: Columns,
        outcome: Outcome,
        rest: Callable[[LookBackTest, int], Rest] | None = None,
    ) -> None:
        self._planned = {planned.rule.id: planned for planned in plan.rules}
        self._rulebooks = rulebooks
        self._columns = columns
        self._outcome = outcome
        self._rest = rest
        self._words: dict[str, Vocabulary] = {}

    def touch(self, row: int, facts: Sequence[str], looks: Iterable[Looking]) -> TouchSeen:
        """Return a touch as it was seen. `facts`: those that stood before it."""
        stream = self._columns.stream
        one = Stream(table=stream.table.slice(row, 1), timezone=stream.timezone)
        held = list(looks)
        messages = self._messages(row, [look.rule for look in held])
        return TouchSeen(
            fields={name: one.column(name)[0] for name in SHOWN},
            zone=one.zones()[0],
            facts=tuple(facts),
            rules=tuple(self._rule(row, facts, look, messages.get(look.rule)) for look in held),
        )

    def _rule(
        self, row: int, facts: Sequence[str], look: Looking, words: tuple[str | None, str | None] | None
    ) -> RuleSeen:
        planned = self._planned[look.rule]
        book, rule = planned.rulebook, planned.rule
        if book.name not in self._words:
            self._words[book.name] = vocabulary_of(book, self._rulebooks)
        rest = None if self._rest is None else partial(self._rest_at, row)
        ending = self._ending(row, rule.id)
        broken = ending is not None and ending.status == "broken"
        return RuleSeen(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            found=look.accepted if planned.expect is None else broken,
            facts=facts_asked(planned, facts),
            tests=check_tests(planned, look.answers, facts, self._words[book.name], rest),
            ending=ending,
            message=words[0] if words else None,
            advice=words[1] if words else None,
        )

    def _rest_at(self, row: int, test: LookBackTest) -> Rest:
        return Rest(answer=None) if self._rest is None else self._rest(test, row)

    def _messages(self, row: int, rules: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
        """Return what findings of some rules at a touch say and advise; rules kept out say nothing."""
        found: dict[str, Reported] = {}
        for name in rules:
            planned, findings = self._planned[name], self._outcome.findings.get(name)
            if findings is None or not planned.rule.report:
                continue
            places = np.flatnonzero(findings.rows == row)
            if not len(places):
                continue
            some = pick(findings, places)
            found[name] = Reported(rule=planned.rule, rulebook=planned.rulebook, findings=some)
        told = write_messages(list(found.values()), self._columns)
        return {name: (_only(one.say), _only(one.advise)) for name, one in zip(found, told, strict=True)}

    def _ending(self, row: int, rule: str) -> Ending | None:
        expected = self._outcome.expectations.get(rule)
        if expected is None:
            return None
        places = np.flatnonzero(expected.rows == row)
        if not len(places):
            return None
        place = int(places[0])
        status, by = STATUSES[expected.status[place]], int(expected.settled_by[place])
        return Ending(
            after=int(expected.after[place]),
            by=int(expected.by[place]),
            status=status,
            settled_at=None if status == "open" else int(expected.settled_at[place]),
            touch=None if by < 0 else by,
            touch_id=None if by < 0 else str(self._columns.stream.table.column("touch_id")[by]),
        )


def _only(texts: str | pa.Array | None) -> str | None:
    return texts if texts is None or isinstance(texts, str) else str(texts[0])
