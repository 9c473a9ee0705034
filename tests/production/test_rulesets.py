"""The rulesets of a bundle tell a host in another language all that it must know."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from touchrules.language.load import load_rulebooks, parse_rulebook
from touchrules.production.bundle.exporting import plan_of
from touchrules.production.bundle.rulesets import write_rulesets

ROOT: Final = Path(__file__).parents[2]

# The properties that messages have beside those that are described.
OWN: Final = {"is", "stage", "fact", "rule"}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return write_rulesets(plan_of(load_rulebooks([ROOT / "rulebooks"]), "UTC"))


def test_rulesets_are_plain_values(shipped: dict[str, Any]) -> None:
    assert json.loads(json.dumps(shipped, allow_nan=False)) == shipped


def test_rulesets_are_the_same_whenever_they_are_written(shipped: dict[str, Any]) -> None:
    again = write_rulesets(plan_of(load_rulebooks([ROOT / "rulebooks"]), "UTC"))
    assert json.dumps(again) == json.dumps(shipped)


def test_every_property_that_a_condition_reads_is_told(shipped: dict[str, Any]) -> None:
    for ruleset in shipped["rulesets"]:
        told = set(ruleset["touch"]).union(*(one["token"] for one in ruleset["stages"]))
        assert set(_read(ruleset["definition"])) - OWN <= told


def _read(definition: dict[str, Any]) -> Iterator[str]:
    for rule in definition.values():
        for condition in rule["all"]:
            yield from _leaves(*condition.values())


def _leaves(condition: dict[str, Any]) -> Iterator[str]:
    for name, value in condition.items():
        inner = value if isinstance(value, list) else [value]
        if name.startswith("$"):
            for one in inner:
                yield from _leaves(one)
        else:
            yield name


def test_every_answer_that_a_rule_or_a_token_needs_is_told(shipped: dict[str, Any]) -> None:
    asked = {number for rule in shipped["rules"] for number in rule["answers"]}
    assert asked == set(range(len(shipped["answers"])))
    tokens = [one["token"].values() for ruleset in shipped["rulesets"] for one in ruleset["stages"]]
    assert {made["answer"] for token in tokens for made in token if "answer" in made} <= asked


BOOK: Final = {
    "rulebook": "small",
    "language": 1,
    "signals": {"sorry": {"phrases": ["sorry"], "first": 80}},
    "facts": {"known": {"from": {"outcome": "connected"}, "for": "2d"}},
    "rules": [
        {
            "id": "thrice",
            "title": "Thrice",
            "severity": "low",
            "when": {"kind": ["call", "sms"], "sorry": {"at_least": 1}, "duration_s": {"not": 5}},
            "unless": "known",
            "where": [
                {"count": {"kind": "call"}, "within": "7d", "at_least": 3},
                {"not": {"gap": {"found": "first"}, "per": "rep", "less_than": "1h"}},
            ],
        },
        {"id": "first", "title": "First", "severity": "low", "when": {"subject": {"contains": "hi"}}},
    ],
}


@pytest.fixture
def small() -> dict[str, Any]:
    return write_rulesets(plan_of((parse_rulebook(json.dumps(BOOK)),), "UTC"))


def test_a_touch_message_tells_what_its_properties_are_made_of(small: dict[str, Any]) -> None:
    [ruleset] = small["rulesets"]
    made = list(ruleset["touch"].values())
    assert {"text": "kind", "words": ["call", "sms"]} in made
    assert {"number": "small/sorry"} in made
    assert {"present": "duration_s"} in made
    assert {"accepts": {"field": "subject", "contains": "hi"}} in made


def test_a_token_tells_which_answers_it_carries(small: dict[str, Any]) -> None:
    [ruleset] = small["rulesets"]
    assert [one["stage"] for one in ruleset["stages"]] == [1, 2]
    made = list(ruleset["stages"][1]["token"].values())
    assert made == [{"answer": 0}, {"answer": 1}, {"answered": 1}]


def test_a_look_back_tells_what_is_to_be_worked_out(small: dict[str, Any]) -> None:
    calls = {"field": "kind", "is_one_of": ["call"]}
    count = {"kind": "count", "of": calls, "per": ["contact_id"], "window": {"within": 604_800_000_000}}
    gap = {"kind": "gap", "of": {"found": ["first"]}, "per": ["rep_id"], "window": {}}
    assert small["answers"] == [{"stage": 1, **count}, {"stage": 2, **gap}]


def test_what_is_read_of_a_touch_is_told(small: dict[str, Any]) -> None:
    sorry = {"kind": "phrases", "field": "text", "phrases": ["sorry"], "first": 80}
    assert small["reads"]["signals"] == {"small/sorry": sorry}
    assert small["reads"]["text_tests"] == [{"field": "subject", "contains": "hi"}]
    assert small["facts"]["known"] == {
        "key": "contact_id",
        "from": {"field": "outcome", "is_one_of": ["connected"]},
        "until": None,
        "lasts": 172_800_000_000,
    }


def test_hosts_md_tells_every_key_of_the_rulesets(shipped: dict[str, Any]) -> None:
    page = (ROOT / "touchrules/production/HOSTS.md").read_text().replace("```", "")
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]+`", page))))
    keys = {*shipped, *shipped["reads"], *shipped["rules"][0], *shipped["rulesets"][0]}
    keys |= {key for one in shipped["answers"] for key in (*one, *one["window"])}
    keys |= {key for one in shipped["facts"].values() for key in one}
    keys |= {key for rule in shipped["rules"] if rule["expect"] for key in rule["expect"]}
    for ruleset in shipped["rulesets"]:
        made = [*ruleset["touch"].values(), *(p for one in ruleset["stages"] for p in one["token"].values())]
        keys |= {key for one in made for key in one}
    assert sorted(keys - told) == []
