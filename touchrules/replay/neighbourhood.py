"""Which touches decide what rules find at some touches, so that the others need not be replayed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, assert_never

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.engines.binding import found_in
from touchrules.engines.columns import Layout
from touchrules.engines.plan import Plan, PlannedFact, PlannedRule
from touchrules.engines.prepare import prepare_columns
from touchrules.engines.split import facts_of
from touchrules.language.walk import filters_of_test, walk_tests
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import Key, LookBackTest
from touchrules.replay.columns import Columns
from touchrules.streams.stream import Stream

Rows = npt.NDArray[np.int64]
"""Rows of a stream, ascending."""

_NO_ROWS: Final = np.zeros(0, np.int64)


class Part(NamedTuple):
    """Something that is decided at a touch: what a rule accepts, how its expectation ends, what is known.

    A "touch" is only there, to be looked at.
    """

    sort: Literal["rule", "expect", "fact", "touch"]
    name: str = ""


_THERE: Final = Part("touch")
_Path = tuple[Key, ...]
"""The touches with the same first key, the touches that share the second key with one of these, and so on."""


class Neighbourhoods:
    """Finds the touches of a stream that decide what rules and facts of a plan come to at some of them.

    A rule is decided by the touch itself, the touches with the key of each look back, and the facts that
    it asks for; a fact by the touches with its key, and by the rules and expectations that assert it there;
    an expectation by the touches with its key. Rules that `found` names must be right wherever they are
    looked at. Whatever else stands in the stream, or is decided there, changes nothing.
    """

    def __init__(self, plan: Plan, stream: Stream) -> None:
        self._plan = plan
        self._rules = {planned.rule.id: planned for planned in plan.rules}
        self._groups = _Groups(plan, stream)
        self._asks: dict[Part, list[tuple[Part, _Path]]] = {}

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that a replay tells: what each rule finds, or how its expectations end, and each fact."""
        rules = [Part("rule" if one.expect is None else "expect", name) for name, one in self._rules.items()]
        return (*rules, *(Part("fact", name) for name in self._plan.facts))

    def find(self, parts: Sequence[Part], rows: Rows, most: int | None = None) -> Rows | None:
        """Return the touches that decide some parts at some rows, these among them.

        None: they are more than `most`.
        """
        there = np.unique(rows)
        held: dict[Part, Rows] = {}
        waiting = [(part, there) for part in parts]
        while waiting:
            if most is not None and len(there) > most:
                return None
            part, asked = waiting.pop()
            new = np.setdiff1d(asked, held.get(part, _NO_ROWS), assume_unique=True)
            if len(new):
                held[part] = np.union1d(held.get(part, _NO_ROWS), new)
                there = np.union1d(there, new)
                waiting += self._decided_by(part, new)
        return None if most is not None and len(there) > most else there

    def keys_of(self, part: Part) -> tuple[Key, ...]:
        """Return the keys by which a part, or what it builds on, looks at other touches."""
        keys: dict[Key, None] = {}
        reached = [part]
        for one in reached:
            for named, path in self._asked_by(one):
                keys |= dict.fromkeys(path)
                if named not in reached:
                    reached.append(named)
        return tuple(keys)

    def share(self, key: Key, rows: Rows) -> Rows:
        """Return the touches that share a key with one of some touches; those without it share nothing."""
        return self._groups.share(key, rows)

    def _decided_by(self, part: Part, rows: Rows) -> Iterator[tuple[Part, Rows]]:
        """Yield what must be right, and at which touches, for a part to be right at some rows."""
        reached: dict[_Path, Rows] = {(): rows}
        for named, path in self._asked_by(part):
            for end in range(1, len(path) + 1):
                if path[:end] not in reached:
                    reached[path[:end]] = self.share(path[end - 1], reached[path[: end - 1]])
            yield named, reached[path]

    def _asked_by(self, part: Part) -> list[tuple[Part, _Path]]:
        """Return what a part builds on at a touch, and the path from that touch to where it must be right."""
        if part not in self._asks:
            self._asks[part] = list(self._find_asks(part))
        return self._asks[part]

    def _find_asks(self, part: Part) -> Iterator[tuple[Part, _Path]]:
        match part.sort:
            case "rule":
                yield from self._asks_of_rule(self._rules[part.name])
            case "expect":
                yield from self._asks_of_expectation(self._rules[part.name])
            case "fact":
                yield from self._asks_of_fact(part.name, self._plan.facts[part.name])
            case "touch":
                return
            case _:
                assert_never(part.sort)

    def _asks_of_rule(self, planned: PlannedRule) -> Iterator[tuple[Part, _Path]]:
        yield from self._named_in((planned.when,), ())
        for fact in sorted(facts_of(planned)):
            yield Part("fact", fact), ()
        for test in walk_tests(planned.where):
            if isinstance(test, LookBackTest):
                yield _THERE, (test.per,)
                yield from self._named_in(tuple(filters_of_test(test)), (test.per,))

    def _asks_of_expectation(self, planned: PlannedRule) -> Iterator[tuple[Part, _Path]]:
        yield Part("rule", planned.rule.id), ()
        expect = planned.expect
        if expect is not None:
            yield _THERE, (expect.per,)
            filters = (expect.touch,) if expect.cancel is None else (expect.touch, expect.cancel)
            yield from self._named_in(filters, (expect.per,))

    def _asks_of_fact(self, name: str, fact: PlannedFact) -> Iterator[tuple[Part, _Path]]:
        key: Key = (fact.key,)
        yield _THERE, (key,)
        filters = tuple(one for one in (fact.asserted_by, fact.until) if one is not None)
        yield from self._named_in(filters, (key,))
        for rule, planned in self._rules.items():
            if planned.rule.asserts == name:
                yield Part("rule" if planned.expect is None else "expect", rule), (key,)
            if planned.rule.met_asserts == name and planned.expect is not None:
                yield Part("expect", rule), (key, planned.expect.per)  # asserted where it is met

    def _named_in(self, filters: Sequence[Filter], path: _Path) -> Iterator[tuple[Part, _Path]]:
        for rule in sorted(found_in(*filters) & self._rules.keys()):
            yield Part("rule", rule), path


