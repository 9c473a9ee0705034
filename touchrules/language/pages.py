"""The pages about rulebooks that a manager reads: one a rulebook, and one that lists them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from touchrules.language.describe import describe_rulebook, table_row
from touchrules.language.heuristics import Article, Heuristic, rules_of
from touchrules.language.phrasing import say_count
from touchrules.model.rules import Rule, Rulebook

INDEX: Final = "README.md"
_GENERATED: Final = "<!-- Made by `touchrules describe --out`: change the rulebooks, not this page. -->\n\n"


def make_pages(rulebooks: Sequence[Rulebook], articles: Sequence[Article]) -> dict[str, str]:
    """Return the text of each page by the name of its file: README.md, and NAME.md for each rulebook."""
    pages = {page_of(book): _GENERATED + describe_rulebook(book, rulebooks) for book in rulebooks}
    return {INDEX: _GENERATED + make_index(rulebooks, articles), **pages}


def page_of(rulebook: Rulebook) -> str:
    """Return the name of a rulebook's page."""
    return f"{rulebook.name}.md"


def make_index(rulebooks: Sequence[Rulebook], articles: Sequence[Article]) -> str:
    """Return the page that lists the rulebooks, and tells for each advice the rules made of it."""
    shown = sum(rule.report for book in rulebooks for rule in book.rules)
    rules = sum(len(book.rules) for book in rulebooks)
    blocks = [
        "# Rulebooks",
        f"{say_count(len(rulebooks), 'rulebook')} with {say_count(rules, 'rule')}"
        f", of which {shown} report what they find. The others note what several rules ask for.",
        "\n".join(_book_table(rulebooks)),
        make_table(rulebooks, articles).strip(),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _book_table(rulebooks: Sequence[Rulebook]) -> Iterator[str]:
    yield "| rulebook | what it is about | rules |"
    yield "| --- | --- | ---: |"
    for book in rulebooks:
        name = f"[{book.title or book.name}]({page_of(book)})"
        yield table_row((name, book.about.strip(), str(len(book.rules))))


def make_table(rulebooks: Sequence[Rulebook], articles: Sequence[Article]) -> str:
    """Return the tables article by article: the advice, and the rules that look after it, as markdown."""
    return "\n\n".join(block for article in articles for block in _article_blocks(article, rulebooks)) + "\n"


def _article_blocks(article: Article, rulebooks: Sequence[Rulebook]) -> Iterator[str]:
    source = article.source
    yield f"## {source.title}"
    if by := ", ".join(part for part in (source.author, source.publisher) if part):
        yield f"By {by}." if source.author else f"{by}."
    rows = [table_row((one.id, one.says, _say_rules(one, rulebooks))) for one in article.heuristics]
    yield "\n".join(["| | advice | rules |", "| --- | --- | --- |", *rows])


def _say_rules(heuristic: Heuristic, rulebooks: Sequence[Rulebook]) -> str:
    rules = rules_of(heuristic, rulebooks)
    return "<br>".join(_link(book, rule) for book, rule in rules) or "none yet"


def _link(book: Rulebook, rule: Rule) -> str:
    """Return a link to a rule on its page, with its id as a hint.

    A heading's anchor is made as the usual markdown sites make it: small letters, blanks as hyphens.
    """
    anchor = re.sub(r"[^\w\- ]", "", rule.title.lower()).replace(" ", "-")
    return f"[{rule.title}]({page_of(book)}#{anchor}) (`{rule.id}`)"
