"""Decides some contacts' touches anew with the durable engine, and compares what a replay made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from random import Random
from typing import Any, Final

import numpy as np
import pyarrow as pa

from touchrules.engines.outcome import Outcome
from touchrules.engines.plan import Plan
from touchrules.engines.split import narrow_plan
from touchrules.model.lookbacks import Key
from touchrules.replay.columns import Columns
from touchrules.replay.compare import Compared, Difference, compare_outcomes
from touchrules.replay.neighbourhood import Neighbourhoods, Part, Rows, rows_of_contacts
from touchrules.replay.run import Decision, Progress, decide
from touchrules.streams.stream import Stream

_FEW: Final = 2_000
"""Parts that need so few touches are decided together, whatever each of them needs."""
_ALIKE: Final = 4
"""Beyond that, parts are decided together if all their touches are at most so many times those of one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What to verify: how many `contacts`, drawn by a `seed`.

    `most`: so many touches are decided anew for one rule; where it takes more, for fewer contacts or none.
    """

    contacts: int
    seed: int = 1
    most: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unverified:
    """A rule or a fact that was verified for fewer contacts than were drawn, or for none.

    `keys`: by which it, or what it builds on, looks at other touches.
    """

    name: str
    is_fact: bool
    contacts: int
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was verified, and what differs.

    `contacts`: those drawn, of `of_contacts`; `touches`: theirs. `rules` and `facts`: how many were verified
    for all of them; `unverified`: the others, for which more than `most` touches would have had to be
    decided anew. `replayed`: how many touches of the stream the durable engine looked at.
    """

    seed: int
    contacts: tuple[str, ...]
    of_contacts: int
    touches: int
    rules: int
    facts: int
    unverified: tuple[Unverified, ...]
    most: int
    replayed: int
    compared: Compared

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the engines do not agree on."""
        return self.compared.differences

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "seed": self.seed,
            "contacts": list(self.contacts),
            "of_contacts": self.of_contacts,
            "touches": self.touches,
            "touches_replayed": self.replayed,
            "rules_verified": self.rules,
            "facts_verified": self.facts,
            "most_touches": self.most,
            "not_for_all_contacts": [
                {
                    "sort": "fact" if one.is_fact else "rule",
                    "name": one.name,
                    "contacts": one.contacts,
                    "keys": [list(key) for key in one.keys],
                }
                for one in self.unverified
            ],
            "findings": self.compared.findings,
            "expectations": self.compared.expectations,
            "periods": self.compared.periods,
            "differences": [one.as_json() for one in self.differences],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A rule or a fact to verify `at` the touches of the first `contacts` drawn, by the touches `needs`."""

    part: Part
    contacts: int
    at: Rows
    needs: Rows


@dataclass(slots=True)
class _Run:
    """Tasks that are decided together, from the touches that any of them needs."""

    needs: Rows
    tasks: list[_Task] = field(default_factory=list)

    def takes(self, task: _Task, most: int) -> bool:
        """Return whether a task, which needs no fewer touches than those here, fits in."""
        if not self.tasks:
            return True
        size = len(np.union1d(self.needs, task.needs))
        return size <= most and size <= max(_FEW, _ALIKE * len(self.tasks[0].needs))

    def take(self, task: _Task) -> None:
        """Take a task in."""
        self.needs = np.union1d(self.needs, task.needs)
        self.tasks.append(task)