def find_neighbourhood(plan: Plan, stream: Stream, contact: str) -> Rows:
    """Return the rows of all touches that decide what a plan comes to at the touches of a contact."""
    near = Neighbourhoods(plan, stream)
    rows = near.find(near.parts, rows_of_contacts(Columns(stream), [contact]))
    return _NO_ROWS if rows is None else rows


def rows_of_contacts(columns: Columns, contacts: Sequence[str]) -> Rows:
    """Return the touches of some contacts."""
    codes, names = columns.coded("contact_id")
    wanted = pc.is_in(names, pa.array(contacts, names.type)).to_numpy(zero_copy_only=False)
    return np.flatnonzero(wanted[codes])


class _Groups:
    """The touches of a stream by their keys."""

    def __init__(self, plan: Plan, stream: Stream) -> None:
        self._plan = plan
        self._stream = stream
        self._columns = Columns(stream)
        self._codes: dict[str, npt.NDArray[np.int64]] = {}
        self._groups: dict[Key, tuple[npt.NDArray[np.int64], Rows, npt.NDArray[np.int64]]] = {}

    def share(self, key: Key, rows: Rows) -> Rows:
        """Return the touches that share a key with one of some touches."""
        codes, order, starts = self._grouped(key)
        groups = np.unique(codes[rows])
        groups = groups[groups >= 0]
        parts = [order[starts[group] : starts[group + 1]] for group in groups.tolist()]
        return np.sort(np.concatenate([_NO_ROWS, *parts]))

    def _grouped(self, key: Key) -> tuple[npt.NDArray[np.int64], Rows, npt.NDArray[np.int64]]:
        """Return the group of each touch (-1: none), the touches group by group, and where each begins."""
        if key not in self._groups:
            codes = np.zeros(len(self._stream), np.int64)
            for field in key:
                more = self._coded(field)
                lacking = (codes < 0) | (more < 0)
                joined = codes * (int(more.max(initial=0)) + 1) + more
                codes = np.unique(joined, return_inverse=True)[1].astype(np.int64)
                codes[lacking] = -1
            order = np.argsort(codes, kind="stable")
            starts = np.searchsorted(codes[order], np.arange(int(codes.max(initial=-1)) + 2))
            self._groups[key] = (codes, order, starts)
        return self._groups[key]

    def _coded(self, field: str) -> npt.NDArray[np.int64]:
        """Return numbers that are equal where a column is, -1 where it is missing."""
        if field not in self._codes:
            if self._stream.types.get(field) == "text" and field not in self._plan.signals:
                codes = self._columns.coded(field)[0].astype(np.int64)
            else:
                codes = _number(self._values(field))
            self._codes[field] = codes
        return self._codes[field]

    def _values(self, field: str) -> Sequence[Any]:
        if field == "at":
            return self._stream.column("at")
        layout = Layout(frozenset(self._plan.signals))
        layout.position(field)
        return prepare_columns(self._plan, layout.columns, self._stream)[0]


def _number(values: Sequence[Hashable]) -> npt.NDArray[np.int64]:
    numbers: dict[Hashable, int] = {}
    codes = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return np.array(codes, np.int64)
