"""What the article on calls that people take praises and blames, as touches for the shipped rules."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from touchrules.language.load import load_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.replay.run import Replay, replay
from touchrules.streams.records import read_records

ROOT: Final = Path(__file__).parents[2]
ARTICLES: Final = ROOT.parent / "shared" / "articles"
ARTICLE: Final = next(iter(sorted(ARTICLES.glob("003_*.txt"))), ARTICLES / "003")
BOOKS: Final = [ROOT / "rulebooks" / f"{name}.rulebook.yaml" for name in ("relationship", "worth_taking")]

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the articles are not on this machine")

Touch = dict[str, str]


@cache
def told(expression: str) -> str:
    """The one part of the article that an expression takes out of it."""
    found = re.findall(expression, ARTICLE.read_text("utf-8"))
    assert len(found) == 1, expression
    return str(found[0])


def starting_line() -> str:
    """The opening that the author cannot stand."""
    return told("The \u201c([^\u201d]*)\u201d starting line")


def reminder() -> str:
    """What an agreed next call gives us the right to say, in the rep's own words."""
    return f"We are {told('tell them you are (just following up [^.]*?) and what')}"


def farewell() -> str:
    """What to say when it has stalled, in the rep's own words."""
    said = told("say (you will not continue .*? conversations) they will fight")
    return re.sub(r"\byou\b", "I", said).replace("them", "you")


@cache
def rulebooks() -> tuple[Rulebook, ...]:
    """The shipped rulebooks that the article is about."""
    return load_rulebooks(BOOKS)


def replayed(*touches: Touch) -> Replay:
    """What they make of touches of one contact."""
    always = {"contact_id": "jane", "contact_name": "Jane", "rep_id": "ann", "direction": "outbound"}
    records = [{"touch_id": f"t{n:02}", **always, **touch} for n, touch in enumerate(touches, start=1)]
    return replay(rulebooks(), read_records(records))


def broken(*touches: Touch) -> set[tuple[str, str]]:
    """The touches and the rules that find something at them."""
    findings = replayed(*touches).findings
    return set(zip(findings["touch_id"].to_pylist(), findings["rule"].to_pylist(), strict=True))


def call(at: str, **fields: str) -> Touch:
    """A call with an aim, as the article asks for."""
    return {"at": at, "kind": "call", "outcome": "connected", "objective": "a date for the pilot", **fields}


def email(at: str, **fields: str) -> Touch:
    """An e-mail of ours."""
    return {"at": at, "kind": "email", **fields}


def a_month_in_vain() -> list[Touch]:
    """Six e-mails over five weeks, each with a reason of its own."""
    days = ["03-03", "03-10", "03-17", "03-24", "03-31", "04-07"]
    return [email(f"2025-{day} 09:00", reason=f"What changed for them on {day}") for day in days]


FIRST: Final = call("2025-03-03 10:00", promised_at="2025-03-06 10:00")


def test_a_first_conversation_without_an_agreed_next_one_is_found() -> None:
    assert broken(call("2025-03-03 10:00")) == {("t01", "no-next-conversation-agreed")}


def test_an_agreed_next_call_that_says_so_is_left_alone() -> None:
    second = call("2025-03-06 10:00", text=reminder(), promised_at="2025-03-13 10:00")
    assert broken(FIRST, second) == set()


def test_an_agreed_next_call_that_does_not_say_so_is_found() -> None:
    second = call("2025-03-06 10:00", text="Hello Jane", promised_at="2025-03-13 10:00")
    assert broken(FIRST, second) == {("t02", "follow-up-hides-the-agreement")}


def test_an_agreed_next_call_that_does_not_come_is_found() -> None:
    assert broken(FIRST, email("2025-03-20 10:00")) == {("t01", "agreed-follow-up-missed")}


def test_the_starting_line_that_frustrates_the_author_is_found_both_as_a_check_and_for_the_email() -> None:
    opened = call("2025-03-03 10:00", text=starting_line(), promised_at="2025-03-06 10:00")
    assert broken(opened) == {("t01", "did-you-read-my-email"), ("t01", "just-checking-in")}


def test_the_starting_line_is_left_alone_where_news_comes_with_it() -> None:
    said = f"{starting_line()}, and I saw that you open a second plant."
    assert broken(call("2025-03-03 10:00", text=said, promised_at="2025-03-06 10:00")) == set()


def test_the_same_topic_is_found_and_a_new_one_is_not() -> None:
    days = ["2025-03-03 10:00", "2025-03-10 10:00", "2025-03-17 10:00"]
    topics = ["a grant", "the grant, as last week", "the grant, as last week"]
    sent = [email(at, topic=topic) for at, topic in zip(days, topics, strict=True)]
    assert broken(*sent) == {("t03", "same-topic-again")}


def test_a_call_without_an_end_in_mind_is_found() -> None:
    dialled = {"at": "2025-03-06 10:00", "kind": "call", "outcome": "no_answer"}
    assert broken(FIRST, dialled) == {("t02", "call-without-an-objective")}


def test_a_third_conversation_without_a_little_maybe_is_found() -> None:
    days = ["2025-03-03 10:00", "2025-03-10 10:00", "2025-03-17 10:00"]
    assert ("t03", "conversations-that-move-nothing") in broken(*map(call, days))


def test_a_month_in_vain_has_stalled() -> None:
    assert broken(*a_month_in_vain()) == {("t06", "stalled-contact")}


def test_a_stall_that_is_not_taken_off_the_table_is_found() -> None:
    later = email("2025-05-07 09:00", reason="What changed for them in May")
    assert ("t06", "stall-not-ended") in broken(*a_month_in_vain(), later)


def test_the_words_of_the_article_take_it_off_the_table() -> None:
    ended = email("2025-04-10 09:00", text=farewell())
    facts = replayed(*a_month_in_vain(), ended).facts
    since = dict(zip(facts["fact"].to_pylist(), facts["touch_id"].to_pylist(), strict=True))
    assert since["walked_away"] == "t07"


def test_a_touch_after_that_is_found() -> None:
    again = email("2025-04-17 09:00", reason="Spring prices")
    ended = email("2025-04-10 09:00", text=farewell())
    assert ("t02", "touch-after-walking-away") in broken(ended, again)


def test_a_touch_after_they_came_back_is_left_alone() -> None:
    ended = email("2025-04-10 09:00", text=farewell())
    back = call("2025-04-16 09:00", direction="inbound", promised_at="2025-04-17 09:00")
    again = call("2025-04-17 09:00", text=reminder(), promised_at="2025-04-24 09:00")
    assert broken(ended, back, again) == set()


def test_pestilence_is_found_where_persistence_is_not() -> None:
    days = [f"2025-03-{day:02} 10:00" for day in range(3, 9)]
    sent = [email(at, reason=f"What changed for them by {at}") for at in days]
    assert (broken(*sent[:5]), broken(*sent)) == (set(), {("t06", "plague-of-touches")})
