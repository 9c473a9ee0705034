"""The command `profile`: what a file of touches holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import AsJson, BadRows, BadRowsChoice, Map, Settings, Timezone
from touchrules.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchrules.model.rules import Rulebook
    from touchrules.replay.silence import LackingRule
    from touchrules.streams.reader import Reading

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", help="Files of touches, read as one stream.", show_default=False),
]
Beside = Annotated[
    list[str],
    typer.Option(
        "--rulebooks",
        metavar="RULEBOOK_OR_FOLDER",
        help="Tell also which of their rules lack fields here. May be given several times.",
    ),
]
Suggest = Annotated[
    bool,
    typer.Option("--suggest", help="Print a mapping file that FILE probably needs, and nothing else."),
]


def profile(
    *,
    files: Files,
    map_file: Map = None,
    timezone: Timezone = None,
    rulebooks: Beside = [],
    settings: Settings = [],
    bad_rows: BadRows = BadRowsChoice.STOP,
    as_json: AsJson = False,
    suggest: Suggest = False,
) -> None:
    """Tell what files of touches hold.

    With --rulebooks also which of their rules lack fields there, and so can find nothing or less. With
    --suggest a mapping file for an export of another system, to be looked through and kept for --map.
    """
    if suggest:
        beside = {
            "--map": map_file is not None,
            "--rulebooks": bool(rulebooks),
            "--set": bool(settings),
            "--bad-rows": bad_rows is not BadRowsChoice.STOP,
            "--json": as_json,
        }
        typer.echo(_suggest(files, timezone, [name for name, given in beside.items() if given]), nl=False)
        return
    from touchrules.cli import inputs
    from touchrules.cli.screen import make_console, progress_bars
    from touchrules.cli.tables import show_lacking, show_profile
    from touchrules.replay.silence import find_lacking_rules
    from touchrules.streams import profile as profiles

    source = inputs.open_source(files, map_file, timezone, bad_rows)
    books = inputs.read_rulebooks(rulebooks, settings) if rulebooks else ()
    with progress_bars() as tell:
        reading = inputs.read_source(source, books, tell)
    told = profiles.profile(reading.stream)
    lacking = find_lacking_rules(books, reading.stream.types)
    refused = _refused(books, reading)
    if as_json:
        typer.echo(_as_json(profiles.as_json(told), reading, lacking, refused))
        return
    console = make_console()
    show_profile(console, told, set_aside=len(reading.rejects), unselected=reading.unselected)
    if books:
        show_lacking(console, lacking, refused)


def _suggest(files: Sequence[str], timezone: str | None, beside: Sequence[str]) -> str:
    """Return the text of the mapping file that a file probably needs. `beside`: options it has no use for."""
    from pathlib import Path

    from touchrules.cli.inputs import check_zone
    from touchrules.errors import ArgumentError, Problem
    from touchrules.streams.mappingwriter import write_mapping
    from touchrules.streams.suggestion import suggest_for_file

    if beside:
        remedy = "Leave that out; give it when you profile or replay the file with the mapping."
        raise ArgumentError(Problem(message=f"--suggest takes no {' and no '.join(beside)}.", remedy=remedy))
    if len(files) > 1:
        remedy = "Name one, and write what its mapping says under `files` of a common one."
        raise ArgumentError(Problem(message="--suggest is for one file.", remedy=remedy))
    zone = None if timezone is None else check_zone(timezone)
    return write_mapping(suggest_for_file(Path(files[0]), zone))


def _refused(books: Sequence[Rulebook], reading: Reading) -> str:
    """Return why a replay of these rulebooks would not start; empty if it would."""
    from touchrules.replay.run import check_fit

    try:
        check_fit(books, reading.stream)
    except DataError as error:
        return str(error)
    return ""


def _as_json(plain: dict[str, object], reading: Reading, lacking: Sequence[LackingRule], refused: str) -> str:
    told = {name: value for name, value in plain.items() if name != "silent_rules"}
    told["set_aside"] = len(reading.rejects)
    told["not_selected"] = reading.unselected
    told["lacking_rules"] = [
        {"rulebook": one.rulebook, "rule": one.rule, "absent": one.absent, "silent": one.silent}
        for one in lacking
    ]
    told["refused"] = refused
    return json.dumps(told, indent=2)
