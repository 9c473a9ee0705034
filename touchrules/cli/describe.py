"""The command `describe`: rulebooks in plain English."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import Rulebooks, Settings
from touchrules.errors import ArgumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchrules.model.rules import Rulebook

RuleId = Annotated[str | None, typer.Option("--rule", metavar="ID", help="Describe only this rule.")]


def describe(*, rulebooks: Rulebooks, rule: RuleId = None, settings: Settings = []) -> None:
    """Tell in plain English what rulebooks do."""
    from touchrules.cli.inputs import read_rulebooks
    from touchrules.language.describe import describe_rulebook

    books = read_rulebooks(rulebooks, settings)
    if rule is not None:
        text = _describe_rule(books, rule)
    else:
        text = "\n\n".join(describe_rulebook(book).strip() for book in books)
    if not sys.stdout.isatty():
        typer.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def _describe_rule(books: Sequence[Rulebook], wanted: str) -> str:
    from touchrules.language.describe import describe_rule
    from touchrules.language.words import allowed

    for book in books:
        for rule in book.rules:
            if rule.id == wanted:
                return describe_rule(rule, book)
    known = [rule.id for book in books for rule in book.rules]
    message = f'--rule: these rulebooks have no rule "{wanted}".'
    raise ArgumentError(Problem(message=message, remedy=allowed(wanted, known, label="Rules")))
