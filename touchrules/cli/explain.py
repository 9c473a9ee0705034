"""The command `explain`: why one contact's touches were found by rules or left alone."""

from __future__ import annotations

from typing import Annotated

import typer

from touchrules.cli.options import AsOf, Map, Rulebooks, Settings, Timezone, Touches

Contact = Annotated[
    str, typer.Option("--contact", metavar="ID", help="The contact, as the field contact_id names it.")
]


def explain(
    *,
    rulebooks: Rulebooks,
    touches: Touches,
    contact: Contact,
    map_file: Map = None,
    timezone: Timezone = None,
    as_of: AsOf = None,
    settings: Settings = [],
) -> None:
    """Tell, touch by touch, what rules made of one contact, and why.

    Shows which facts stood, which numbers were compared with which thresholds, what was found, and which
    rules looked and stayed silent.
    """
    from touchrules.cli import inputs
    from touchrules.cli.explanation import write_explanation
    from touchrules.cli.screen import make_console, notify, progress_bars
    from touchrules.replay import explain as explaining

    source = inputs.open_source(touches, map_file, timezone)
    instant = inputs.read_as_of(as_of, source.zone)
    books = inputs.read_rulebooks(rulebooks, settings)
    with progress_bars() as tell:
        stream = inputs.read_source(source, books, tell).stream
        told = explaining.explain(books, stream, contact, as_of=instant, progress=tell, notify=notify)
    console = make_console()
    for line in write_explanation(told):
        console.print(line, soft_wrap=True)
