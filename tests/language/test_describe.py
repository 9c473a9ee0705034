"""Rulebooks told in plain English."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.language import describe, phrasing, vocabulary
from touchrules.language.describe import describe_rule, describe_rulebook
from touchrules.language.load import parse_rulebook, parse_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS

GOLDEN = Path(__file__).parent.parent / "golden" / "describe"


@pytest.fixture(scope="module")
def everything() -> Rulebook:
    """A rulebook that uses every construct of the language."""
    return parse_rulebook(
        (GOLDEN / "everything.rulebook.yaml").read_text("utf-8"), "everything.rulebook.yaml"
    )


def test_every_construct_reads_as_in_the_golden_file(everything: Rulebook) -> None:
    assert describe_rulebook(everything) == (GOLDEN / "everything.md").read_text("utf-8")


def test_one_rule_tells_what_its_facts_mean_and_where_it_looks(everything: Rulebook) -> None:
    assert describe_rule(everything.rules[0], everything) == (
        "When a rep leaves a voicemail for a contact who is not known and was not referred"
        " in the last 180 days, that is a finding of high severity."
        ' "Known" means: we have spoken or met, or they wrote to us. "Referred" means: there was a referral.'
        " It looks only at touches where it is not among ourselves."
    )


def test_an_almost_empty_rulebook_can_be_told() -> None:
    text = describe_rulebook(parse_rulebook("rulebook: bare\nlanguage: 1\n"))
    assert text == "# bare\n\nRulebook `bare`.\n\nBusiness hours are 09:00 to 17:00, Monday to Friday.\n"


@pytest.mark.parametrize("field", [f for f in TOUCH_FIELDS | DERIVED_FIELDS if f != "icp"])
def test_every_field_of_a_touch_has_a_plain_name(field: str) -> None:
    assert vocabulary.say_plain_field(field).startswith("the ")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 seconds"), (1, "1 second"), (5_400, "1 hour 30 minutes"), (604_800, "7 days")],
)
def test_durations_are_said_in_words(seconds: int, said: str) -> None:
    assert phrasing.say_duration(seconds * 1_000_000) == said


def sentence(rule: str, before: str = "", beside: str = "") -> str:
    """Describe one rule, written as the inside of a flow mapping, of a rulebook with other lines."""
    text = f"rulebook: a\nlanguage: 1\n{before}rules:\n- {{id: first, title: First, severity: low, {rule}}}\n"
    books = parse_rulebooks({"a": text, "b": f"rulebook: b\nlanguage: 1\n{beside}"})
    return describe_rule(books[0].rules[0], books[0], books)


LABELLED = "parameters: {words: {type: phrases, default: [price], label: Words of a sales pitch}}\n"
SIGNALS = (
    f"{LABELLED}signals: {{pitch: {{phrases: $words}}, sums: {{pattern: x}}, asks: {{questions: true}}}}\n"
)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("pitch: {at_least: 1}", "the text has words of a sales pitch"),
        ("pitch: {more_than: 0}", "the text has words of a sales pitch"),
        ("pitch: {more_than: 2}", "the text has words of a sales pitch more than 2 times"),
        ("pitch: 0", "the text has no words of a sales pitch"),
        ("pitch: {less_than: 1}", "the text has no words of a sales pitch"),
        ("not: {pitch: {at_least: 1}}", "the text, if any, has no words of a sales pitch"),
        ("pitch: {exists: true}", "the text is given"),
        ("sums: {at_least: 1}", "the text has sums"),
        ("asks: {at_least: 1}", "the text has at least 1 question"),
        ("asks: {at_most: 0}", "the text has no questions"),
        (
            "pitch: {more_than: {field: asks}}",
            "the number of words of a sales pitch in the text is more than the number of questions in"
            " the text",
        ),
    ],
)
def test_a_test_of_a_signal_is_told_by_what_it_counts(test: str, said: str) -> None:
    told = sentence(f"when: {{kind: call, direction: outbound, {test}}}", SIGNALS)
    assert told.endswith(f" and {said}, that is a finding of low severity.")


def test_phrases_of_several_parameters_are_told_by_all_their_labels() -> None:
    two = LABELLED.replace("words:", "other: {type: phrases, default: [b], label: Greetings}, words:")
    signals = two + "signals: {pitch: {phrases: [$words, $other]}}\n"
    assert "the text has words of a sales pitch or Greetings" in sentence(
        "when: {pitch: {at_least: 1}}", signals
    )


def test_phrases_of_which_some_have_no_label_are_told_by_the_name_of_the_signal() -> None:
    signals = LABELLED + "signals: {pitch_talk: {phrases: [$words, trial]}}\n"
    assert "the text has pitch talk" in sentence("when: {pitch_talk: {at_least: 1}}", signals)


DEFINITION = (
    "rules: [{id: talked, title: A conversation, severity: info, report: false, when: {kind: call}}]\n"
)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("when: {found: talked}", "When there is a touch that counts as “A conversation”, that"),
        (
            "when: {not: {found: talked}}",
            "When there is a touch where it does not count as “A conversation”, that",
        ),
        ("when: {found: talked, kind: call}", "When there is a call that counts as “A conversation”, that"),
        (
            "when: {}, where: [{count: {found: talked}, per: rep, more_than: 2}]",
            "there are more than 2 touches that count as “A conversation” of the same rep, that",
        ),
    ],
)
def test_a_rule_of_another_rulebook_that_only_defines_something_is_told_by_its_title(
    rule: str, said: str
) -> None:
    assert said in sentence(rule, beside=DEFINITION)


def test_a_rule_that_reports_is_told_as_one_that_found_the_touch() -> None:
    beside = DEFINITION.replace("report: false, ", "")
    assert "a touch that was found by the rule “A conversation”" in sentence(
        "when: {found: talked}", beside=beside
    )


def test_all_channels_together_are_told_as_reaching_out() -> None:
    rule = "when: {kind: [call, voicemail, email, sms, social, meeting], direction: outbound}"
    assert sentence(rule).startswith("When a rep reaches out or holds a meeting, that")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("unless: known", "When a rep calls a contact who is not known, that"),
        ("given: wrong_person", 'When a rep calls a contact who counts as "wrong person", that'),
        ("unless: warned", "When a rep calls and the rep is not warned, that"),
        ("where: [{not: {fact: known}}]", "When a rep calls and the contact is not known, that"),
    ],
)
def test_a_fact_is_told_as_how_somebody_stands(rule: str, said: str) -> None:
    facts = "facts: {known: {from: {kind: form}}, wrong_person: {from: {kind: form}}"
    facts += ", warned: {from: {kind: note}, per: rep}}\n"
    assert sentence(f"when: {{kind: call, direction: outbound}}, {rule}", facts).startswith(said)


def test_words_that_differ_only_in_capitals_are_told_once() -> None:
    assert "the stage is lost or won" in sentence("when: {stage: [lost, Lost, won]}")


def test_templates_show_what_will_stand_in_them() -> None:
    book = parse_rulebook(f"rulebook: a\nlanguage: 1\n{LABELLED}")
    said = describe.say_template("{rep_id} said {value} of {param.words} to {contact_name}, {what}", book)
    assert said == "[the rep] said [the number] of price to [the contact], {what}"


def test_long_phrase_lists_stand_below_the_table_of_parameters() -> None:
    phrases = ", ".join(f"phrase number {number}" for number in range(9))
    before = f"parameters: {{words: {{type: phrases, default: [{phrases}], label: Words}}}}\n"
    text = describe_rulebook(parse_rulebook(f"rulebook: a\nlanguage: 1\n{before}"))
    assert "| Words | 9 phrases, see below |  | `words` |" in text
    assert '**Words** (`words`): "phrase number 0", ' in text
