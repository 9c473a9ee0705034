"""The command `prepare`: touches made ready once, for many replays."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from touchrules.cli.options import BadRows, BadRowsChoice, Map, Rulebooks, Settings, Timezone, Touches

Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER.touches",
        help="The folder to write. It may be given to --touches then, and may take the place of one that was"
        " prepared before.",
    ),
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Read the folder anew when it is written, and compare what it holds."),
]


def prepare(
    *,
    rulebooks: Rulebooks,
    touches: Touches,
    out: Out,
    map_file: Map = None,
    timezone: Timezone = None,
    settings: Settings = [],
    bad_rows: BadRows = BadRowsChoice.STOP,
    check: Check = False,
) -> None:
    """Read touches once, and keep them where they open in a moment.

    The signals of the rulebooks are read and kept too.
    Other rulebooks may be replayed over it too: signals that it lacks are read then, each time. To add
    them, prepare the folder itself again, under the same name.
    """
    from touchrules.cli import inputs
    from touchrules.cli.screen import progress_bars
    from touchrules.engines.columnar.preparing import prepare_stream
    from touchrules.engines.plan import make_plan
    from touchrules.replay.run import check_fit
    from touchrules.streams.prepared import check_place, check_prepared

    source = inputs.open_source(touches, map_file, timezone, bad_rows)
    check_place(out)
    books = inputs.read_rulebooks(rulebooks, settings)
    with progress_bars() as tell:
        reading = inputs.read_source(source, books, tell)
        stream = reading.stream
        check_fit(books, stream)
        plan = make_plan(books, stream.types, stream.timezone)
        prepare_stream(
            plan, stream, out, rejects=reading.rejects, unselected=reading.unselected, progress=tell
        )
    if check:
        check_prepared(out)
    size = sum(path.stat().st_size for path in out.iterdir())
    typer.echo(f"{out}: {len(stream):,} touches and {len(plan.signals)} signals, {size / 1e6:,.0f} MB.")
