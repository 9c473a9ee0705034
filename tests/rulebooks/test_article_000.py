"""The caller of the article on owning the call, as touches: what the shipped rules say to him."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest

from touchrules.language.load import load_rulebooks
from touchrules.replay.run import replay
from touchrules.streams.reader import read_touches

ROOT: Final = Path(__file__).parents[2]
ARTICLES: Final = ROOT.parent / "shared" / "articles"
ARTICLE: Final = next(iter(sorted(ARTICLES.glob("000_*.txt"))), ARTICLES / "000")
BOOKS: Final = [ROOT / "rulebooks" / f"{name}.rulebook.yaml" for name in ("relationship", "own_the_call")]

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the articles are not on this machine")

# The article tells the call in reported speech; these words make it the caller's own again.
SPOKEN: Final = {"his": "our", "my": "your", "him": "me", "I": "you", "he": "I", "He": "I"}

Touch = dict[str, str | float | None]


@cache
def line(anchor: str) -> str:
    """The one line of the article in which the anchor stands."""
    found = [one for one in ARTICLE.read_text("utf-8").splitlines() if anchor in one]
    assert len(found) == 1, anchor
    return found[0]


def spoken(reported: str) -> str:
    """What the caller must have said, from what is told of it."""
    return re.sub(r"\b\w+\b", lambda word: SPOKEN.get(word[0], word[0]), reported)


def quoted(text: str) -> str:
    """What stands between the first curly quotes."""
    return text[text.index("\u201c") + 1 : text.index("\u201d")]


def reason_given() -> str:
    """Why the caller said that he called, without the author's remark on it."""
    return re.sub(r"\(.*?\)", "", spoken(line("marketing team")))


def questions_asked() -> str:
    """The caller's questions, and the answer as it is told."""
    asked, answer = line("any upcoming").split(", and I told", 1)
    return f"{spoken(asked)}? I told{answer}"


def parting_words() -> str:
    """What the caller said before he hung up."""
    return quoted(line("and then he hung up"))


def better_opening() -> str:
    """The opening that the article suggests instead."""
    return quoted(line("should have gone"))


def touches(*, said: str, outcome: str, duration_s: float) -> list[Touch]:
    """A download, the call that it set off the day after, and a colleague's call two weeks later."""
    return [
        {"at": "2025-03-03 15:00", "kind": "download", "direction": "inbound"},
        {
            "at": "2025-03-04 09:00",
            "kind": "call",
            "direction": "outbound",
            "outcome": outcome,
            "duration_s": duration_s,
            "rep_id": "bob",
            "text": said,
        },
        {
            "at": "2025-03-18 09:00",
            "kind": "call",
            "direction": "outbound",
            "outcome": "no_answer",
            "rep_id": "carl",
        },
    ]


def broken(told: list[Touch], at: str) -> set[str]:
    """The rules that find something at the touch of that day."""
    shared = {"contact_id": "larry", "contact_name": "Larry Reed", "company_name": "Reed Mills"}
    rows = [{"touch_id": f"t{n}", **shared, **touch} for n, touch in enumerate(told, start=1)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: [row.get(name) for row in rows] for name in names})
    found = replay(load_rulebooks(BOOKS), read_touches(table).stream).findings
    days = (day.strftime("%Y-%m-%d") for day in found["at"].to_pylist())
    return {rule for rule, day in zip(found["rule"].to_pylist(), days, strict=True) if day == at}


def as_told(outcome: str) -> list[Touch]:
    """The call as the article tells it, with the outcome that the caller noted."""
    said = " ".join([reason_given(), questions_asked(), parting_words()])
    return touches(said=said, outcome=outcome, duration_s=55)


def test_the_caller_passes_the_baton_is_vague_and_interrogates() -> None:
    assert broken(as_told("no_project"), "2025-03-04") == {
        "told-how-the-name-was-passed-on",
        "vague-about-the-reason",
        "project-questions-after-one-download",
        "hung-up-with-nothing",
    }


def test_a_caller_who_notes_only_that_he_got_through_has_not_kept_his_word() -> None:
    assert "curiosity-not-noted" in broken(as_told("connected"), "2025-03-04")


def test_the_colleague_who_calls_after_it_breaks_the_note_and_the_promise() -> None:
    found = broken(as_told("no_project"), "2025-03-18")
    assert found == {"noted-and-called-again", "promised-peace-broken"}


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (reason_given, "told-how-the-name-was-passed-on"),
        (reason_given, "vague-about-the-reason"),
        (questions_asked, "project-questions-after-one-download"),
    ],
)
def test_each_sentence_breaks_its_own_rule(part: Callable[[], str], rule: str) -> None:
    found = broken(touches(said=part(), outcome="connected", duration_s=200), "2025-03-04")
    assert rule in found


def test_the_opening_that_the_article_suggests_breaks_nothing() -> None:
    told = touches(said=better_opening(), outcome="callback_agreed", duration_s=200)
    assert broken(told, "2025-03-04") == set()
