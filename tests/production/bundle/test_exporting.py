"""What a bundle holds, and what is not exported."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.production.bundle.made import ALONE, BOTH, MANNERS, PATIENCE, export, members, tuned_by
from touchrules.errors import ArgumentError, BundleError, FailedTests, RulebookError
from touchrules.language.load import parse_rulebooks
from touchrules.language.testfiles import parse_tests
from touchrules.production.bundle.exporting import Provenance, allow_untested, export_bundle
from touchrules.production.bundle.keys import SigningKey, Trust
from touchrules.production.bundle.opening import open_bundle
from touchrules.production.bundle.tuned import Tuned
from touchrules.production.bundle.verifying import verify_bundle


def test_the_same_input_time_and_key_give_the_same_bytes(
    bundle: Path, tmp_path: Path, key: SigningKey
) -> None:
    export(tmp_path / "again.touchrules", key, by="Dana", note="One call more")
    assert (tmp_path / "again.touchrules").read_bytes() == bundle.read_bytes()


def test_the_same_bytes_come_out_of_another_process_with_other_hashes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.production.bundle.made import export;"
        "export(Path(sys.argv[1]), None)"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])}
        command = [sys.executable, "-c", code, str(tmp_path / seed)]
        subprocess.run(command, env=environment, cwd=Path(__file__).parents[3], check=True)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_values_are_fixed_in_the_rulebooks_and_everything_else_stays(bundle: Path) -> None:
    held = members(bundle)["rulebooks/manners.rulebook.yaml"].decode()
    assert held == MANNERS.replace("default: 2", "default: 3")


def test_the_manifest_tells_what_was_changed_in_plain_words(bundle: Path) -> None:
    (changed,) = json.loads(members(bundle)["manifest.json"])["parameters"]
    assert changed == {
        "rulebook": "manners",
        "parameter": "cap",
        "label": "Calls to one contact",
        "unit": "calls",
        "was": 2,
        "now": 3,
        "told": "Calls to one contact: 2 calls → 3 calls",
    }


def test_a_test_that_does_not_fit_the_tuned_value_is_kept_at_the_one_it_was_written_for(bundle: Path) -> None:
    held = members(bundle)["rulebooks/manners.tests.yaml"].decode()
    tests = parse_tests(held, "manners", parse_rulebooks({"a": MANNERS, "b": PATIENCE}))
    assert {test.name: dict(test.settings) for test in tests} == {
        "the third": {"manners.cap": 2},
        "one alone": {},
        "it never came": {},
    }


def test_a_test_that_cannot_be_kept_is_left_out_and_named(tmp_path: Path, key: SigningKey) -> None:
    manifest = export(tmp_path / "a.touchrules", key, tuned_by(memory="7d"))
    assert [(one.rule, one.test) for one in manifest.left_out] == [("called-after-a-no", "three weeks later")]


def test_a_rule_that_is_switched_off_needs_no_test_and_takes_its_own_away(
    tmp_path: Path, key: SigningKey
) -> None:
    manifest = export(tmp_path / "a", key, dataclasses.replace(BOTH, switched={"called-after-a-no": False}))
    assert [(one.rule, one.on) for one in manifest.switched] == [("called-after-a-no", False)]
    assert "rulebooks/patience.tests.yaml" not in members(tmp_path / "a")
    opened = open_bundle(tmp_path / "a", Trust(keys=(key.public,)))
    assert not opened.rulebooks[1].rules[0].enabled


def test_a_rule_without_a_test_is_refused_unless_it_is_let_through(tmp_path: Path, key: SigningKey) -> None:
    untested = Tuned(
        texts=BOTH.texts, tests={"team/manners.tests.yaml": BOTH.tests["team/manners.tests.yaml"]}
    )
    with pytest.raises(BundleError, match="called-after-a-no"):
        export(tmp_path / "a", key, untested)
    assert not (tmp_path / "a").exists()
    provenance = Provenance(created=0)
    manifest = export_bundle(untested, tmp_path / "a", provenance, key=key, judge_untested=allow_untested)
    assert [one.rule for one in manifest.untested] == ["called-after-a-no"]


def test_a_test_that_fails_for_the_source_refuses_the_export(tmp_path: Path, key: SigningKey) -> None:
    wrong = {"manners.tests.yaml": ALONE.tests["manners.tests.yaml"].replace("finds: [3]", "finds: [2]")}
    with pytest.raises(FailedTests, match="rule too-many-calls, test the third"):
        export(tmp_path / "a", key, dataclasses.replace(ALONE, tests=wrong))


def test_a_field_that_nothing_declares_is_refused_and_told_how_to_declare(
    tmp_path: Path, key: SigningKey
) -> None:
    text = MANNERS.replace("when: {kind: call}", "when: {kind: call, mood: good}")
    with pytest.raises(RulebookError) as raised:
        export(tmp_path / "a", key, dataclasses.replace(ALONE, texts={"manners.rulebook.yaml": text}))
    assert 'Nothing tells what the field "mood" holds' in str(raised.value)
    assert "fields: {mood: {type: text}}" in str(raised.value)


@pytest.mark.parametrize("name", ["mood", "param.limit"])
def test_a_message_that_names_what_production_cannot_know_is_refused(
    tmp_path: Path, key: SigningKey, name: str
) -> None:
    text = MANNERS.replace("{value} times", f"{{value}} times: {{{name}}}")
    with pytest.raises(RulebookError, match="would stay a question mark"):
        export(tmp_path / "a", key, dataclasses.replace(ALONE, texts={"manners.rulebook.yaml": text}))


@pytest.mark.parametrize("name", ["value", "param.cap", "price_talk", "subject", "mood", "weekday"])
def test_a_message_that_names_what_is_known_is_exported(tmp_path: Path, key: SigningKey, name: str) -> None:
    text = MANNERS.replace("{value} times", f"{{value}} times: {{{name}}}")
    text = text.replace("signals:", "fields: {mood: {type: text}}\nsignals:")
    assert export(tmp_path / "a", key, dataclasses.replace(ALONE, texts={"manners.rulebook.yaml": text}))


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\r"])
def test_a_text_with_an_unusual_end_of_a_line_stays_one_text(
    tmp_path: Path, key: SigningKey, trust: Trust, end: str
) -> None:
    odd = ALONE.tests["manners.tests.yaml"].replace(
        "kind: call}", f"kind: call, text: {json.dumps(end)}}}", 1
    )
    export(tmp_path / "a", key, dataclasses.replace(ALONE, tests={"manners.tests.yaml": odd}))
    assert verify_bundle(tmp_path / "a", trust).passed


def test_names_that_are_no_utf8_are_told_as_far_as_they_are(
    tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    odd = dataclasses.replace(ALONE, texts={"manners\udcfc.rulebook.yaml": MANNERS})
    export(tmp_path / "a", key, odd, by="D\udce4n", note="\udcff")
    manifest = open_bundle(tmp_path / "a", trust).manifest
    told = (manifest.by, manifest.note, manifest.rulebooks[0].file)
    assert told == ("D?n", "?", "manners?.rulebook.yaml")


def test_a_declared_field_is_exported(tmp_path: Path, key: SigningKey) -> None:
    text = MANNERS.replace("when: {kind: call}", "when: {kind: call, mood: {not: bad}}")
    text = text.replace("signals:", "fields: {mood: {type: text}}\nsignals:")
    assert export(tmp_path / "a", key, dataclasses.replace(ALONE, texts={"manners.rulebook.yaml": text}))


@pytest.mark.parametrize("tuned", [tuned_by(cap=20), tuned_by(nothing=1)])
def test_a_value_that_cannot_be_set_is_refused(tmp_path: Path, key: SigningKey, tuned: Tuned) -> None:
    with pytest.raises(ArgumentError):
        export(tmp_path / "a", key, tuned)


def test_a_rule_that_is_none_cannot_be_switched(tmp_path: Path, key: SigningKey) -> None:
    with pytest.raises(ArgumentError, match="There is no rule"):
        export(tmp_path / "a", key, dataclasses.replace(BOTH, switched={"called-after-no": False}))


def test_a_rulebook_with_a_name_that_no_file_can_have_is_exported(tmp_path: Path, key: SigningKey) -> None:
    named = ("rulebook: manners", 'rulebook: "../Größe: 1"')
    odd = Tuned(
        texts={"a.yaml": MANNERS.replace(*named)},
        tests={"b.yaml": ALONE.tests["manners.tests.yaml"].replace(*named)},
        settings={"../Größe: 1.cap": 3},
    )
    export(tmp_path / "a", key, odd)
    opened = open_bundle(tmp_path / "a", Trust(keys=(key.public,)))
    assert [book.name for book in opened.rulebooks] == ["../Größe: 1"]
    assert len(opened.tests) == 3


def test_nobody_of_the_tests_keeps_a_name_in_the_sample(tmp_path: Path, key: SigningKey) -> None:
    named = ALONE.tests["manners.tests.yaml"].replace(
        "kind: call}]", "kind: call, contact_id: Ada Byron, referred_by: Ada Byron, rep_id: Charles}]"
    )
    export(tmp_path / "a", key, dataclasses.replace(ALONE, tests={"manners.tests.yaml": named}))
    sample = members(tmp_path / "a")["sample/touches.jsonl"].decode()
    assert "Ada" not in sample
    assert "Charles" not in sample
    touch = json.loads(sample.splitlines()[3])
    assert touch["contact_id"] == touch["referred_by"]


def test_what_could_not_be_written_leaves_what_was_there(tmp_path: Path, key: SigningKey) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(ArgumentError):
        export(tmp_path / "a", key, ALONE)
    assert list((tmp_path / "a").iterdir()) == []


def test_an_earlier_bundle_is_replaced_and_any_other_file_is_left_as_it_is(
    tmp_path: Path, bundle: Path, key: SigningKey
) -> None:
    (tmp_path / "a").write_bytes(bundle.read_bytes())
    export(tmp_path / "a", key, ALONE)
    assert (tmp_path / "a").read_bytes() != bundle.read_bytes()
    (tmp_path / "own.private.pem").write_text(key.pem())
    with pytest.raises(ArgumentError, match="it is no bundle"):
        export(tmp_path / "own.private.pem", key, ALONE)
    assert (tmp_path / "own.private.pem").read_text() == key.pem()


def test_what_would_be_too_large_to_be_opened_is_not_exported(tmp_path: Path, key: SigningKey) -> None:
    books = [f"book{number}" for number in range(5)]
    rule = "rules: [{{id: {0}, title: T, severity: low, when: {{kind: call}}}}]\n"
    touch = f"{{at: 2025-03-03 09:00, kind: call, text: {'x' * 3_500_000}}}"
    tuned = Tuned(
        texts={one: f"rulebook: {one}\nlanguage: 1\n" + rule.format(one) for one in books},
        tests={
            one: f"rulebook: {one}\ntests: {{{one}: [{{touches: [{touch}], finds: [1]}}]}}\n" for one in books
        },
    )
    with pytest.raises(BundleError, match="which it cannot be"):
        export(tmp_path / "a", key, tuned)
    assert not (tmp_path / "a").exists()
