"""What came of a stream in parts, kept in files by the part whose touches it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import numpy as np

from touchrules.engines.outcome import FactPeriods, Outcome, RuleExpectations, RuleFindings
from touchrules.engines.partitions.partition import Partition
from touchrules.engines.plan import Plan

_SORTS: Final[Mapping[str, type[Any]]] = {
    "findings": RuleFindings,
    "expectations": RuleExpectations,
    "periods": FactPeriods,
}

Arrays = dict[str, Any]


class Spill:
    """The outcome of all passes, by part.

    `looked` and `found`: how many touches each rule looked at and found. Of the touches that rules find which
    report nothing only that is kept.
    """

    def __init__(self, folder: Path, parts: Sequence[Partition], plan: Plan) -> None:
        self._folder = folder
        self._firsts = np.array([part.first for part in parts], np.int64)
        self._reports = {planned.rule.id for planned in plan.rules if planned.rule.report}
        self._written = 0
        self.looked: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Keep what came of one part in one pass, with the numbers of touches as rows."""
        self.looked.update(outcome.looked)
        self.found.update({name: outcome.found(name) for name in outcome.findings})
        by_part: defaultdict[int, Arrays] = defaultdict(dict)
        for sort in _SORTS:
            for name in getattr(outcome, sort):
                if sort != "findings" or name in self._reports:
                    for part, arrays in self._split(getattr(outcome, sort)[name]):
                        by_part[part] |= {f"{sort} {name} {field}": each for field, each in arrays.items()}
        for part, arrays in by_part.items():
            self._written += 1
            np.savez(self._folder / f"{part}-{self._written}.npz", **arrays)

    def outcome(self, part: int) -> Outcome:
        """Return what came of the touches of a part, with the numbers of touches as rows."""
        gathered: dict[str, dict[str, defaultdict[str, list[Any]]]] = {sort: {} for sort in _SORTS}
        for path in sorted(self._folder.glob(f"{part}-*.npz")):
            with np.load(path, allow_pickle=False) as arrays:
                for key in arrays.files:
                    sort, name, field = key.split(" ")
                    gathered[sort].setdefault(name, defaultdict(list))[field].append(arrays[key])
        return Outcome(
            **{
                sort: {
                    name: _SORTS[sort](**{field: np.concatenate(some) for field, some in one.items()})
                    for name, one in gathered[sort].items()
                }
                for sort in _SORTS
            }
        )

    def _split(self, one: Any) -> Iterator[tuple[int, Arrays]]:
        """Yield what is about the touches of each part."""
        arrays = {field.name: getattr(one, field.name) for field in fields(one)}
        arrays = {name: array for name, array in arrays.items() if array is not None}
        places = np.searchsorted(self._firsts, one.rows, side="right") - 1
        for part in np.unique(places).tolist():
            some = places == part
            whole = bool(some.all())
            yield part, arrays if whole else {name: array[some] for name, array in arrays.items()}
