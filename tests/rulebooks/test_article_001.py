"""The caller who was not trying to sell anything, as touches: what the shipped rules say to him."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.replay.run import replay
from touchrules.streams.records import read_records

ROOT: Final = Path(__file__).parents[2]
ARTICLES: Final = ROOT.parent / "shared" / "articles"
ARTICLE: Final = next(iter(sorted(ARTICLES.glob("001_*.txt"))), ARTICLES / "001")
BOOKS: Final = [ROOT / "rulebooks" / f"{name}.rulebook.yaml" for name in ("relationship", "honest_opening")]

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the articles are not on this machine")

# What the article tells of the call: number, city and hour. 02:10 UTC is ten past three in Berlin.
THE_CALL: Final = {
    "touch_id": "t1",
    "at": "2025-03-04 02:10",
    "contact_id": "david",
    "rep_id": "caller",
    "kind": "call",
    "direction": "outbound",
    "outcome": "connected",
    "timezone": "Europe/Berlin",
    "from_number": "+16175550101",
    "to_number": "+16175550199",
}
OF_BAD_MANNERS: Final = {
    "opens-with-a-disclaimer",
    "sells-after-the-disclaimer",
    "no-introduction",
    "pitch-without-a-question",
    "demo-before-discovery",
    "call-without-value",
    "call-in-their-night",
}


@cache
def quoted(begins: str) -> str:
    """The first thing that is said in the article and begins so, without its quotes."""
    found = re.search(rf"[\u2018\u201c]({begins}[^\u201c\u201d]*)\u201d", ARTICLE.read_text("utf-8"))
    assert found, begins
    return found[1]


@cache
def pitch() -> str:
    """The pitch, which the article tells in reported speech, in the caller's own words."""
    found = re.search(r"through his pitch, he (wanted[^.]*)\.", ARTICLE.read_text("utf-8"))
    assert found
    return f"We {found[1]}.".replace(" my ", " your ")


def as_the_rep_spoke() -> str:
    """What the caller said, in its order."""
    return " ".join([quoted("I\u2019m not trying"), pitch(), quoted("When can"), quoted("We know")])


def with_both_sides() -> str:
    """What both said, in its order, one line each time."""
    said = ["I\u2019m not trying", "How can I", "When can", "Why should", "We know", "So you are"]
    first, *rest = (quoted(begins) for begins in said)
    return "\n".join([first, rest[0], pitch(), *rest[1:]])


@cache
def shipped() -> tuple[Rulebook, ...]:
    """The rulebook of the article, with the shared facts."""
    return load_rulebooks(BOOKS)


def broken(**fields: str) -> set[str]:
    """The rules that find something at the call, with these fields."""
    rulebooks = shipped()
    stream = read_records([THE_CALL | fields], declared=declared_types(rulebooks))
    return set(replay(rulebooks, stream).findings["rule"].to_pylist())


@pytest.mark.parametrize("text", [as_the_rep_spoke, with_both_sides])
def test_the_caller_denies_contradicts_hides_pushes_and_rings_at_night(
    text: Callable[[], str],
) -> None:
    assert broken(text=text(), reason="Needs what we sell") == OF_BAD_MANNERS


def test_what_the_article_tells_of_number_and_list_is_found_where_the_fields_tell_it() -> None:
    cities = {"rep_city": "Austin", "contact_city": "Boston"}

    found = broken(text=as_the_rep_spoke(), **cities)

    assert found == OF_BAD_MANNERS | {"fake-local-number", "first-touch-without-a-reason"}


def test_without_the_words_of_the_call_only_the_hour_is_bad() -> None:
    assert broken(reason="Needs what we sell") == {"call-in-their-night"}


def test_at_ten_in_the_morning_only_the_words_are_bad() -> None:
    found = broken(text=as_the_rep_spoke(), reason="Needs what we sell", at="2025-03-04 09:00")

    assert found == OF_BAD_MANNERS - {"call-in-their-night"}


def test_the_caller_that_the_article_asks_for_breaks_nothing() -> None:
    text = (
        "Good morning David, this is Ann Berg from Acme. We sell shift plans, and I call because you are "
        "opening three shops in May. How do you plan the shifts there today? A company like yours in the "
        "next town had 12 percent fewer empty shifts within a month. Shall I tell you how they did it?"
    )

    assert not broken(text=text, reason="They open three shops in May", at="2025-03-04 09:00")
