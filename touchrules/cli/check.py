"""The command `check`: whether rulebooks and their tests are free of mistakes."""

from __future__ import annotations

import typer

from touchrules.cli.options import Rulebooks, Settings
from touchrules.errors import ArgumentError


def check(*, rulebooks: Rulebooks, settings: Settings = []) -> None:
    """Tell every mistake in rulebooks and their tests."""
    from touchrules.cli.inputs import read_rulebooks
    from touchrules.language.load import check_rulebooks, rulebook_files
    from touchrules.language.testfiles import load_tests

    if rulebook_files(rulebooks)[1]:
        raise ArgumentError(check_rulebooks(rulebooks))
    books = read_rulebooks(rulebooks, settings)
    tests = load_tests(rulebooks, books)
    counts = (
        _count(len(books), "rulebook"),
        _count(sum(len(book.rules) for book in books), "rule"),
        _count(sum(len(book.facts) for book in books), "fact"),
        _count(len(tests), "test"),
    )
    typer.echo(f"No mistakes in {', '.join(counts)}.")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
