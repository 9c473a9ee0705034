"""The command `export`: tuned rulebooks as one file for where reps work."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import AsOf, Map, Rulebooks, Settings, Timezone
from touchrules.errors import ArgumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchrules.cli.inputs import Source
    from touchrules.cli.screen import Tell
    from touchrules.model.rules import Rulebook
    from touchrules.production.bundle.keys import SigningKey
    from touchrules.production.bundle.manifest import Manifest, ReplayFigures

Out = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="Where to write it, such as manners.touchrules.")
]
Off = Annotated[
    list[str],
    typer.Option("--off", metavar="RULE", help="Switches a rule off, by its id. May be given several times."),
]
Touches = Annotated[
    list[str],
    typer.Option(
        "--touches",
        metavar="FILE",
        help="Touches to replay first: how many each rule found goes into the bundle, the touches do not."
        " CSV, JSON Lines or Parquet. May be given several times.",
        show_default=False,
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who exports it. By default the name of your login."),
]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="Why it is exported, for whoever receives it.")
]
Time = Annotated[
    str | None,
    typer.Option(
        "--time",
        metavar="TIME",
        help="When it is exported, by default now. The same input, key and time give the same bytes.",
    ),
]
Key = Annotated[
    str | None,
    typer.Option("--key", metavar="NAME_OR_FILE", help="Your key to sign with. By default your only one."),
]
Unsigned = Annotated[
    bool, typer.Option("--unsigned", help="Do not sign it: it is loaded only with --allow-unsigned.")
]
AllowUntested = Annotated[
    bool,
    typer.Option(
        "--allow-untested", help="Export it though rules in force have no test; the bundle names them."
    ),
]


def export(  # noqa: PLR0913 - one for each option
    *,
    rulebooks: Rulebooks,
    out: Out,
    settings: Settings = [],
    off: Off = [],
    touches: Touches = [],
    map_file: Map = None,
    timezone: Timezone = None,
    as_of: AsOf = None,
    by: By = None,
    note: Note = "",
    moment: Time = None,
    key: Key = None,
    unsigned: Unsigned = False,
    allow_untested: AllowUntested = False,
) -> None:
    """Export tuned rulebooks as one signed file that proves itself.

    It holds the rulebooks with their values fixed, their tests, a small made-up sample with what both engines
    find in it, and where it comes from. `touchrules keys create` makes the key to sign it with.
    """
    from touchrules.cli.inputs import open_source, read_settings
    from touchrules.cli.screen import progress_bars
    from touchrules.production.bundle import exporting
    from touchrules.production.bundle.tuned import make_editions, read_tuned

    exporting.check_out(out)
    _refuse_beside(touches, {"--map": map_file, "--as-of": as_of})
    signing = None if unsigned else _find_key(key)
    source = open_source(touches, map_file, timezone)
    tuned = read_tuned(rulebooks, read_settings(settings), dict.fromkeys(off, False))
    with progress_bars() as tell:
        replayed = _replay(make_editions(tuned).rulebooks, source, as_of, tell) if touches else None
        manifest = exporting.export_bundle(
            tuned,
            out,
            exporting.Provenance(
                created=_read_time(moment, source.zone),
                by=exporting.find_login() if by is None else by,
                note=note,
                timezone=source.zone,
                replay=replayed,
            ),
            key=signing,
            judge_untested=exporting.allow_untested if allow_untested else exporting.refuse_untested,
            progress=tell,
        )
    _show(out, manifest, signing)


def _refuse_beside(touches: Sequence[str], options: dict[str, object]) -> None:
    given = [name for name, value in options.items() if value is not None]
    if given and not touches:
        message = f"{' and '.join(given)} says how touches are replayed, and there are none."
        raise ArgumentError(Problem(message=message, remedy="Name the file by --touches."))


def _find_key(named: str | None) -> SigningKey:
    """Return the private key to sign with: of a file, of a name, or the only one of one's own."""
    from touchrules.production.bundle.keyring import Keyring, read_private_file

    if named is not None and Path(named).is_file():
        return read_private_file(Path(named))
    try:
        return Keyring().signing_key(named)
    except ArgumentError as error:
        first = error.problems[0]
        remedy = f"{first.remedy} Or leave the bundle unsigned: --unsigned."
        raise ArgumentError(dataclasses.replace(first, remedy=remedy)) from error


def _read_time(text: str | None, zone: str) -> int:
    from touchrules.model.durations import SECOND
    from touchrules.streams.instants import TIME_REMEDY, read_instant, why_no_instant

    if text is None:
        return int(time.time()) * SECOND
    instant = read_instant(text, zone)
    if instant is None:
        message = f'--time: "{text}" {why_no_instant(text)}.'
        raise ArgumentError(Problem(message=message, remedy=TIME_REMEDY))
    return instant


def _replay(
    rulebooks: Sequence[Rulebook], source: Source, as_of: str | None, tell: Tell | None
) -> ReplayFigures:
    from touchrules.cli.inputs import read_as_of, read_source
    from touchrules.production.bundle.exporting import figures_of
    from touchrules.replay import run

    stream = read_source(source, rulebooks, tell).stream
    done = run.replay(rulebooks, stream, as_of=read_as_of(as_of, source.zone), progress=tell)
    return figures_of(done.summary, source.files)


def _show(out: Path, manifest: Manifest, key: SigningKey | None) -> None:
    from touchrules.cli.screen import make_console, notify, show

    for one in manifest.untested:
        notify(f"Warning: rule {one.rule} of {one.rulebook} has no test.")
    for left in manifest.left_out:
        notify(f"Left out: test {left.test!r} of {left.rule}. {left.why}")
    console = make_console()
    for text in (
        f"{out}: {', '.join(one.name for one in manifest.rulebooks)}, with"
        f" {sum(one.tests for one in manifest.tests):,} tests and a sample of"
        f" {manifest.sample.touches:,} touches.",
        *(f"Changed: {one.told}" for one in manifest.parameters),
        *(f"Switched {'on' if one.on else 'off'}: {one.title}" for one in manifest.switched),
        "Unsigned." if key is None else f"Signed with the key {key.public.id}.",
    ):
        console.print(show(text), soft_wrap=True)
