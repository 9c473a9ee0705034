"""What is found newly and no longer is what two replays find, compared by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.production.comparing.manners import version
from tests.production.comparing.voicemail import TOUCHES, after, before
from touchrules.production.comparing.compare import compare
from touchrules.production.comparing.document import Comparison, Found
from touchrules.production.comparing.measuring import Measurement, Touches
from touchrules.production.comparing.version import Version
from touchrules.replay.run import replay
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Stream:
    """Touches of a made-up company."""
    path = tmp_path_factory.mktemp("demo") / "touches.csv.gz"
    write_touches(path, TOUCHES, 1)
    return read_touches([str(path)]).stream


@pytest.fixture(scope="module")
def comparison(stream: Stream) -> Comparison:
    was, now = before(), after()
    return compare(was, now, Measurement(was, now, Touches(stream=stream, files=("touches.csv.gz",))))


def found_by_hand(version: Version, stream: Stream) -> dict[str, set[str]]:
    """Return by rule the touches that a replay finds."""
    findings = replay(version.edition.rulebooks, stream).findings
    found: dict[str, set[str]] = {}
    for rule, touch in zip(
        findings.column("rule").to_pylist(), findings.column("touch_id").to_pylist(), strict=True
    ):
        found.setdefault(rule, set()).add(touch)
    return found


def counts(found: Found) -> tuple[int, ...]:
    return (found.before, found.after, found.newly, found.no_longer)


def test_the_difference_of_each_rule_is_that_of_two_replays(comparison: Comparison, stream: Stream) -> None:
    old, new = found_by_hand(before(), stream), found_by_hand(after(), stream)
    by_hand = {
        rule: (len(was), len(now), len(now - was), len(was - now))
        for rule in {**old, **new}
        for was, now in ((old.get(rule, set()), new.get(rule, set())),)
        if was != now
    }
    told = {
        rule.rule: counts(rule.found)
        for book in comparison.rulebooks
        for rule in book.rules
        if rule.found is not None and rule.found.differs
    }
    assert told == by_hand
    assert len(told) >= 4


def test_a_rule_that_is_the_same_and_finds_something_else_says_why(comparison: Comparison) -> None:
    because = {rule.rule: rule.because for rule in comparison.rulebooks[0].rules if rule.status == "same"}
    assert because["second-voicemail-without-a-new-promise"] == (
        "Voicemails to one person without an answer",
    )


def test_of_each_group_at_most_ten_examples_are_told(comparison: Comparison) -> None:
    shown = [
        (len(examples), total)
        for rule in comparison.rulebooks[0].rules
        if rule.found
        for examples, total in (
            (rule.found.examples_newly, rule.found.newly),
            (rule.found.examples_no_longer, rule.found.no_longer),
        )
    ]
    assert all(count == min(total, 10) for count, total in shown)
    assert max(shown) > (10, 10)


def test_a_rule_of_another_id_finds_the_same(stream: Stream) -> None:
    text = "rulebook: b\nlanguage: 1\nrules: [{id: one, title: T, severity: low, when: {kind: call}}]\n"
    was, now = version(text, "before"), version(text.replace("one", "two"), "after")
    comparison = compare(was, now, Measurement(was, now, Touches(stream=stream, files=())))
    found = comparison.rulebooks[0].rules[0].found
    assert found is not None
    assert found.before == found.after > 0
    assert not found.differs


def test_progress_is_told_of_both_versions(stream: Stream) -> None:
    told: set[str] = set()
    Measurement(before(), after(), Touches(stream=stream, files=()), lambda what, done, total: told.add(what))
    assert {what.rpartition("(")[2] for what in told} == {"before)", "after)"}


def test_no_touches_are_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "touches.csv"
    path.write_text("touch_id,at,contact_id,kind\n")
    empty = read_touches([str(path)]).stream
    comparison = compare(before(), after(), Measurement(before(), after(), Touches(stream=empty, files=())))
    assert comparison.measured is not None
    assert (comparison.measured.first, comparison.measured.touches) == (None, 0)
