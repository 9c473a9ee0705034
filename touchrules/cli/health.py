"""The command `health`: which rules do nothing, or nothing of their own, on past touches."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from touchrules.cli.options import AsJson, Map, Rulebooks, Settings, Timezone, Touches
from touchrules.errors import Problem, UnhealthyRules

if TYPE_CHECKING:
    from touchrules.evidence.health import Health, JudgedMark


class Turned(StrEnum):
    """Which parameters are turned."""

    ALL = "all"
    NONE = "none"


Parameters = Annotated[
    Turned,
    typer.Option("--parameters", help="Turn all parameters to see whether they change anything, or none."),
]


def health(
    *,
    rulebooks: Rulebooks,
    touches: Touches,
    map_file: Map = None,
    timezone: Timezone = None,
    settings: Settings = [],
    parameters: Parameters = Turned.ALL,
    as_json: AsJson = False,
) -> None:
    """Tell which rules are of no use on past touches.

    Those that find nothing, everything or only what another rule finds, that cannot know, and parameters
    that change nothing. Reasons why one is all right stand in health.yaml beside the rulebooks.
    """
    from touchrules.cli import inputs
    from touchrules.cli.screen import make_console, progress_bars
    from touchrules.evidence.excuses import load_excuses
    from touchrules.evidence.health import Checkup, check_health
    from touchrules.evidence.turning import Turning
    from touchrules.language.load import RulebookTexts, read_sources

    source = inputs.open_source(touches, map_file, timezone)
    values = inputs.read_settings(settings)
    texts = RulebookTexts(read_sources(rulebooks))
    books = texts.make(values)
    excuses = load_excuses(rulebooks, books)
    with progress_bars() as tell:
        checkup = Checkup(
            turning=Turning(texts=texts, settings=values, rulebooks=books),
            stream=inputs.read_source(source, books, tell).stream,
            excuses=excuses,
            turn_parameters=parameters is Turned.ALL,
            progress=tell,
        )
        told = check_health(checkup)
    if as_json:
        typer.echo(json.dumps(_as_json(told), indent=2))
    else:
        from touchrules.cli.healthreport import show_health

        show_health(make_console(), told)
    if told.failures:
        raise UnhealthyRules(_failure(told))


def _failure(told: Health) -> Problem:
    count = len(told.failures)
    marks = "1 mark has" if count == 1 else f"{count:,} marks have"
    return Problem(
        message=f"{marks} no stated reason.",
        remedy="Mend the rules, or state the reason in health.yaml beside the rulebooks:\n"
        "excuses: [{rule: ID, mark: never-fires, reason: ...}]",
    )


def _as_json(told: Health) -> dict[str, Any]:
    return {
        "touches": told.touches,
        "rules": told.rules,
        "disabled": told.disabled,
        "parameters_turned": told.parameters,
        "failures": len(told.failures),
        "marks": [_row(one) for one in told.marks],
        "unneeded_excuses": [
            {"subject": one.subject, "mark": one.mark, "of": one.of, "reason": one.reason}
            for one in told.unneeded
        ],
    }


def _row(one: JudgedMark) -> dict[str, Any]:
    mark = one.mark
    return {
        "rulebook": mark.rulebook,
        "subject": mark.subject,
        "mark": mark.mark,
        "of": mark.of or None,
        "says": mark.says,
        "reason": None if one.excuse is None else one.excuse.reason,
    }
