"""Where the time of a replay went: what work the rules of a plan share, and which pieces took longest."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from touchrules.engines.columnar.work import Piece, Sort, Work

_SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
_DEAREST: Final = 15
TABLES: Final = "tables"
"""What follows when all is decided: the tables of findings, expectations and facts, with their messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SortOfWork:
    """All pieces of one sort of work: their number, and their seconds together."""

    sort: str
    pieces: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """Where the time went.

    `sorts`: in the order of the work. `dearest`: the pieces that took longest, first. `pieces`: how many
    there are. `shared`: those that more than one rule needs. `unshared`: how many there would be if each
    rule made its own. `seconds`: of all pieces together; two may be worked on at a time.
    """

    sorts: tuple[SortOfWork, ...]
    dearest: tuple[Piece, ...]
    pieces: int
    shared: int
    unshared: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values; times in seconds."""
        return dataclasses.asdict(self)


def make_plan_report(work: Work, tables: Mapping[str, float]) -> PlanReport:
    """Return the report of some work. `tables`: how many seconds it took to make each table."""
    sorts = [_sum_up(sort, work) for sort in _SORTS]
    sorts.append(SortOfWork(sort=TABLES, pieces=len(tables), seconds=sum(tables.values())))
    return PlanReport(
        sorts=tuple(sorts),
        dearest=tuple(sorted(work, key=lambda piece: (-piece.seconds, piece.label))[:_DEAREST]),
        pieces=len(work),
        shared=sum(len(piece.rules) > 1 for piece in work),
        unshared=sum(max(len(piece.rules), 1) for piece in work),
        seconds=sum(one.seconds for one in sorts),
    )


def _sum_up(sort: Sort, work: Work) -> SortOfWork:
    some = [piece.seconds for piece in work if piece.sort == sort]
    return SortOfWork(sort=sort, pieces=len(some), seconds=sum(some))
