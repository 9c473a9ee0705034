"""Compares what two engines decided, finding by finding, expectation by expectation, period by period."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from touchrules.engines.outcome import STATUSES, FactPeriods, Outcome, RuleExpectations, RuleFindings
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.neighbourhood import Part
from touchrules.streams.instants import write_instant

Sort = Literal["finding", "expectation", "fact"]
_Told = Mapping[tuple[int, ...], tuple[Any, ...]]
"""What was decided, by the row of its touch (a period: by its beginning too)."""

_NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that two engines do not agree on. `name`: the rule or fact; what each of them says."""

    sort: Sort
    name: str
    touch_id: str
    columnar: str
    durable: str

    def as_json(self) -> dict[str, str]:
        """Return it as plain values."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many findings, expectations and periods of facts were compared, and what differs."""

    findings: int = 0
    expectations: int = 0
    periods: int = 0
    differences: tuple[Difference, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[Compared]) -> Compared:
        """Return several comparisons as one."""
        held = list(parts)
        differences = [one for part in held for one in part.differences]
        return cls(
            findings=sum(part.findings for part in held),
            expectations=sum(part.expectations for part in held),
            periods=sum(part.periods for part in held),
            differences=tuple(sorted(differences, key=lambda one: (one.sort, one.name, one.touch_id))),
        )


def compare_outcomes(
    part: Part, at: Rows, columnar: Outcome, durable: Outcome, durable_rows: Rows, columns: Columns
) -> Compared:
    """Compare what was decided about a rule or a fact at some touches.

    `at`: rows of the stream of `columns`; a period of a fact belongs to the touch that began it.
    `durable_rows`: for each touch that the durable engine saw its row in that stream.
    """
    tables = [
        _Comparison("finding", _findings, columnar.findings, durable.findings),
        _Comparison("expectation", _expectations, columnar.expectations, durable.expectations),
    ]
    if part.sort == "fact":
        tables = [_Comparison("fact", _periods, columnar.periods, durable.periods)]
    same = np.arange(len(columns.stream), dtype=np.int64)
    wanted = frozenset(at.tolist())
    names = columns.stream.table.column("touch_id")
    counts: dict[str, int] = {}
    differences: list[Difference] = []
    for table in tables:
        one = table.read(table.columnar.get(part.name), same, wanted)
        other = table.read(table.durable.get(part.name), durable_rows, wanted)
        say = _Sayer(lambda row: str(names[row].as_py()), table.sort)
        keys = sorted({*one, *other})
        counts[table.sort] = len(keys)
        differences += [
            Difference(
                sort=table.sort,
                name=part.name,
                touch_id=say.touch(key[0]),
                columnar=say.decided(key, one.get(key)),
                durable=say.decided(key, other.get(key)),
            )
            for key in keys
            if one.get(key) != other.get(key)
        ]
    return Compared(
        findings=counts.get("finding", 0),
        expectations=counts.get("expectation", 0),
        periods=counts.get("fact", 0),
        differences=tuple(differences),
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    sort: Sort
    rows_of: Callable[[Any, Rows], Iterator[tuple[tuple[int, ...], tuple[Any, ...]]]]
    columnar: Mapping[str, Any]
    durable: Mapping[str, Any]

    def read(self, decided: Any, rows: Rows, wanted: frozenset[int]) -> _Told:
        """Return what was decided about touches that are wanted; `rows`: the row of each one there is."""
        if decided is None:
            return {}
        kept = np.isin(rows[decided.rows], np.fromiter(wanted, np.int64, len(wanted)))
        return dict(self.rows_of(_only(decided, kept), rows))


def _only(decided: Any, kept: Any) -> Any:
    """Return arrays of one length at some of their places."""
    arrays = {one.name: getattr(decided, one.name) for one in dataclasses.fields(decided)}
    some = {name: None if array is None else array[kept] for name, array in arrays.items()}
    return dataclasses.replace(decided, **some)


def _findings(found: RuleFindings, rows: Rows) -> Iterator[tuple[tuple[int, ...], tuple[int, float | None]]]:
    values: list[float | None] = [None] * len(found.rows)
    if found.values is not None:
        values = [None if value != value else value for value in found.values.tolist()]  # noqa: PLR0124
    for row, at, value in zip(rows[found.rows].tolist(), found.at.tolist(), values, strict=True):
        yield (row,), (at, value)


def _expectations(
    held: RuleExpectations, rows: Rows
) -> Iterator[tuple[tuple[int, ...], tuple[int, int, str, int | None, int | None]]]:
    by_rows = np.where(held.settled_by < 0, -1, rows[held.settled_by])
    for row, after, by, status, settled_at, settled_by in zip(
        rows[held.rows].tolist(),
        held.after.tolist(),
        held.by.tolist(),
        held.status.tolist(),
        held.settled_at.tolist(),
        by_rows.tolist(),
        strict=True,
    ):
        named = STATUSES[status]
        ended = None if named == "open" else settled_at
        yield (row,), (after, by, named, ended, None if settled_by < 0 else settled_by)


def _periods(stood: FactPeriods, rows: Rows) -> Iterator[tuple[tuple[int, ...], tuple[int | None]]]:
    for row, since, until, stands in zip(
        rows[stood.rows].tolist(),
        stood.since.tolist(),
        stood.until.tolist(),
        stood.stands.tolist(),
        strict=True,
    ):
        yield (row, since), (None if stands else until,)


def _when(instant: int) -> str:
    """Return an instant in UTC; one that no calendar has as its number of microseconds."""
    try:
        return write_instant(instant)
    except OverflowError:
        return f"{instant} microseconds"


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Says what was decided in words. `touch`: the id of the touch at a row."""

    touch: Callable[[int], str]
    sort: Sort

    def decided(self, key: tuple[int, ...], told: tuple[Any, ...] | None) -> str:
        """Return what was decided, in words; times are in UTC."""
        if told is None:
            return _NOTHING
        match self.sort:
            case "finding":
                at, value = told
                return f"found at {_when(at)}" + ("" if value is None else f", value {value!r}")
            case "expectation":
                after, by, status, ended, ender = told
                said = f"expected from {_when(after)} to {_when(by)}: {status}"
                said += "" if ended is None else f" at {_when(ended)}"
                return said + ("" if ender is None else f" by touch {self.touch(ender)}")
            case "fact":
                until = "the end" if told[0] is None else _when(told[0])
                return f"from {_when(key[1])} until {until}"
