"""The pages beside the shipped rulebooks say what the rulebooks say now."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.language.heuristics import Article, load_articles
from touchrules.language.load import load_rulebooks
from touchrules.language.pages import make_pages
from touchrules.model.rules import Rulebook

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "rulebooks"


@pytest.fixture(scope="module")
def rulebooks() -> tuple[Rulebook, ...]:
    return load_rulebooks([FOLDER])


@pytest.fixture(scope="module")
def articles(rulebooks: tuple[Rulebook, ...]) -> tuple[Article, ...]:
    return load_articles([FOLDER], rulebooks)


def test_the_pages_are_what_describe_writes_now(
    rulebooks: tuple[Rulebook, ...], articles: tuple[Article, ...]
) -> None:
    pages = make_pages(rulebooks, articles)
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(name for name in pages.keys() | there.keys() if pages.get(name) != there.get(name))
    assert not stale, (
        f"run `touchrules describe --out rulebooks rulebooks`, and remove what is no page: {stale}"
    )
