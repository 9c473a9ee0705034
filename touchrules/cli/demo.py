"""The command `demo`: makes up a year of a company, and tells what is true of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_MOST = 9_999_999

Number = Annotated[
    int, typer.Option("--touches", min=1, max=_MOST, metavar="N", help="How many touches are to be made.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="Another seed makes another company.")]
Out = Annotated[
    Path, typer.Option("--out", metavar="FOLDER", help="Where touches.csv.gz and truth.json are written.")
]


def demo(*, out: Out, touches: Number = 50_000, seed: Seed = 1) -> None:
    """Make up a year of a company: its touches, and their truth.

    The truth tells by which effects the outcomes were drawn, and which touches break which rule. The same
    seed gives the same bytes.
    """
    from touchrules.cli.screen import make_console, progress_bars, show
    from touchrules.replay import writing
    from touchrules.streams.demo.files import TOUCHES, TRUTH, write_touches
    from touchrules.streams.demo.story import Ledger
    from touchrules.streams.demo.truth import make_truth

    made: list[Ledger] = []
    with progress_bars() as tell:
        paths = writing.write_files(
            out,
            {
                TOUCHES: lambda path: made.append(write_touches(path, touches, seed, tell)),
                TRUTH: lambda path: writing.write_text(make_truth(made[0], seed), path),
            },
        )
    planted = made[0].planted
    breaches = sum(len(touched) for touched in planted.values())
    console = make_console()
    console.print(f"{paths[0]}: {show(touches)} touches of {show(made[0].people)} contacts")
    console.print(
        f"{paths[1]}: {show(breaches)} breaches of {len(planted)} rules, and the effects behind the outcomes"
    )
