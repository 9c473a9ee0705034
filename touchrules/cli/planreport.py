"""Shows what work rules share, and where the time of a replay went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console

from touchrules.cli.screen import add_row, make_table, print_table
from touchrules.engines.columnar.work import Piece
from touchrules.replay.planreport import PlanReport

_SORTS: Final = {
    "texts": "reading texts for signals",
    "columns": "columns",
    "filters": "which touches filters accept",
    "orders": "touches ordered by keys",
    "spans": "spans in which something is so",
    "looks back": "looks back",
    "facts": "facts",
    "expectations": "expectations",
    "loops": "loops through facts",
    "tables": "tables and messages",
}
_MOST_NAMED: Final = 3
_MOST_CHARACTERS: Final = 60


def show_plan_report(console: Console, report: PlanReport) -> None:
    """Show the sorts of work, the pieces that took longest, and how much is shared."""
    sorts = make_table("work", "pieces", "seconds")
    for one in report.sorts:
        add_row(sorts, (_SORTS[one.sort], one.pieces, f"{one.seconds:.3f}"))
    print_table(console, "Where the time went", sorts)
    console.print(
        f"{report.pieces:,} pieces of work; more than one rule needs {report.shared:,} of them. "
        f"There would be {report.unshared:,} if each rule made its own."
    )
    dearest = make_table("seconds", "piece of work", "for", texts=3)
    for piece in report.dearest:
        add_row(dearest, (f"{piece.seconds:.3f}", _clip(piece.label), _say_users(piece)))
    print_table(console, "Pieces of work that took longest", dearest)


def _clip(label: str) -> str:
    return label if len(label) <= _MOST_CHARACTERS else f"{label[: _MOST_CHARACTERS - 3]}..."


def _say_users(piece: Piece) -> str:
    """Return who needs a piece: its rules, or the facts if no rule does."""
    if not piece.rules:
        return f"fact {_first(piece.facts, 'facts')}"
    return _first(piece.rules, "rules")


def _first(names: Sequence[str], what: str) -> str:
    """Return a few names, and how many there are if that is more.

    >>> _first(("a", "b"), "rules"), _first(("a", "b", "c", "d"), "rules")
    ('a, b', '4 rules: a, b, c, ...')
    """
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return f"{len(names)} {what}: {', '.join(names[:_MOST_NAMED])}, ..."
