"""The three failed calls of the article on outbound calling: what the shipped rules say to them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest

from touchrules.language.load import load_rulebooks
from touchrules.replay.run import Replay, replay
from touchrules.streams.reader import read_touches

ROOT: Final = Path(__file__).parents[2]
ARTICLES: Final = ROOT.parent / "shared" / "articles"
ARTICLE: Final = next(iter(sorted(ARTICLES.glob("002_*.txt"))), ARTICLES / "002")
BOOKS: Final = [ROOT / "rulebooks" / f"{name}.rulebook.yaml" for name in ("relationship", "groundhog_day")]

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the articles are not on this machine")

# The article does not tell the pitch, only that it was always the same, and that it ignored all former talks.
PITCH: Final = (
    "Hello, let me introduce myself. We help fast growing companies to find more customers with the people "
    "that they have, and I would like half an hour of your time to show you how it is done."
)

Touch = dict[str, str | None]


@cache
def line(anchor: str) -> str:
    """The one line of the article in which the anchor stands."""
    found = [one for one in ARTICLE.read_text("utf-8").splitlines() if anchor in one]
    assert len(found) == 1, anchor
    return found[0]


@cache
def told(anchor: str, expression: str) -> str:
    """The part of a line of the article that an expression takes out of it."""
    found = re.search(expression, line(anchor))
    assert found is not None, expression
    return found[1]


def replayed(touches: list[Touch]) -> Replay:
    """What the shipped rulebooks make of touches of one contact of one company."""
    shared: Touch = {"contact_id": "craig", "contact_name": "Craig", "account_id": "focus", "level": "vp"}
    rows = [{"touch_id": f"t{n:02}", **shared, **touch} for n, touch in enumerate(touches, start=1)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: [row.get(name) for row in rows] for name in names})
    return replay(load_rulebooks(BOOKS), read_touches(table).stream)


def broken(result: Replay, touch_id: str) -> set[str]:
    """The rules that find something at that touch."""
    rows = zip(result.findings["touch_id"].to_pylist(), result.findings["rule"].to_pylist(), strict=True)
    return {rule for touch, rule in rows if touch == touch_id}


def ours(at: str, kind: str, **more: str) -> Touch:
    """A touch from the caller's side."""
    return {"at": at, "kind": kind, "direction": "outbound", "rep_id": "ann", **more}


def groundhog_day() -> list[Touch]:
    """The first call, three voicemails a quarter for three quarters, and the call that he takes at last."""
    refused = {"outcome": "wrong_person", "referred_to": "the-right-person"}
    series = [f"2010-{month}-{day} 10:00" for month in ("04", "07", "10") for day in ("05", "07", "09")]
    return [
        ours("2010-01-05 10:00", "call", **refused),
        *(ours(at, "voicemail", text=PITCH) for at in series),
        ours("2011-01-05 10:00", "call", text=PITCH, **refused),
    ]


@cache
def replayed_groundhog_day() -> Replay:
    """What the shipped rulebooks make of it."""
    return replayed(groundhog_day())


def after_the_interview(opening: str) -> list[Touch]:
    """A colleague's interview, and the call of the day after."""
    asked = told("I once did an interview", "“(what my .*? needs were)").replace(" my ", " your ")
    answer = told("I once did an interview", 'I said, “(.*?blog)\\."')
    insisted = told("I once did an interview", "His reply: “(.*?)”")
    return [
        {"at": "2011-03-01 10:00", "kind": "interview", "direction": "inbound", "rep_id": "ceo"},
        ours(
            "2011-03-02 10:00",
            "call",
            outcome="connected",
            text=f"{opening} I want to find out {asked}. {answer}. {insisted}",
        ),
    ]


def after_the_form(message: str) -> list[Touch]:
    """The form with its notes, and the voicemail that came quickly."""
    notes = told("open notes field", "typed in: “(.*?)”")
    return [
        {"at": "2011-03-07 14:00", "kind": "form", "direction": "inbound", "text": notes},
        ours("2011-03-07 14:10", "voicemail", text=message),
    ]


def canned() -> str:
    """The follow-up as the article describes it."""
    about = told("open notes field", "canned follow-up (to talk about .*? products)").replace("their", "our")
    return f"Hello Craig, this is Ann. Thank you for your interest. I am calling {about}."


def test_she_calls_again_though_he_told_her_that_he_is_the_wrong_person() -> None:
    result = replayed_groundhog_day()
    first_again = broken(result, "t02")
    assert first_again == {
        "pitched-after-wrong-person",
        "pitched-again-by-the-one-who-was-told",
        "as-if-we-had-never-talked",
        "groundhog-day-for-a-decision-maker",
    }


def test_the_name_that_he_gave_her_is_never_used() -> None:
    assert "use-the-name-you-were-given" in broken(replayed_groundhog_day(), "t01")


def test_the_same_series_with_the_same_pitch_comes_every_quarter() -> None:
    result = replayed_groundhog_day()
    expected = {"same-pitch-again", "same-series-every-quarter"}
    assert [broken(result, touch) & expected for touch in ("t04", "t07", "t10")] == [
        {"same-pitch-again"},
        expected,
        expected,
    ]


def test_when_he_answers_at_last_she_says_the_same_again() -> None:
    assert {"same-pitch-again", "pitched-again-by-the-one-who-was-told"} <= broken(
        replayed_groundhog_day(), "t11"
    )


def test_calling_the_person_whom_he_named_breaks_nothing() -> None:
    first = groundhog_day()[0]
    named = ours(
        "2010-01-06 10:00", "call", contact_id="the-right-person", outcome="connected", level="manager"
    )
    later = ours("2010-03-01 10:00", "email", contact_id="the-right-person", level="manager")
    assert replayed([first, named, later]).findings.num_rows == 0


def test_he_is_asked_for_his_needs_the_day_after_the_interview() -> None:
    assert broken(replayed(after_the_interview("Hello Craig.")), "t02") == {"asked-what-a-colleague-knows"}


def test_a_caller_who_knows_of_the_interview_may_ask() -> None:
    opening = "Hello Craig, I read your interview with our founder."
    assert broken(replayed(after_the_interview(opening)), "t02") == set()


def test_the_canned_follow_up_to_a_blogger_breaks_the_rules_of_the_form() -> None:
    found = broken(replayed(after_the_form(canned())), "t02")
    assert found == {"form-notes-not-read", "sales-call-to-the-disqualified"}


def test_the_timing_of_the_follow_up_is_good() -> None:
    states = replayed(after_the_form(canned())).expectations
    assert (states["rule"].to_pylist(), states["status"].to_pylist()) == (["form-left-waiting"], ["met"])


def test_a_follow_up_that_answers_the_notes_breaks_nothing() -> None:
    message = (
        "Hello Craig, you wrote that you no longer run the team. Here is the paper for your blog. Enjoy it!"
    )
    assert replayed(after_the_form(message)).findings.num_rows == 0