def verify_replay(
    decision: Decision,
    sample: Sample,
    *,
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Verification:
    """Decide all touches of some contacts, drawn at random, with the durable engine, and compare.

    For each rule and each fact only those touches are replayed that can matter for it at these contacts'
    touches (see `Neighbourhoods`). Where these are more than `most`, it is verified for fewer contacts,
    halved until it fits; where it does not fit for one, not at all. Both are told.
    """
    columns = Columns(decision.stream)
    everybody = _contacts_of(columns)
    drawn = Random(sample.seed).sample(everybody, min(sample.contacts, len(everybody)))  # noqa: S311
    near = Neighbourhoods(decision.plan, decision.stream)
    tasks: list[_Task] = []
    unverified: list[Unverified] = []
    for number, part in enumerate(near.parts if drawn else (), 1):
        task = _find_task(near, columns, part, drawn, sample.most)
        if task is not None:
            tasks.append(task)
        if task is None or task.contacts < len(drawn):
            unverified.append(_unverified(near, part, 0 if task is None else task.contacts))
        if progress is not None:
            progress("Choosing what to verify", number, len(near.parts))
    runs = _arrange(tasks, sample.most)
    facts = [task.part.sort == "fact" for task in tasks if task.contacts == len(drawn)]
    return Verification(
        seed=sample.seed,
        contacts=tuple(drawn),
        of_contacts=len(everybody),
        touches=len(rows_of_contacts(columns, drawn)),
        rules=len(facts) - sum(facts),
        facts=sum(facts),
        unverified=tuple(unverified),
        most=sample.most,
        replayed=len(reduce(np.union1d, [run.needs for run in runs], np.zeros(0, np.int64))),
        compared=Compared.joined(_compare_runs(decision, near, columns, runs, progress, notify)),
    )


def _contacts_of(columns: Columns) -> list[str]:
    """Return all contacts, in their order by code point."""
    codes, names = columns.coded("contact_id")
    return sorted(names.take(pa.array(np.unique(codes))).to_pylist())


def _unverified(near: Neighbourhoods, part: Part, contacts: int) -> Unverified:
    is_fact = part.sort == "fact"
    return Unverified(name=part.name, is_fact=is_fact, contacts=contacts, keys=near.keys_of(part))


def _find_task(
    near: Neighbourhoods, columns: Columns, part: Part, drawn: Sequence[str], most: int
) -> _Task | None:
    """Return a part with as many of the contacts drawn as it can be verified for; None: for none."""
    count = len(drawn)
    while count:
        at = rows_of_contacts(columns, drawn[:count])
        needs = near.find([part], at, most)
        if needs is not None:
            return _Task(part=part, contacts=count, at=at, needs=needs)
        count //= 2
    return None


def _arrange(tasks: Sequence[_Task], most: int) -> list[_Run]:
    """Put tasks together that need much the same touches."""
    runs: list[_Run] = []
    for task in sorted(tasks, key=lambda one: (len(one.needs), one.part)):
        if not runs or not runs[-1].takes(task, most):
            runs.append(_Run(task.needs))
        runs[-1].take(task)
    return runs


def _compare_runs(
    decision: Decision,
    near: Neighbourhoods,
    columns: Columns,
    runs: Sequence[_Run],
    progress: Progress | None,
    notify: Callable[[str], None],
) -> Iterator[Compared]:
    total = sum(len(run.needs) for run in runs)
    before = 0
    for run in runs:
        plan = narrow_plan(
            decision.plan,
            [task.part.name for task in run.tasks if task.part.sort != "fact"],
            [task.part.name for task in run.tasks if task.part.sort == "fact"],
        )
        tell = None if progress is None else _as_part(progress, before, total)
        outcome = _decide_anew(decision, plan, run.needs, tell, notify)
        before += len(run.needs)
        for task in run.tasks:
            at = task.at
            if task.part.sort == "fact":
                at = near.share((decision.plan.facts[task.part.name].key,), at)
            yield compare_outcomes(task.part, at, decision.outcome, outcome, run.needs, columns)


def _decide_anew(
    decision: Decision,
    plan: Plan,
    rows: Rows,
    progress: Progress | None,
    notify: Callable[[str], None],
) -> Outcome:
    stream = decision.stream
    part = Stream(table=stream.table.take(pa.array(rows)), timezone=stream.timezone)
    return decide(plan, part, decision.as_of, engine="durable", progress=progress, notify=notify)


def _as_part(progress: Progress, before: int, total: int) -> Progress:
    def tell(what: str, done: int, _: int) -> None:
        if what == "Replaying touches":
            progress("Verifying touches", before + done, total)

    return tell
