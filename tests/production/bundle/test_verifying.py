"""A verification runs the tests and the golden sample of a bundle, and tells what came of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.production.bundle.made import export, forge, tuned_by
from touchrules.production.bundle.keys import SigningKey, Trust
from touchrules.production.bundle.manifest import EXPECTATIONS, FACTS, FINDINGS, TOUCHES
from touchrules.production.bundle.verifying import verify_bundle

ALL = ["archive", "signature", "versions", "checksums", "rulebooks", "rulesets", "tests", "sample"]


def test_a_tuned_bundle_passes_all_checks(bundle: Path, trust: Trust) -> None:
    report = verify_bundle(bundle, trust)
    assert [(one.name, one.passed) for one in report.checks] == [(name, True) for name in ALL]
    assert report.checks[6].told == "5 tests of 3 rules passed with both engines."


def test_progress_is_told(bundle: Path, trust: Trust) -> None:
    told: set[str] = set()
    verify_bundle(bundle, trust, lambda what, done, total: told.add(what))
    assert {"Running tests", "Replaying touches"} <= told


def test_what_was_left_out_is_told(tmp_path: Path, key: SigningKey, trust: Trust) -> None:
    export(tmp_path / "a", key, tuned_by(memory="7d"))
    report = verify_bundle(tmp_path / "a", trust)
    assert report.passed
    assert report.checks[6].told.endswith("Left out at export: 1; the manifest tells which.")


def test_a_test_that_fails_refuses_the_bundle(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        name = "rulebooks/manners.tests.yaml"
        files[name] = files[name].replace(b"finds: [3]", b"finds: [2]")

    report = verify_bundle(forge(bundle, tmp_path / "a", key, change), trust)
    assert not report.passed
    assert [one.name for one in report.checks] == ALL[:7]
    assert report.checks[-1].told == (
        "Of its 5 tests 1 failed, the first of them 'the third' of too-many-calls."
    )


@pytest.mark.parametrize("member", [FINDINGS, EXPECTATIONS, FACTS])
def test_a_sample_that_comes_out_otherwise_refuses_the_bundle(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, member: str
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files[member] = b"".join(files[member].splitlines(keepends=True)[1:])

    report = verify_bundle(forge(bundle, tmp_path / "a", key, change), trust)
    assert f"{member} differs, first at" in report.checks[-1].told


@pytest.mark.parametrize("line", [b"no JSON\n", b"1\n", b"[]\n", b'{"at": 1}\n', b"\xff\n"])
def test_touches_that_are_none_refuse_the_bundle(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, line: bytes
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files[TOUCHES] += line

    report = verify_bundle(forge(bundle, tmp_path / "a", key, change), trust)
    assert not report.passed
    assert report.checks[-1].name == "sample"


def test_rulesets_of_other_rules_refuse_the_bundle(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files["rulesets.json"] = files["rulesets.json"].replace(b"too-many-calls", b"too-many-cells")

    report = verify_bundle(forge(bundle, tmp_path / "a", key, change), trust)
    assert report.checks[-1].told == "rulesets.json is not what its rulebooks give."


def test_rulesets_of_another_version_are_told_and_pass(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    path = forge(bundle, tmp_path / "a", key, lambda manifest, files: manifest.update(engine="0.0.1"))
    report = verify_bundle(path, trust)
    assert report.passed
    assert report.checks[5].told.startswith("Compiled by touchrules 0.0.1")


def test_a_report_is_plain_json(bundle: Path, trust: Trust) -> None:
    told = json.loads(json.dumps(verify_bundle(bundle, trust).as_json()))
    assert (told["passed"], len(told["checks"]), told["manifest"]["by"]) == (True, 8, "Dana")


@pytest.mark.parametrize("told", [{"touches": 7}, {"as_of": "some day"}])
def test_a_sample_of_which_the_manifest_tells_otherwise_fails(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, told: dict[str, object]
) -> None:
    path = forge(bundle, tmp_path / "a", key, lambda manifest, _: manifest["sample"].update(told))
    assert "is not the sample" in verify_bundle(path, trust).checks[-1].told
