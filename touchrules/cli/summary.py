"""Shows the summary of a replay as a manager reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from touchrules.cli.screen import add_row, make_table, print_table, show_share
from touchrules.replay.messages import write_local_time
from touchrules.replay.summary import RuleSummary, Summary

_STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "", "info": "dim"}
_WIDE = 110


def show_summary(console: Console, summary: Summary) -> None:
    """Show what was looked at, the rules by severity, the worst reps and the expectations."""
    for line in _opening(summary):
        console.print(line)
    _show_rules(console, [rule for rule in summary.rules if rule.enabled])
    _show_reps(console, summary)
    _show_expectations(console, [rule for rule in summary.rules if _expects(rule)])
    disabled = [rule.rule for rule in summary.rules if not rule.enabled]
    if disabled:
        console.print(f"\nDisabled: {', '.join(disabled)}.")


def show_files(console: Console, paths: Sequence[Path], *, set_aside: int, unselected: int) -> None:
    """Show how many rows became no touches, and where the files are."""
    console.print()
    if set_aside:
        console.print(f"{_count(set_aside, 'row')} set aside, with reasons, in rejects.csv.", style="yellow")
    if unselected:
        console.print(f"{_count(unselected, 'row')} not selected by the mapping.")
    names = ", ".join(path.name for path in paths)
    console.print(f"Written to {paths[0].parent}: {names}.", soft_wrap=True)


def _opening(summary: Summary) -> Iterator[str]:
    if summary.first is None or summary.last is None or summary.as_of is None:
        yield "There are no touches to look at."
        return
    first, last, as_of = (
        write_local_time(instant, summary.timezone)
        for instant in (summary.first, summary.last, summary.as_of)
    )
    who = [_count(summary.contacts, "contact"), _count(summary.accounts, "account")]
    who.append(_count(summary.reps, "rep"))
    yield f"{_count(summary.touches, 'touch', 'touches')} of {', '.join(who)}"
    yield f"from {first} to {last}, as of {as_of} ({summary.timezone})"
    found = f"{_count(summary.findings, 'finding')} by {_count(len(summary.rules), 'rule')}"
    yield f"{found}, decided by the {summary.engine} engine"


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _show_rules(console: Console, rules: Sequence[RuleSummary]) -> None:
    named = ("severity", "rule", "what") if console.width >= _WIDE else ("severity", "rule")
    columns = (*named, "looked at", "found", "share", "contacts", "reps")
    table = make_table(*columns, texts=len(named))
    for rule in rules:
        people = (rule.contacts, rule.reps) if rule.reports else (None, None)
        texts = (rule.severity, rule.rule, rule.title if rule.reports else f"{rule.title} (not reported)")
        counts = (rule.looked_at, rule.found, show_share(rule.share))
        add_row(table, (*texts[: len(named)], *counts, *people), _style(rule))
    print_table(console, "Rules", table)


def _style(rule: RuleSummary) -> str:
    return _STYLES[rule.severity] if rule.found and rule.reports else "dim"


def _show_reps(console: Console, summary: Summary) -> None:
    if not summary.worst_reps:
        return
    table = make_table("rep", "findings", "touches", "per 100 touches")
    for rep in summary.worst_reps:
        rate = f"{100 * rep.found / rep.touches:.1f}" if rep.touches else "-"
        add_row(table, (rep.rep, rep.found, rep.touches, rate))
    print_table(console, "Reps with the most findings", table)


def _expects(rule: RuleSummary) -> bool:
    return bool(rule.met or rule.cancelled or rule.broken or rule.open)


def _show_expectations(console: Console, rules: Sequence[RuleSummary]) -> None:
    if not rules:
        return
    table = make_table("rule", "met", "broken", "open", "cancelled", "broken of decided")
    for rule in rules:
        decided = rule.met + rule.broken
        share = show_share(rule.broken / decided if decided else None)
        add_row(table, (rule.rule, rule.met, rule.broken, rule.open, rule.cancelled, share))
    print_table(console, "Expectations", table)
