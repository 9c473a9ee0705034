"""What two editions of rulebooks differ in."""

from __future__ import annotations

import pytest

from touchrules.language.describe_differences import say_difference
from touchrules.language.diff import Edition, diff_rulebooks
from touchrules.language.differences import Difference, LayoutChanged, RuleChanged
from touchrules.language.grafting import graft
from touchrules.language.load import make_rulebooks
from touchrules.language.notes import version_in, write_note
from touchrules.language.numbering import next_version, propose_bump
from touchrules.language.restoring import put_back
from touchrules.language.settings import Settings
from touchrules.language.source import read_source
from touchrules.language.writer import RemoveRule, SetHead, change_rulebook

BOOK = """\
# Manners of the house.
rulebook: manners
language: 1
version: 1.0.0
parameters:
  # Calls that a person bears.
  cap: {type: integer, default: 2, min: 1, max: 9, label: Calls to one contact, unit: calls}
  window: {type: duration, default: 7d, label: Within}
  openers: {type: phrases, default: ["just checking in", "touching base"], label: Idle openers}
signals:
  idle: {phrases: $openers}
  pushy: {phrases: [sign today, last chance]}
facts:
  known: {from: {kind: meeting}}
rules:
  - id: too-many-calls
    title: Call no more than twice a week
    severity: high
    when: {kind: call}  # of any outcome
    where: [{count: {kind: call}, within: $window, more_than: $cap}]
    say: Too many calls
  # What people say without a reason to call.
  - id: idle-opener
    title: Say why you call
    severity: low
    when: {idle: {at_least: 1}}

  - id: pressed
    title: Do not press
    severity: medium
    when: {pushy: {at_least: 1}}
    unless: known
"""


def edition(text: str, settings: Settings | None = None) -> Edition:
    sources = (read_source(text, "manners.rulebook.yaml"),)
    return Edition(rulebooks=make_rulebooks(sources, settings), sources=sources)


def differences(text: str, settings: Settings | None = None) -> tuple[Difference, ...]:
    return diff_rulebooks(edition(BOOK), edition(text, settings))


def told(text: str, settings: Settings | None = None) -> list[str]:
    return [say_difference(one) for one in differences(text, settings)]


