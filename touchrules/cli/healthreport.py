"""Shows the health of rules as a manager reads it."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from rich.console import Console

from touchrules.cli.screen import show
from touchrules.evidence.health import Health
from touchrules.evidence.marks import MarkName

_TITLES: Final[dict[MarkName, str]] = {
    "never-fires": "Never fires",
    "always-fires": "Always fires",
    "cannot-know": "Cannot know, because a field is missing on most touches",
    "same-as": "Finds the same as another rule",
    "within": "Finds nothing that another rule does not find",
    "changes-nothing": "Parameters that change nothing",
}


def show_health(console: Console, told: Health) -> None:
    """Show what was judged, then the marks kind by kind: first those without a reason, then the others."""
    excused = len(told.marks) - len(told.failures)
    console.print(f"{told.rules:,} rules on {told.touches:,} touches: {_verdict(told)}.")
    if excused:
        console.print(f"{excused:,} marks have a stated reason.")
    console.print(_said_of_parameters(told))
    if told.disabled:
        console.print(f"Disabled, not judged: {', '.join(told.disabled)}.", soft_wrap=True)
    for name, marks in groupby(told.marks, key=lambda one: one.mark.mark):
        console.print(f"\n{_TITLES[name]}", style="bold")
        for one in sorted(marks, key=lambda one: one.excuse is not None):
            line = f"  {one.mark.subject}: {one.mark.says}"
            if one.excuse is None:
                console.print(show(line), style="red", soft_wrap=True)
            else:
                console.print(show(f"{line} All right: {one.excuse.reason}"), style="dim", soft_wrap=True)
    if told.unneeded:
        console.print("\nReasons in health.yaml that nothing needs any more", style="bold")
        for excuse in told.unneeded:
            console.print(
                f"  {show(excuse.subject)}, {excuse.mark} {show(excuse.of)}".rstrip(), soft_wrap=True
            )


def _verdict(told: Health) -> str:
    count = len(told.failures)
    if not count:
        return "all healthy"
    return "1 mark of ill health" if count == 1 else f"{count:,} marks of ill health"


def _said_of_parameters(told: Health) -> str:
    if told.parameters is None:
        return "Parameters were not turned."
    return f"{told.parameters:,} parameters were turned."
