"""The command `lab`: JupyterLab with the studio open."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from touchrules.errors import ArgumentError, MissingExtra, Problem

_PACKAGE: Final = Path(__file__).parents[1]
_CONFIG: Final = _PACKAGE / "shipped" / "lab"
_FOLDER: Final = "touchrules-rulebooks"
_COPIED: Final = ("*.rulebook.yaml", "*.tests.yaml", "health.yaml")

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FILE",
        help="The touches: a file, or a folder of Parquet files. By default the year of a made-up company.",
        show_default=False,
    ),
]
Rulebooks = Annotated[
    Path | None,
    typer.Option(
        "--rulebooks",
        metavar="FOLDER",
        help=f"The folder of your rulebooks. By default {_FOLDER}, which is made with a copy of the shipped"
        " rulebooks if it is not there.",
        show_default=False,
    ),
]
Browser = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the browser, or tell the address only.")
]
Arguments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ARGUMENT",
        help="Arguments of JupyterLab itself, after --, such as --ServerApp.port=9000.",
        show_default=False,
    ),
]


def lab(
    *, data: Data = None, rulebooks: Rulebooks = None, browser: Browser = True, arguments: Arguments = None
) -> None:
    """Open JupyterLab with the studio over your rulebooks."""
    _check_jupyterlab()
    if data is not None and not data.exists():
        raise ArgumentError(Problem(message=f"--data: there is no file {data}.", remedy="Check its name."))
    folder = _find_folder(rulebooks).resolve()
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    if not browser:
        command.append("--no-browser")
    _become([*command, *(arguments or ())], make_environment(os.environ, folder, data))


def make_environment(given: Mapping[str, str], folder: Path, data: Path | None) -> dict[str, str]:
    """Return what JupyterLab and its kernels find in their environment."""
    config = [part for part in (str(_CONFIG), given.get("JUPYTER_CONFIG_PATH")) if part]
    environment = {
        **given,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(config),
        "TOUCHRULES_RULEBOOKS": str(folder),
    }
    if data is not None:
        environment["TOUCHRULES_TOUCHES"] = str(data.resolve())
    return environment


def _check_jupyterlab() -> None:
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingExtra(
            Problem(message="JupyterLab is not installed.", remedy="pip install 'touchrules[lab]'")
        )


def _find_folder(given: Path | None) -> Path:
    if given is None:
        folder = Path(_FOLDER)
        if not folder.exists():
            _fill(folder)
        return folder
    if not given.is_dir():
        remedy = f"Make it, or leave --rulebooks out: then {_FOLDER} is made with the shipped rulebooks."
        raise ArgumentError(Problem(message=f"--rulebooks: there is no folder {given}.", remedy=remedy))
    return given


def _fill(folder: Path) -> None:
    from touchrules.replay.writing import write_texts

    shipped = _PACKAGE / "shipped" / "rulebooks"
    source = shipped if shipped.is_dir() else _PACKAGE.parent / "rulebooks"
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for pattern in _COPIED
        for path in sorted(source.glob(pattern))
    }
    write_texts(folder, texts)
    typer.echo(f"{folder}: a copy of the shipped rulebooks and their tests, {len(texts)} files.")


def _become(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run JupyterLab in the place of this process, so that Ctrl-C is its own."""
    sys.stdout.flush()
    os.execve(command[0], list(command), dict(environment))  # noqa: S606