# A text that differs in one way, and how that is told.
EDITS = {
    "a value": (
        ("default: 2,", "default: 3,"),
        "Calls to one contact: 2 calls → 3 calls",
    ),
    "a duration": (("default: 7d", "default: 14d"), "Within: 7 days → 14 days"),
    "phrases": (
        ('["just checking in", "touching base"]', '["just checking in", "quick one"]'),
        "Idle openers: added “quick one”; taken out “touching base”",
    ),
    "their order": (
        ('["just checking in", "touching base"]', '["touching base", "just checking in"]'),
        "Idle openers: the same phrases in another order",
    ),
    "phrases in a signal": (
        ("[sign today, last chance]", "[sign today]"),
        "pushy: taken out “last chance”",
    ),
    "a title": (("title: Do not press", "title: Give time"), "Rule “Do not press” is called “Give time”."),
    "a severity": (("severity: medium", "severity: high"), "Severity of “Do not press”: medium → high"),
    "a switch": (
        ("    unless: known\n", "    unless: known\n    enabled: false\n"),
        "Rule “Do not press” is switched off.",
    ),
    "a message": (
        ("say: Too many calls", "say: Enough"),
        "Rule “Call no more than twice a week”, what it tells: “Too many calls” → “Enough”",
    ),
    "no message": (
        ("    say: Too many calls\n", ""),
        "Rule “Call no more than twice a week”, what it tells: nothing any more.",
    ),
    "an advice": (
        ("say: Too many calls", "say: Too many calls\n    advise: Write"),
        "Rule “Call no more than twice a week”, its advice: “Write”",
    ),
    "an id": (
        ("id: pressed", "id: no-pressure"),
        "Rule “Do not press” has another id: pressed → no-pressure",
    ),
    "tags": (
        ("    unless: known\n", "    unless: known\n    tags: [tone]\n"),
        "Rule “Do not press” reads as before, but for its tags.",
    ),
    "a fact": (
        ("known: {from: {kind: meeting}}", "known: {from: {kind: meeting}, for: 90d}"),
        "Fact “known”: holds for ever → 90 days",
    ),
    "a new signal": (
        ("signals:\n", "signals:\n  asks: {questions: true}\n"),
        "Signal “asks” is new.",
    ),
    "a range": (("max: 9,", "max: 20,"), "Parameter “Calls to one contact”: highest value 9 → 20"),
    "a holiday": (("parameters:", "holidays: [2026-12-25]\nparameters:"), "Holidays: none → [2026-12-25]"),
    "business hours": (
        ("parameters:", 'business_hours: ["08:00", "18:00"]\nparameters:'),
        "Business hours: as usual → 08:00 to 18:00",
    ),
    "what all rules look at": (
        ("parameters:", "applies_to: {direction: outbound}\nparameters:"),
        "All rules look only at touches where it is by us.",
    ),
    "claims": (("facts:", "claims: [{text: Calls work}]\nfacts:"), "Claims: other words"),
    "a new parameter": (
        ("parameters:\n", "parameters:\n  pause: {type: duration, default: 3d, label: Days of rest}\n"),
        "Parameter “Days of rest” is new.",
    ),
    "a version": (("version: 1.0.0", "version: 1.1.0"), "Version: 1.0.0 → 1.1.0"),
    "a comment": (
        ("# of any outcome", "# answered or not"),
        "Only comments, layout or the order of things differ.",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_difference_is_told_once_in_the_words_of_the_business(name: str) -> None:
    edit, words = EDITS[name]
    assert told(BOOK.replace(*edit)) == [words]


VALUES = {"a value", "a duration", "phrases", "their order", "a switch"}  # these are set back, not put back


@pytest.mark.parametrize("name", [name for name in EDITS if name not in VALUES])
def test_a_difference_of_the_text_that_is_put_back_leaves_the_earlier_text_to_the_byte(name: str) -> None:
    text = BOOK.replace(*EDITS[name][0])
    (one,) = differences(text)
    assert put_back(text, BOOK, one) == BOOK


def test_a_rule_that_reads_otherwise_is_told_as_it_reads_now() -> None:
    (one,) = differences(BOOK.replace("    unless: known\n", ""))
    assert isinstance(one, RuleChanged)
    assert one.keys == ("unless",)
    assert say_difference(one).startswith(
        "Rule “Do not press” now reads: When there is a touch where the text has pushy"
    )


def test_a_new_rule_is_told_as_it_reads() -> None:
    text = BOOK + "  - {id: mute, title: Speak, severity: low, when: {kind: voicemail}}\n"
    assert told(text) == [
        "Rule “Speak” is new: When there is a voicemail, that is a finding of low severity."
    ]


def test_values_that_are_set_beside_the_text_are_told_like_those_in_it() -> None:
    assert told(BOOK, {"manners.cap": 4}) == ["Calls to one contact: 2 calls → 4 calls"]


def test_the_same_meaning_in_other_words_is_a_matter_of_layout() -> None:
    assert differences(BOOK.replace("within: $window", "within: $window ")) == (
        LayoutChanged(rulebook="manners"),
    )


def test_rulebooks_that_come_and_go_are_told() -> None:
    other = read_source("rulebook: other\nlanguage: 1\ntitle: Others\n", "other.rulebook.yaml")
    both = Edition(rulebooks=make_rulebooks((other,)), sources=(other,))
    words = [say_difference(one) for one in diff_rulebooks(edition(BOOK), both)]
    assert words == ["Rulebook “Others” is new.", "Rulebook “manners” is gone."]


def test_a_rulebook_with_another_name_in_the_same_file_is_the_same_rulebook() -> None:
    assert told(BOOK.replace("rulebook: manners", "rulebook: house")) == [
        "Name of the rulebook: manners → house"
    ]


SEVERAL = (
    BOOK.replace("default: 2,", "default: 3,")
    .replace("severity: medium", "severity: high")
    .replace("    unless: known\n", "")
    .replace("signals:\n", "signals:\n  asks: {questions: true}\n")
    + "  - {id: mute, title: Ask, severity: low, when: {asks: {at_least: 4}}}\n"
)


@pytest.mark.parametrize("place", range(5))
def test_a_graft_has_one_of_several_differences(place: int) -> None:
    after = edition(SEVERAL)
    one = diff_rulebooks(edition(BOOK), after)[place]
    grafted = graft(edition(BOOK), after, one)
    settings = {name: parameter.value for name, parameter in grafted.parameters.items()}
    book = make_rulebooks(grafted.sources, settings)
    alone = diff_rulebooks(edition(BOOK), Edition(rulebooks=book, sources=grafted.sources))
    words = [say_difference(each) for each in alone]
    assert [each for each in words if each != "Signal “asks” is new." or say_difference(one) == each] == [
        say_difference(one)
    ]


TURNED = BOOK.replace(
    "parameters:\n",
    "parameters:\n  weight: {type: choice, options: [low, high], default: low, label: Weight of openers}\n"
    "  strict: {type: boolean, default: true, label: Strictness}\n",
).replace("severity: low", "severity: $weight\n    enabled: ${strict}")


def differ(before: str, after: str) -> tuple[Difference, ...]:
    return diff_rulebooks(edition(before), edition(after))


def tell(before: str, after: str) -> list[str]:
    return [say_difference(one) for one in differ(before, after)]


def test_a_parameter_with_another_value_in_another_range_is_told_by_two_changes() -> None:
    text = BOOK.replace("default: 2, min: 1, max: 9", "default: 3, min: 1, max: 20")
    assert told(text) == [
        "Calls to one contact: 2 calls → 3 calls",
        "Parameter “Calls to one contact”: highest value 9 → 20",
    ]
    part = differences(text)[1]
    assert put_back(text, BOOK, part) == text.replace("max: 20", "max: 9")
    grafted = graft(edition(BOOK), edition(text), part)
    alone = Edition(rulebooks=make_rulebooks(grafted.sources), sources=grafted.sources)
    assert diff_rulebooks(edition(BOOK), alone) == (part,)


def test_lengths_of_time_in_the_range_of_a_parameter_are_told_in_words() -> None:
    text = BOOK.replace("default: 7d, label: Within", "default: 7d, max: 60d, label: Window")
    assert told(text) == ["Parameter “Within”: name Within → Window; highest value none → 60 days"]


def test_a_parameter_of_another_type_is_told_by_one_change() -> None:
    text = BOOK.replace("{type: duration, default: 7d,", "{type: choice, options: [1d, 2d], default: 2d,")
    (words,) = told(text)
    assert words.startswith("Parameter “Within”: kind of value duration → choice; value 7 days → 2 days")
    assert put_back(text, BOOK, differences(text)[0]) == BOOK


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("default: low", "default: high"), "Weight of openers: low → high"),
        (("default: true", "default: false"), "Strictness: on → off"),
    ],
)
def test_what_follows_from_a_parameter_is_not_told_beside_it(edit: tuple[str, str], words: str) -> None:
    assert tell(TURNED, TURNED.replace(*edit)) == [words]


