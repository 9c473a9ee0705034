"""The command `touchrules`, which says in plain sentences what went wrong."""

from __future__ import annotations

import io
import sys
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from touchrules import __version__
from touchrules.cli.check import check
from touchrules.cli.demo import demo
from touchrules.cli.describe import describe
from touchrules.cli.diff import diff
from touchrules.cli.exitcodes import write_exit_codes
from touchrules.cli.explain import explain
from touchrules.cli.export import export
from touchrules.cli.health import health
from touchrules.cli.keys import keys
from touchrules.cli.lab import lab
from touchrules.cli.prepare import prepare
from touchrules.cli.profile import profile
from touchrules.cli.replay import replay
from touchrules.cli.run import run
from touchrules.cli.schema import schema
from touchrules.cli.test import run_tests
from touchrules.cli.verify import verify
from touchrules.errors import Cancelled, TouchrulesError

_NO_COMMANDS: Final = dict.fromkeys({*range(32), *range(127, 160)} - {*map(ord, "\n\t")}, "?")
"""What a terminal would take for a command; errors tell words of files that come from anybody."""


class Commands(TyperGroup):
    """The commands; whatever a user can mend becomes a text on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except TouchrulesError as error:
            typer.echo(str(error).translate(_NO_COMMANDS), err=True)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            typer.echo("Stopped by Ctrl-C. Nothing was written.", err=True)
            raise typer.Exit(Cancelled.exit_code) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(f"  {where}{error.strerror or error}.", err=True)
            raise typer.Exit(2) from error


_HELP: Final = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_HELP,
    epilog="\b\n" + write_exit_codes(),
)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"touchrules {__version__}")
        raise typer.Exit


@app.callback()
def touchrules(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in touchrules it failed.")] = False,
) -> None:
    """Good calling manners as rules: replay them over past touches, tune them, run them where reps work."""


for _name, _command in (
    ("replay", replay),
    ("check", check),
    ("test", run_tests),
    ("describe", describe),
    ("diff", diff),
    ("explain", explain),
    ("profile", profile),
    ("prepare", prepare),
    ("health", health),
    ("demo", demo),
    ("lab", lab),
    ("schema", schema),
    ("export", export),
    ("verify", verify),
    ("run", run),
):
    app.command(_name, context_settings=_HELP)(_command)
app.add_typer(keys, name="keys", context_settings=_HELP)


def main() -> None:
    """Run the command line, and report a failure of touchrules itself with exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="touchrules")
    except KeyboardInterrupt:
        sys.exit(Cancelled.exit_code)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        told = f"touchrules itself failed: {type(error).__name__}: {error}"
        remedy = "Please report this. `touchrules --debug ...` shows where it happened."
        typer.echo(f"{told}\n{remedy}", err=True)
        sys.exit(1)
