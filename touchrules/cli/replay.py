"""The command `replay`: which rules were broken, by whom and when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from touchrules.cli.options import (
    AsJson,
    AsOf,
    BadRows,
    BadRowsChoice,
    EngineChoice,
    Map,
    Rulebooks,
    Settings,
    Timezone,
    TouchesOrDemo,
)

Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Where findings.parquet, expectations.parquet, facts.parquet and summary.json are written,"
        " and rejects.csv with --bad-rows skip.",
    ),
]


def replay(
    *,
    rulebooks: Rulebooks,
    out: Out,
    touches: TouchesOrDemo = [],
    map_file: Map = None,
    timezone: Timezone = None,
    as_of: AsOf = None,
    settings: Settings = [],
    engine: EngineChoice = "durable",
    bad_rows: BadRows = BadRowsChoice.STOP,
    as_json: AsJson = False,
) -> None:
    """Replay rulebooks over past touches; without --touches over the year of a made-up company.

    Writes all findings, expectations and facts, and shows what a manager reads first.
    """
    from touchrules.cli import inputs
    from touchrules.cli.screen import make_console, notify, progress_bars
    from touchrules.cli.summary import show_files, show_summary
    from touchrules.replay import run, writing

    chosen = inputs.check_engine(engine)
    source = inputs.open_source(touches or _choose_demo(map_file), map_file, timezone, bad_rows)
    instant = inputs.read_as_of(as_of, source.zone)
    writing.check_folder(out)
    books = inputs.read_rulebooks(rulebooks, settings)
    with progress_bars() as tell:
        reading = inputs.read_source(source, books, tell)
        done = run.replay(books, reading.stream, as_of=instant, engine=chosen, progress=tell, notify=notify)
    rejects = reading.rejects if bad_rows is BadRowsChoice.SKIP else None
    paths = writing.write_replay(done, out, rejects=rejects, unselected=reading.unselected)
    if as_json:
        typer.echo(writing.write_summary(done, rejects, reading.unselected), nl=False)
        return
    console = make_console()
    show_summary(console, done.summary)
    show_files(console, paths, set_aside=len(reading.rejects), unselected=reading.unselected)


def _choose_demo(map_file: Path | None) -> list[str]:
    """Return the shipped demo as the touches to replay, and say so. Raises ArgumentError beside a mapping."""
    from touchrules.cli.screen import notify
    from touchrules.errors import ArgumentError, Problem
    from touchrules.streams.demo.shipped import SHIPPED

    if map_file is not None:
        message = "--map tells how to read a file of touches, and there is none."
        raise ArgumentError(Problem(message=message, remedy="Name the file by --touches."))
    notify(f"No --touches are given: this is the year of a made-up company, {SHIPPED}.")
    return [str(SHIPPED)]
