"""The arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class BadRowsChoice(StrEnum):
    """What becomes of rows that cannot be touches."""

    STOP = "stop"
    SKIP = "skip"


Rulebooks = Annotated[
    list[str],
    typer.Argument(
        metavar="RULEBOOK_OR_FOLDER",
        help="Rulebooks, or folders that are searched for *.rulebook.yaml.",
        show_default=False,
    ),
]
Touches = Annotated[
    list[str],
    typer.Option(
        "--touches",
        metavar="FILE",
        help="A file of touches: CSV or JSON Lines, also .gz or .zst, or Parquet."
        " May be given several times.",
    ),
]
TouchesOrDemo = Annotated[
    list[str],
    typer.Option(
        "--touches",
        metavar="FILE",
        help="A file of touches: CSV or JSON Lines, also .gz or .zst, or Parquet; or a folder of Parquet"
        " files. May be given several times. By default the year of a made-up company.",
        show_default=False,
    ),
]
Map = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE", help="A mapping file, which makes touches of other columns."),
]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone",
        metavar="ZONE",
        help="The time zone of times and contacts that name none, such as Europe/Berlin."
        " By default that of the mapping, else UTC.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="When the replay ends, such as 2025-03-10 17:00; later touches are left out."
        " By default the last touch.",
    ),
]
Settings = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="RULEBOOK.PARAM=VALUE", help="Sets a parameter. May be given several times."
    ),
]
EngineChoice = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="columnar|durable",
        help="The engine that decides: columnar all touches at once, or durable touch by touch, which takes"
        " far longer. Both find the same.",
    ),
]
TestEngine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="columnar|durable",
        help="Run the tests with this engine only. By default with both.",
    ),
]
BadRows = Annotated[
    BadRowsChoice,
    typer.Option("--bad-rows", help="Stop at rows that cannot be touches, or set them aside."),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print JSON for machines on standard output, and nothing else there.")
]
BundleFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A bundle, as `touchrules export` writes it.", show_default=False),
]
TrustedKey = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="Load only bundles that are signed with this public key, as `touchrules keys show` prints it."
        " By default those of your own key and of all that you trust (`touchrules keys list`).",
        show_default=False,
    ),
]
AllowUnsigned = Annotated[
    bool, typer.Option("--allow-unsigned", help="Load a bundle that nobody has signed.")
]
AllowUntrusted = Annotated[
    bool,
    typer.Option("--allow-untrusted", help="Load a bundle that is signed with a key that you do not trust."),
]
AllowNewer = Annotated[
    bool, typer.Option("--allow-newer", help="Load a bundle that a newer touchrules wrote.")
]