def test_a_rule_with_another_id_is_the_same_rule_though_a_parameter_of_it_has_another_value() -> None:
    text = BOOK.replace("default: 2,", "default: 3,").replace("id: too-many-calls", "id: calls")
    assert told(text) == [
        "Calls to one contact: 2 calls → 3 calls",
        "Rule “Call no more than twice a week” has another id: too-many-calls → calls",
    ]


def test_a_severity_that_comes_from_a_parameter_no_longer_is_told() -> None:
    assert tell(TURNED, TURNED.replace("severity: $weight", "severity: critical")) == [
        "Severity of “Say why you call”: low → critical"
    ]


@pytest.mark.parametrize(
    ("text", "bump"),
    [
        (BOOK.replace("default: 2,", "default: 3,"), "patch"),
        (BOOK.replace("severity: medium", "severity: high"), "patch"),
        (SEVERAL, "minor"),
        (change_rulebook(BOOK, [RemoveRule(rule="pressed")]), "major"),
        (change_rulebook(BOOK, [SetHead(key="about", value="Manners")]), "patch"),
    ],
)
def test_the_next_version_is_proposed_by_what_differs(text: str, bump: str) -> None:
    assert propose_bump(differences(text)) == bump


def test_a_version_of_another_form_has_no_next_one() -> None:
    assert next_version("spring 2026", "patch") is None


def test_a_note_stands_above_the_version_and_changes_nothing() -> None:
    text = write_note(BOOK, "Complaints in May\n\nAsked for by Ann")
    assert "language: 1\n# Complaints in May\n#\n# Asked for by Ann\nversion: 1.0.0\n" in text
    assert differences(text) == (LayoutChanged(rulebook="manners"),)
    assert write_note(BOOK, "  \n") == BOOK


def test_a_note_never_makes_a_rulebook_unreadable() -> None:
    noted = write_note(BOOK, "a\x07b\ud800c\ufffe, \u00fc and \U0001f600")
    assert "# abc, \u00fc and \U0001f600\n" in noted
    assert read_source(noted, "a.rulebook.yaml").problems == ()


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("# Head\nrulebook: a\n", "# Head\n# Why\nrulebook: a\n"),
        ("{rulebook: a, version: 2}\n", "# Why\n{rulebook: a, version: 2}\n"),
        ("\ufeffrulebook: a\r\nversion: 2\r\n", "\ufeffrulebook: a\r\n# Why\r\nversion: 2\r\n"),
    ],
)
def test_a_note_finds_its_place_in_every_layout(text: str, noted: str) -> None:
    assert write_note(text, "Why") == noted


@pytest.mark.parametrize(
    ("line", "version"),
    [("version: '1.2'", "1.2"), ('version: "2.0.0" # x', "2.0.0"), ("version:", ""), ("title: x", "")],
)
def test_the_version_is_read_from_a_text_that_need_not_load(line: str, version: str) -> None:
    assert version_in(f"rulebook: a\n{line}\n") == version
