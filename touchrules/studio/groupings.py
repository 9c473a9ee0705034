"""The ways in which touches fall into groups: by kind, by team, by hour of day and the like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.model.touches import DERIVED_FIELDS, WEEKDAYS
from touchrules.replay.columns import Codes, Columns
from touchrules.replay.messages import write_number
from touchrules.streams.texts import is_coded_text, is_plain_text

MOST_GROUPS: Final = 50
"""A field with more values than this is no way to group touches, unless it names reps or accounts."""
HOUR: Final = "local_hour"
WEEKDAY: Final = "weekday"
NOTHING: Final = "(nothing)"

_TEAMS: Final = (
    "team",
    "rep_team",
    "sales_team",
    "owner_team",
    "squad",
    "department",
    "manager",
    "rep_manager",
)
_ALONE: Final = frozenset(
    {"touch_id", "contact_id", "account_id", "rep_id", "subject", "text", "contact_name", "company_name"}
    | {"from_number", "to_number", "referred_by", "referred_to", *DERIVED_FIELDS}
)
_TITLES: Final = {"rep_id": "rep", "account_id": "account", HOUR: "hour of day"}
_FIRST: Final = ("kind", "direction", "outcome")

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """Touches by one field. `codes`: the place of each among `labels`, -1 where the field is missing."""

    name: str
    codes: Codes
    labels: tuple[str, ...]

    @property
    def title(self) -> str:
        """The field as a manager reads it."""
        return title_of(self.name)

    def count(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_] | slice = slice(None)) -> Counts:
        """Return how many of some touches are in each group; the last number is of those in none."""
        counts = np.bincount(self.codes[rows] + 1, minlength=len(self.labels) + 1)
        return np.roll(counts, -1)


def title_of(name: str) -> str:
    """Return a field as a manager reads it.

    >>> title_of("rep_id"), title_of("contact_country")
    ('rep', 'contact country')
    """
    return _TITLES.get(name, name.replace("_", " "))


class Groupings:
    """The groupings of one stream; each is made when it is first asked for."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._made: dict[str, Grouping] = {}

    def find(self, name: str) -> Grouping:
        """Return the grouping by a field; of a field that no touch has, no touch is in a group."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The fields with at least two and at most fifty values: kind, direction and outcome first."""
        fields = [*_FIRST, *(name for name in self._columns.stream.names if name not in _FIRST)]
        small = [name for name in fields if name not in _ALONE and self._is_small(name)]
        return (*small, WEEKDAY) if len(self._columns.at) else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The fields by which findings can be broken down: rep and team first, then all others."""
        teams = [name for name in self.segments if name in _TEAMS]
        others = [name for name in self.segments if name not in _TEAMS and name != WEEKDAY]
        present = self._columns.stream.types
        reps, accounts = (
            [name] if present.get(name) is not None else [] for name in ("rep_id", "account_id")
        )
        return (*reps, *teams, *others, *accounts, HOUR, WEEKDAY)

    @cached_property
    def teams(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The reps of each team, by the field that names teams."""
        return {name: self._reps_of(name) for name in self.segments if name in _TEAMS}

    def _reps_of(self, field: str) -> dict[str, tuple[str, ...]]:
        reps, teams = self.find("rep_id"), self.find(field)
        both = np.flatnonzero((reps.codes >= 0) & (teams.codes >= 0))
        pairs = np.unique(teams.codes[both].astype(np.int64) * len(reps.labels) + reps.codes[both])
        found: dict[str, list[str]] = {}
        for team, rep in zip(*np.divmod(pairs, max(len(reps.labels), 1)), strict=True):
            found.setdefault(teams.labels[team], []).append(reps.labels[rep])
        return {team: tuple(sorted(found[team])) for team in sorted(found)}

    def _is_small(self, name: str) -> bool:
        """Return whether a field has a few values, and more than one."""
        column = self._columns.stream.table.column(name) if name in self._columns.stream.names else None
        if column is None or pa.types.is_null(column.type) or pa.types.is_timestamp(column.type):
            return False
        codes, labels = self._coded(name)
        there = np.bincount(codes + 1, minlength=len(labels) + 1)[1:]
        return 2 <= int(np.count_nonzero(there)) <= MOST_GROUPS

    def _make(self, name: str) -> Grouping:
        if name not in self._columns.stream.names:
            return Grouping(name=name, codes=np.full(len(self._columns.stream), -1, np.int32), labels=())
        if name == HOUR:
            return _by_hour(self._columns)
        codes, labels = self._coded(name)
        order = list(WEEKDAYS) if name == WEEKDAY else sorted(labels)
        places = {label: place for place, label in enumerate(order)}
        number = np.array([*(places[label] for label in labels), -1], np.int32)
        return Grouping(name=name, codes=number[codes], labels=tuple(order))

    def _coded(self, name: str) -> tuple[Codes, list[str]]:
        column = self._columns.stream.table.column(name)
        if is_plain_text(column.type) or is_coded_text(column.type) or pa.types.is_null(column.type):
            codes, texts = self._columns.coded(name)
            return codes, texts.to_pylist()
        encoded = pc.dictionary_encode(column).combine_chunks()
        whole = encoded if isinstance(encoded, pa.DictionaryArray) else encoded.chunk(0)
        codes = whole.indices.cast(pa.int32()).fill_null(-1).to_numpy()
        return codes, [_write(value) for value in whole.dictionary.to_pylist()]


def _by_hour(columns: Columns) -> Grouping:
    hours: npt.NDArray[np.float64] = columns.stream.table.column(HOUR).to_numpy()
    labels = tuple(f"{hour:02}:00" for hour in range(24))
    return Grouping(name=HOUR, codes=np.floor(hours).astype(np.int32), labels=labels)


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return write_number(value) if isinstance(value, float) else str(value)
