"""Phrases and the touches that say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, touches
from touchrules.streams.records import read_records
from touchrules.studio.phraselists import Reads, reads_of_parameter, written_lists
from touchrules.studio.phrasematches import PhraseMatches, snip
from touchrules.studio.state import StudioState

SAID = (
    "Just  CHECKING in, Ann",
    "I am just checking",
    "just checking",
    "unjust checking of it",
    "",
    "I am just checking",
)


@pytest.fixture
def matches() -> PhraseMatches:
    day = "2025-03-03 10:00"
    return PhraseMatches(
        read_records(
            [
                {"touch_id": str(number), "contact_id": "c", "at": day, "kind": "call", "text": text}
                for number, text in enumerate(SAID)
            ]
        )
    )


def test_each_phrase_is_counted_as_if_it_were_alone(matches: PhraseMatches) -> None:
    reads = Reads(field="text")
    assert matches.count(reads, ["just checking", "just", "checking in", "nobody"]) == [4, 4, 1, 0]
    assert matches.count(reads, ["just", ""]) == [4, 0]


def test_only_the_first_characters_count_where_the_signal_says_so(matches: PhraseMatches) -> None:
    assert matches.count(Reads(field="text", first=6), ["just", "checking"]) == [2, 0]


def test_a_list_of_kinds_counts_touches_of_these_kinds(matches: PhraseMatches) -> None:
    assert matches.count(Reads(field="kind", whole=True), ["call", "sms"]) == [6, 0]


def test_a_field_that_no_touch_has_counts_nothing(matches: PhraseMatches) -> None:
    assert matches.count(Reads(field="subject"), ["just"]) == [0]


def test_places_are_shown_as_they_are_written(matches: PhraseMatches) -> None:
    found = matches.find(Reads(field="text"), "just checking")
    assert found.touches == 4
    assert [snippet[1] for snippet in found.snippets] == ["Just CHECKING", "just checking", "just checking"]


def test_a_place_within_a_word_is_not_the_one_that_is_shown() -> None:
    assert snip("unjust, but just so", "just") == ("unjust, but ", "just", " so")


def test_a_list_is_read_where_its_signal_reads(studio: StudioState) -> None:
    source = studio.state.sources[0]
    assert reads_of_parameter(source, "openers") == Reads(field="text")
    assert reads_of_parameter(source, "nothing") is None


def test_a_signal_with_phrases_of_its_own_is_a_list_of_its_rule(file: Path) -> None:
    written = "{phrases: [hello], field: subject, first: 20}"
    file.write_text(BOOK.replace("{phrases: $openers}", written).replace('["just checking in"]', "[]"))
    studio = StudioState([str(file)], touches())
    assert [(name, one.phrases, one.first) for name, one in written_lists(studio, "idle-opener").items()] == [
        ("idle", ("hello",), 20)
    ]
    assert written_lists(studio, "answer") == {}
