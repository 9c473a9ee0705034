"""Rulebooks told in plain English."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.language import phrasing
from touchrules.language.describe import describe_rule, describe_rulebook
from touchrules.language.load import parse_rulebook
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
        ' "Known" means: We have spoken or met, or they wrote to us. "Referred" means: there was a referral.'
        " It looks only at touches where the direction is not internal."
    )


def test_an_almost_empty_rulebook_can_be_told() -> None:
    text = describe_rulebook(parse_rulebook("rulebook: bare\nlanguage: 1\n"))
    assert text == "# bare\n\nRulebook `bare`.\n\nBusiness hours are 09:00 to 17:00, Monday to Friday.\n"


@pytest.mark.parametrize("field", [f for f in TOUCH_FIELDS | DERIVED_FIELDS if f != "icp"])
def test_every_field_of_a_touch_has_a_plain_name(field: str) -> None:
    assert phrasing.say_field(field).startswith("the ")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 seconds"), (1, "1 second"), (5_400, "1 hour 30 minutes"), (604_800, "7 days")],
)
def test_durations_are_said_in_words(seconds: int, said: str) -> None:
    assert phrasing.say_duration(seconds * 1_000_000) == said
