"""The three voicemails of the article on gatekeepers, as they are written, break no shipped rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.replay.run import replay
from touchrules.streams.records import read_records

ROOT: Final = Path(__file__).parents[2]
ARTICLES: Final = ROOT.parent / "shared" / "articles"
ARTICLE: Final = next(iter(sorted(ARTICLES.glob("004_*.txt"))), ARTICLES / "004")

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the articles are not on this machine")

Touch = dict[str, Any]
Steps = dict[str, Touch]

# What the scripts leave open. All times are those of the contact, Jane, and of the rep, in Toronto.
FILLED_IN: Final = {
    r"\(Paul Smith[^)]*\)": "Paul Smith in Marketing",
    r"\(person at[^)]*\)": "Paul Smith in Marketing",
    r"\(humorous tone\) ": "",
    r"\(Paul\)": "Paul",
    "he/she": "he",
}
JANE: Final = {
    "contact_name": "Jane Smith",
    "company_name": "Acme Corporation",
    "title": "Director of Sales",
    "level": "director",
    "icp": True,
    "timezone": "America/Toronto",
    "direction": "outbound",
}
WHY: Final = {
    "reason": "Paul Smith in Marketing asked us to call her about their sales training",
    "objective": "a conversation about what her team needs",
}
TUESDAY: Final = "2025-03-04 10:00"
THURSDAY: Final = "2025-03-06 14:00"
MONDAY: Final = "2025-03-10 11:00"
FOURTH: Final = "Jane, this is Colleen again. Paul Smith suggested I call, and I am still here for you."


@cache
def script(anchor: str, when: str = "") -> str:
    """The voicemail of the article that begins so, with its blanks filled in."""
    found = [one for one in ARTICLE.read_text("utf-8").splitlines() if one.startswith(anchor)]
    assert len(found) == 1, anchor
    text = found[0].replace("DATE and TIME", when)
    for blank, words in FILLED_IN.items():
        text = re.sub(blank, words, text)
    return text


def first_script() -> str:
    """The message of the first call."""
    return script("Jane, this is", "Thursday at two")


def second_script() -> str:
    """The message of the follow-up."""
    return script("Hi Jane, this is Colleen Francis", "Monday at eleven")


def third_script() -> str:
    """The message of the last try at bat."""
    return script("Hi Jane, this is Colleen at Engage")


def without(text: str, words: str) -> str:
    """A script without the sentence in which these words stand."""
    kept = [one for one in re.split(r"(?<=[.!]) ", text) if words not in one]
    assert len(kept) < len(re.split(r"(?<=[.!]) ", text)), words
    return " ".join(kept)


def minutes_after(at: str, minutes: int) -> str:
    """A time of the same hour, some minutes later."""
    return f"{at[:-2]}{int(at[-2:]) + minutes:02}"


def attempt(name: str, at: str, text: str, promised_at: str | None = None) -> Steps:
    """A call, the gatekeeper behind zero, and the voicemail as the last resort."""
    return {
        f"{name} call": {"at": at, "kind": "call", "outcome": "no_answer", **WHY},
        f"{name} zero": {"at": minutes_after(at, 2), "kind": "gatekeeper", "outcome": "asked"},
        f"{name} voicemail": {
            "at": minutes_after(at, 4),
            "kind": "voicemail",
            "text": text,
            "promised_at": promised_at,
            "referred_by": "Paul Smith",
            **WHY,
        },
    }


def as_written() -> Steps:
    """The referral, the three steps, and the call back that most of them bring."""
    came = {"direction": "inbound", "kind": "call", "outcome": "meeting_booked"}
    return {
        "referral": {
            "at": "2025-03-03 15:00",
            "kind": "referral",
            "direction": "inbound",
            "referred_by": "Paul Smith",
        },
        **attempt("first", TUESDAY, first_script(), THURSDAY),
        **attempt("second", THURSDAY, second_script(), MONDAY),
        **attempt("third", MONDAY, third_script()),
        "call back": {"at": "2025-03-11 09:30", "promised_at": "2025-03-18 10:00", **came},
    }


def changed(name: str, **fields: str | None) -> Steps:
    """The three steps, but for some fields of one touch."""
    touches = as_written()
    return touches | {name: touches[name] | fields}


def to_a_stranger(*scripts: str) -> Steps:
    """The three steps without any referral on record, with these words."""
    touches = as_written()
    del touches["referral"]
    for name, text in zip(("first", "second", "third"), scripts, strict=True):
        touches[f"{name} call"]["reason"] = "They hire ten people for their sales team"
        touches[f"{name} voicemail"] |= {"text": text, "referred_by": None, "reason": None}
    return touches


def delayed(minutes: int) -> Steps:
    """The three steps, the second of them so much later than promised."""
    touches = as_written()
    for name in ("second call", "second zero", "second voicemail"):
        touches[name]["at"] = minutes_after(touches[name]["at"], minutes)
    return touches


def without_zero() -> Steps:
    """The three steps, straight to the voicemail each time."""
    return {name: touch for name, touch in as_written().items() if "zero" not in name}


def each(rule: str) -> set[tuple[str, str]]:
    """The three voicemails, found by one rule."""
    return {(f"{name} voicemail", rule) for name in ("first", "second", "third")}


# What is done otherwise than written, and which touches are found by which rules then.
CASES: Final[dict[str, tuple[Callable[[], Steps], set[tuple[str, str]]]]] = {
    "as they are written": (as_written, set()),
    "a call a quarter of an hour late still keeps the promise": (lambda: delayed(15), set()),
    "a call sixteen minutes late breaks it": (
        lambda: delayed(16),
        {("first voicemail", "promised-call-not-made")},
    ),
    "without a referral they go to a stranger": (
        lambda: to_a_stranger(
            without(first_script(), "asked that I call"),
            without(second_script(), "was really hoping"),
            without(third_script(), "would be in touch"),
        ),
        each("voicemail-to-a-stranger"),
    ),
    "a referral that only the words tell of is not on record": (
        lambda: to_a_stranger(first_script(), second_script(), third_script()),
        each("referral-not-on-record"),
    ),
    "without zero they come too early": (without_zero, each("voicemail-without-pressing-zero")),
    "the first does not name who sent us": (
        lambda: changed("first voicemail", text=without(first_script(), "asked that I call")),
        {("first voicemail", "referrer-not-named")},
    ),
    "the first promises nothing": (
        lambda: changed("first voicemail", promised_at=None, text=without(first_script(), "try to reach")),
        {("first voicemail", "no-call-back-promised")},
    ),
    "the second hides that the promise was kept": (
        lambda: changed("second voicemail", text=without(second_script(), "I promised to call")),
        {("second voicemail", "second-voicemail-hides-the-promise")},
    ),
    "the second promises nothing": (
        lambda: changed("second voicemail", promised_at=None, text=without(second_script(), "try you again")),
        {("second voicemail", "second-voicemail-without-a-new-promise")},
    ),
    "the third does not ask how to proceed": (
        lambda: changed("third voicemail", text=without(third_script(), "how to proceed")),
        {("third voicemail", "last-voicemail-does-not-ask")},
    ),
    "a fourth is one too many": (
        lambda: as_written() | attempt("fourth", "2025-03-11 09:00", FOURTH),
        {("fourth voicemail", "one-voicemail-too-many")},
    ),
    "in a meeting until a time at which nobody calls": (
        lambda: changed("third zero", outcome="in_meeting", promised_at="2025-03-10 16:00"),
        {("third zero", "call-when-the-meeting-ends")},
    ),
    "away today and no call on the next day": (
        lambda: changed("first zero", outcome="away"),
        {("first zero", "call-on-the-next-day")},
    ),
}


@cache
def broken() -> dict[str, set[tuple[str, str]]]:
    """For each case the touches, by their names, and the rules that find something at them.

    One replay of all rulebooks; each case has a contact, an account and a rep of its own.
    """
    rulebooks = load_rulebooks([ROOT / "rulebooks"])
    records = [
        JANE | {"touch_id": f"{case}: {name}", "contact_id": case, "account_id": case, "rep_id": case} | touch
        for case, (touches, _) in CASES.items()
        for name, touch in touches().items()
    ]
    stream = read_records(records, timezone="America/Toronto", declared=declared_types(rulebooks))
    found: dict[str, set[tuple[str, str]]] = {case: set() for case in CASES}
    findings = replay(rulebooks, stream).findings
    for touch_id, rule in zip(findings["touch_id"].to_pylist(), findings["rule"].to_pylist(), strict=True):
        case, name = touch_id.split(": ")
        found[case].add((name, rule))
    return found


@pytest.mark.parametrize("case", CASES)
def test_of_the_three_voicemails_only_what_is_done_otherwise_is_found(case: str) -> None:
    assert broken()[case] == CASES[case][1]
