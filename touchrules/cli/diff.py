"""The command `diff`: what two versions of rulebooks differ in, in business words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import (
    AllowNewer,
    AllowUnsigned,
    AllowUntrusted,
    AsOf,
    Map,
    Timezone,
    TrustedKey,
)
from touchrules.errors import ArgumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchrules.production.comparing.document import Comparison
    from touchrules.production.comparing.measuring import Measurement
    from touchrules.production.comparing.version import Version


class Form(StrEnum):
    """As what a comparison is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


Versions = Annotated[
    list[str],
    typer.Argument(
        metavar="BEFORE AFTER [-- PATH...]",
        help="Two rulebooks, folders with rulebooks, bundles, or versions that git keeps of them"
        " (REVISION:PATH). Or one or two revisions, and the paths to compare in them.",
        show_default=False,
    ),
]
Format = Annotated[
    Form, typer.Option("--format", help="As what it is written: html is a page to approve on.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write it into a file. By default on standard output."),
]
ReplayedTouches = Annotated[
    list[str],
    typer.Option(
        "--touches",
        metavar="FILE",
        help="Replay both versions on these touches, and tell what is found newly and no longer: CSV, JSON"
        " Lines or Parquet. May be given several times.",
        show_default=False,
    ),
]
ExitCode = Annotated[
    bool,
    typer.Option(
        "--exit-code", help="End with exit code 1 if anything but comments and layout differs, for scripts."
    ),
]


def diff(  # noqa: PLR0913 - one for each option
    *,
    versions: Versions,
    form: Format = Form.TEXT,
    out: Out = None,
    touches: ReplayedTouches = [],
    map_file: Map = None,
    timezone: Timezone = None,
    as_of: AsOf = None,
    key: TrustedKey = None,
    allow_unsigned: AllowUnsigned = False,
    allow_untrusted: AllowUntrusted = False,
    allow_newer: AllowNewer = False,
    exit_code: ExitCode = False,
) -> None:
    """Tell in business words what two versions of rulebooks differ in.

    \b
    touchrules diff OLD NEW                         two files, folders or bundles
    touchrules diff HEAD~1:rulebooks rulebooks      what git keeps, and what stands there now
    touchrules diff HEAD~1 HEAD -- rulebooks        two versions that git keeps
    touchrules diff HEAD -- rulebooks               since the last commit

    With --touches it also tells what is found newly and what no longer, with examples. Rulebooks of the same
    folder on which a compared one builds are loaded with it, and not compared.
    """
    from touchrules.cli.trust import make_trust
    from touchrules.production.comparing.asking import find_versions
    from touchrules.production.comparing.compare import compare

    _check_out(out, touches, map_file)
    _refuse_without_touches(touches, {"--map": map_file, "--timezone": timezone, "--as-of": as_of})
    trust = make_trust(key, unsigned=allow_unsigned, untrusted=allow_untrusted, newer=allow_newer)
    before, after = find_versions(versions, Path.cwd(), trust)
    measured = _measure(before, after, touches, map_file, timezone, as_of) if touches else None
    comparison = compare(before, after, measured)
    written = _write(comparison, form)
    if out is None:
        typer.echo(written, nl=False)
    else:
        from touchrules.replay.writing import write_file, write_text

        write_file(out, lambda path: write_text(written, path))
    if exit_code and comparison.differs:
        raise typer.Exit(1)


def _check_out(out: Path | None, touches: Sequence[str], map_file: Path | None) -> None:
    """Raise ArgumentError where a comparison would be written over what is compared or replayed."""
    if out is None or not out.exists():
        return
    replayed = (Path(one) for one in (*touches, map_file) if one is not None)
    read = any(one.exists() and out.samefile(one) for one in replayed)
    if read or out.suffix in {".yaml", ".yml", ".touchrules"}:
        message = f"{out} is there already, and it is no comparison."
        raise ArgumentError(Problem(message=message, remedy="Choose another name, such as changes.html."))


def _refuse_without_touches(touches: Sequence[str], beside: dict[str, object]) -> None:
    given = [option for option, value in beside.items() if value is not None]
    if given and not touches:
        message = f"{' and '.join(given)} tell how to replay touches, and there are none."
        raise ArgumentError(Problem(message=message, remedy="Name a file of them by --touches."))


def _measure(
    before: Version,
    after: Version,
    touches: Sequence[str],
    map_file: Path | None,
    timezone: str | None,
    as_of: str | None,
) -> Measurement:
    from touchrules.cli import inputs
    from touchrules.cli.screen import progress_bars
    from touchrules.production.comparing.measuring import Measurement, Touches

    source = inputs.open_source(touches, map_file, timezone)
    end = inputs.read_as_of(as_of, source.zone)
    books = (*before.edition.rulebooks, *after.edition.rulebooks)
    with progress_bars() as tell:
        stream = inputs.read_source(source, books, tell).stream
        files = tuple(Path(file).name for file in touches)
        return Measurement(before, after, Touches(stream=stream, files=files, as_of=end), tell)


def _write(comparison: Comparison, form: Form) -> str:
    from touchrules.production.comparing.ashtml import write_comparison_html
    from touchrules.production.comparing.asjson import write_comparison_json
    from touchrules.production.comparing.astext import write_comparison_text

    writers = {
        Form.TEXT: write_comparison_text,
        Form.JSON: write_comparison_json,
        Form.HTML: write_comparison_html,
    }
    return writers[form](comparison)
