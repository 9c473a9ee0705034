"""The pages about rulebooks, and the advice of articles that they list."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.errors import RulebookError
from touchrules.language.heuristics import Article, load_articles
from touchrules.language.load import load_rulebooks, parse_rulebooks
from touchrules.language.pages import make_pages, make_table

BOOK = """\
rulebook: manners
language: 1
title: Good manners
about: How we behave.
sources: {talks: {title: On talks, author: A. Writer}}
rules:
- {id: no-shouting, title: Do not shout!, severity: low, tags: [T1], when: {kind: call}}
- {id: loud, title: A loud call, severity: info, report: false, tags: [T1], when: {kind: call}}
"""
ADVICE = "articles: {talks: {T1: Speak softly., T2: Listen.}}\n"


def read(folder: Path, advice: str) -> tuple[Article, ...]:
    (folder / "heuristics.yaml").write_text(advice)
    return load_articles([folder], parse_rulebooks({"manners.rulebook.yaml": BOOK}))


def test_the_table_tells_advice_and_rules_and_what_has_none(tmp_path: Path) -> None:
    table = make_table(parse_rulebooks({"manners.rulebook.yaml": BOOK}), read(tmp_path, ADVICE))
    assert table == (
        "## On talks\n\nBy A. Writer.\n\n"
        "| | advice | rules |\n| --- | --- | --- |\n"
        "| T1 | Speak softly. | [Do not shout!](manners.md#do-not-shout) (`no-shouting`)"
        "<br>[A loud call](manners.md#a-loud-call) (`loud`) |\n"
        "| T2 | Listen. | none yet |\n"
    )


def test_there_is_a_page_for_each_rulebook_and_one_that_lists_them(tmp_path: Path) -> None:
    pages = make_pages(parse_rulebooks({"manners.rulebook.yaml": BOOK}), read(tmp_path, ADVICE))
    assert list(pages) == ["README.md", "manners.md"]
    assert "| [Good manners](manners.md) | How we behave. | 2 |" in pages["README.md"]
    assert "1 rulebook with 2 rules, of which 1 report" in pages["README.md"]


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("articles: {tolks: {T1: A}}", '"tolks" is no source of these rulebooks.'),
        ("articles: {talks: {T1: 3}}", "`T1` is a text, but here is the number 3."),
        ("articles: [talks]", "`articles` is a mapping, but here is a list."),
        ("artikles: {}", '"artikles" is no key of a file of heuristics.'),
    ],
)
def test_mistakes_in_the_advice_are_told_with_their_place(tmp_path: Path, advice: str, said: str) -> None:
    with pytest.raises(RulebookError, match=r"heuristics\.yaml:1:") as told:
        read(tmp_path, advice)
    assert said in str(told.value)


def test_one_advice_in_two_articles_is_a_mistake(tmp_path: Path) -> None:
    book = BOOK.replace("sources: {", "sources: {more: {title: More}, ")
    (tmp_path / "heuristics.yaml").write_text("articles: {talks: {T1: A}, more: {T1: B}}")
    with pytest.raises(RulebookError, match='"T1" stands in two articles'):
        load_articles([tmp_path], parse_rulebooks({"manners.rulebook.yaml": book}))


def test_files_about_rulebooks_are_not_taken_for_rulebooks(tmp_path: Path) -> None:
    (tmp_path / "manners.rulebook.yaml").write_text(BOOK)
    (tmp_path / "heuristics.yaml").write_text(ADVICE)
    (tmp_path / "health.yaml").write_text("excuses: []")
    assert [book.name for book in load_rulebooks([tmp_path])] == ["manners"]
