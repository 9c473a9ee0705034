"""Shows tables and progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

Tell = Callable[[str, int, int | None], None]
_WIDTH_OF_A_FILE = 120


def make_console() -> Console:
    """Return standard output; where that is no terminal, tables are 120 characters wide."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_A_FILE
    return Console(width=width, highlight=False, markup=False, emoji=False)


def make_table(*columns: str, texts: int = 1) -> Table:
    """Return an empty table: the first columns, `texts` of them, hold texts, the others numbers.

    Of the texts only those of the last column go on in another line.
    """
    table = Table(box=None, pad_edge=False)
    for position, column in enumerate(columns):
        if position < texts:
            table.add_column(column, overflow="fold", no_wrap=position < texts - 1)
        else:
            table.add_column(column, justify="right", no_wrap=True)
    return table


def add_row(table: Table, cells: Sequence[object], style: str = "") -> None:
    """Add a row; whole numbers get thousands commas, texts are shown as they are."""
    table.add_row(*(Text(show(cell)) for cell in cells), style=style)


def print_table(console: Console, title: str, table: Table) -> None:
    """Print a table below its title, after a blank line."""
    console.print()
    console.print(title, style="bold")
    console.print(table)


def show(cell: object) -> str:
    """Return a cell of a table as text that no terminal takes for a command.

    >>> show(1234567), show(None), show("a\\x1b[31mb")
    ('1,234,567', '-', 'a?[31mb')
    """
    if cell is None:
        return "-"
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return "".join(character if character.isprintable() else "?" for character in str(cell))


def show_share(share: float | None) -> str:
    """Return a share as a percentage.

    >>> show_share(0.1234), show_share(None)
    ('12.3%', '-')
    """
    return "-" if share is None else f"{share:.1%}"


def notify(notice: str) -> None:
    """Show a notice on standard error."""
    sys.stderr.write(f"{notice}\n")


@contextmanager
def progress_bars() -> Iterator[Tell | None]:
    """Return what shows progress on standard error; None if that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell
