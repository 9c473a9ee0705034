"""The command `describe`: rulebooks in plain English."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import Rulebooks, Settings
from touchrules.errors import ArgumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchrules.model.rules import Rulebook

RuleId = Annotated[str | None, typer.Option("--rule", metavar="ID", help="Describe only this rule.")]
Table = Annotated[
    bool,
    typer.Option(
        "--table",
        help="Show the advice of the articles and the rules made of it, from heuristics.yaml in the folder.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Write a page for each rulebook, NAME.md, and README.md with the table.",
    ),
]


def describe(
    *,
    rulebooks: Rulebooks,
    rule: RuleId = None,
    table: Table = False,
    out: Out = None,
    settings: Settings = [],
) -> None:
    """Tell in plain English what rulebooks do."""
    from touchrules.cli.inputs import read_rulebooks

    _check_one_wish(rule, out, table=table)
    books = read_rulebooks(rulebooks, settings)
    if out is not None:
        _write_pages(books, rulebooks, out)
    elif table:
        from touchrules.language.heuristics import load_articles
        from touchrules.language.pages import make_table

        _show(make_table(books, load_articles(rulebooks, books)).strip())
    else:
        _show(_describe_all(books) if rule is None else _describe_rule(books, rule))


def _check_one_wish(rule: str | None, out: Path | None, *, table: bool) -> None:
    wishes = [
        name
        for name, given in (("--rule", rule is not None), ("--table", table), ("--out", out is not None))
        if given
    ]
    if len(wishes) > 1:
        message = f"{' and '.join(wishes)} do not go together."
        raise ArgumentError(Problem(message=message, remedy="Give one of them."))


def _write_pages(books: Sequence[Rulebook], paths: Sequence[str], folder: Path) -> None:
    from touchrules.language.heuristics import load_articles
    from touchrules.language.pages import make_pages
    from touchrules.replay.writing import write_texts

    pages = make_pages(books, load_articles(paths, books))
    write_texts(folder, pages)
    typer.echo(f"Written to {folder}: {', '.join(pages)}.")


def _show(text: str) -> None:
    if not sys.stdout.isatty():
        typer.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def _describe_all(books: Sequence[Rulebook]) -> str:
    from touchrules.language.describe import describe_rulebook

    return "\n\n".join(describe_rulebook(book, books).strip() for book in books)


def _describe_rule(books: Sequence[Rulebook], wanted: str) -> str:
    from touchrules.language.describe import describe_rule
    from touchrules.language.words import allowed

    for book in books:
        for rule in book.rules:
            if rule.id == wanted:
                return describe_rule(rule, book, books)
    known = [rule.id for book in books for rule in book.rules]
    message = f'--rule: these rulebooks have no rule "{wanted}".'
    raise ArgumentError(Problem(message=message, remedy=allowed(wanted, known, label="Rules")))
