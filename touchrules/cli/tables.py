"""Shows the profile of a stream on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from touchrules.cli.screen import add_row, make_table, print_table, show, show_share
from touchrules.replay.silence import LackingRule
from touchrules.streams.instants import write_instant
from touchrules.streams.profile import Counts, Profile

_MOST_SHOWN = 20


def show_profile(console: Console, told: Profile, *, set_aside: int, unselected: int) -> None:
    """Show what a stream holds."""
    whole = make_table("what", "number")
    for name, count in (
        ("touches", told.rows),
        ("rows set aside", set_aside),
        ("rows not selected by the mapping", unselected),
        ("contacts", told.contacts),
        ("accounts", told.accounts),
        ("reps", told.reps),
        ("touches that share their instant with another", told.ties),
        ("of the same contact", told.contact_ties),
    ):
        add_row(whole, (name, count))
    print_table(console, "Touches", whole)
    if told.first is not None and told.last is not None:
        console.print(f"from {write_instant(told.first)} to {write_instant(told.last)}")
    for title, counts in (
        ("Kinds", told.kinds),
        ("Outcomes", told.outcomes),
        ("Directions", told.directions),
        ("Time zones", told.zones),
    ):
        _show_counts(console, title, counts)
    _show_missing(console, told)


def _show_counts(console: Console, title: str, counts: Counts) -> None:
    if not counts:
        console.print(f"\n{title}: none.")
        return
    table = make_table("value", "touches")
    for value, count in counts[:_MOST_SHOWN]:
        add_row(table, (value, count))
    if len(counts) > _MOST_SHOWN:
        add_row(table, (f"({len(counts) - _MOST_SHOWN:,} more)", sum(n for _, n in counts[_MOST_SHOWN:])))
    print_table(console, title, table)


def _show_missing(console: Console, told: Profile) -> None:
    further = dict(told.further)
    table = make_table("field", "further, of type", "missing", texts=2)
    for name, share in told.missing:
        kind = (further[name] or "no value") if name in further else ""
        add_row(table, (name, kind, show_share(share)), "dim" if share == 1 else "")
    print_table(console, "Fields", table)


def show_lacking(console: Console, lacking: Sequence[LackingRule], refused: str) -> None:
    """Show which rules read fields that no touch has, those that can find nothing first."""
    console.print()
    if not lacking:
        console.print("Every field that the rules read is there.")
    for one in sorted(lacking, key=lambda one: not one.silent):
        absent = ", ".join(show(name) for name in one.absent)
        verb = "can find nothing: it needs" if one.silent else "reads"
        console.print(f"{one.rule} {verb} {absent}, which no touch has.", soft_wrap=True)
    if refused:
        console.print(f"\nA replay would be refused:\n\n{refused}", soft_wrap=True)
