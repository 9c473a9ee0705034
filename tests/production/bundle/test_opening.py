"""A bundle is loaded if its seal, checksums and versions are right, and else refused with the reason."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.production.bundle.made import Change, export, forge, members
from touchrules import __version__
from touchrules.errors import BundleError
from touchrules.production.bundle.archive import write_archive
from touchrules.production.bundle.keys import Allowance, SigningKey, Trust, make_signing_key
from touchrules.production.bundle.manifest import MANIFEST, SIGNATURE
from touchrules.production.bundle.opening import open_bundle

TESTS = "rulebooks/manners.tests.yaml"
EVERYTHING: frozenset[Allowance] = frozenset({"unsigned", "untrusted", "newer"})


def refusal(path: Path, trust: Trust) -> str:
    with pytest.raises(BundleError) as raised:
        open_bundle(path, trust)
    first = raised.value.problems[0]
    assert str(path) in str(raised.value)
    assert first.message
    assert first.remedy
    return first.message


def changed(bundle: Path, out: Path, key: SigningKey | None, **values: Any) -> Path:
    """Write a bundle whose manifest says something else, signed anew."""
    return forge(bundle, out, key, lambda manifest, files: manifest.update(values))


def test_a_bundle_gives_the_rulebooks_that_were_exported(bundle: Path, trust: Trust, key: SigningKey) -> None:
    opened = open_bundle(bundle, trust)
    assert [book.name for book in opened.rulebooks] == ["manners", "patience"]
    assert opened.rulebooks[0].parameters["cap"].default == 3
    assert opened.signed_by == key.public
    assert opened.manifest.by == "Dana"


def test_one_byte_that_was_changed_is_refused_wherever_it_is_and_whatever_is_allowed(
    bundle: Path, tmp_path: Path, key: SigningKey
) -> None:
    data = bundle.read_bytes()
    draw = random.Random(6)
    trust = Trust(keys=(key.public,), allowed=EVERYTHING)
    path = tmp_path / "changed.touchrules"
    for place in draw.sample(range(len(data)), 200):
        path.write_bytes(data[:place] + bytes([data[place] ^ draw.randint(1, 255)]) + data[place + 1 :])
        assert refusal(path, trust), place


def test_every_byte_of_the_signature_counts(bundle: Path, tmp_path: Path, key: SigningKey) -> None:
    files = members(bundle)
    signature, path = files[SIGNATURE], tmp_path / "a"
    created = open_bundle(bundle, Trust(keys=(key.public,))).manifest
    assert created.created == "2025-03-10T13:30:00Z"
    for place in range(len(signature)):
        other = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        path.write_bytes(write_archive({**files, SIGNATURE: other}, 1_741_613_400_000_000))
        assert refusal(path, Trust(keys=(key.public,), allowed=EVERYTHING))


def test_a_member_that_was_changed_under_its_seal_is_named(
    bundle: Path, tmp_path: Path, trust: Trust
) -> None:
    files = members(bundle)
    files["rulebooks/manners.rulebook.yaml"] = files["rulebooks/manners.rulebook.yaml"].replace(b"3", b"9")
    (tmp_path / "a").write_bytes(write_archive(files, 1_741_613_400_000_000))
    assert refusal(tmp_path / "a", trust) == (
        'Its member "rulebooks/manners.rulebook.yaml" was changed: its checksum is another.'
    )


def test_a_manifest_that_was_changed_under_its_seal_is_refused(
    bundle: Path, tmp_path: Path, trust: Trust
) -> None:
    files = members(bundle)
    files[MANIFEST] = files[MANIFEST].replace(b"Dana", b"Dora")
    (tmp_path / "a").write_bytes(write_archive(files, 1_741_613_400_000_000))
    assert "signature is not that of its manifest" in refusal(tmp_path / "a", trust)


def test_a_wrong_key_is_refused_unless_that_is_allowed(bundle: Path) -> None:
    other = make_signing_key().public
    assert "which is not trusted here" in refusal(bundle, Trust(keys=(other,)))
    assert open_bundle(bundle, Trust(keys=(other,), allowed=frozenset({"untrusted"})))


def test_an_unsigned_bundle_is_refused_unless_that_is_allowed(tmp_path: Path, trust: Trust) -> None:
    export(tmp_path / "a", None)
    assert "It is unsigned" in refusal(tmp_path / "a", trust)
    assert open_bundle(tmp_path / "a", Trust(allowed=frozenset({"unsigned"}))).signed_by is None


def test_a_bundle_whose_signature_was_taken_off_is_unsigned(
    bundle: Path, tmp_path: Path, trust: Trust
) -> None:
    files = members(bundle)
    del files[SIGNATURE]
    (tmp_path / "a").write_bytes(write_archive(files, 1_741_613_400_000_000))
    assert "It is unsigned" in refusal(tmp_path / "a", trust)


@pytest.mark.parametrize("language", [0, 2, "1", True, None, 1.0])
def test_another_language_is_refused_whatever_is_allowed(
    bundle: Path, tmp_path: Path, key: SigningKey, language: object
) -> None:
    path = changed(bundle, tmp_path / "a", key, language=language)
    told = refusal(path, Trust(keys=(key.public,), allowed=EVERYTHING))
    assert told == f"Its rulebooks are written in language {language}; this touchrules reads language 1."


@pytest.mark.parametrize("language", [b"0", b"2"])
def test_a_rulebook_in_another_language_is_refused(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, language: bytes
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        name = "rulebooks/manners.rulebook.yaml"
        files[name] = files[name].replace(b"language: 1", b"language: " + language)

    path = forge(bundle, tmp_path / "a", key, change)
    assert refusal(path, trust) == "Its rulebooks or their tests cannot be read."
    with pytest.raises(BundleError, match="language"):
        open_bundle(path, trust)


def test_a_newer_format_is_refused_unless_that_is_allowed(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    path = changed(bundle, tmp_path / "a", key, format=2, more="a field of the future")
    assert refusal(path, trust) == "It has format 2; this touchrules knows format 1."
    assert open_bundle(path, Trust(keys=trust.keys, allowed=frozenset({"newer"}))).manifest.format == 2


def test_a_bundle_of_a_newer_touchrules_is_refused_unless_that_is_allowed(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    path = changed(bundle, tmp_path / "a", key, engine="99.0.1")
    assert refusal(path, trust) == f"It was written by touchrules 99.0.1; this one is {__version__}."
    assert open_bundle(path, Trust(keys=trust.keys, allowed=frozenset({"newer"})))


@pytest.mark.parametrize(
    "values",
    [
        {"format": 0},
        {"format": "1"},
        {"more": 1},
        {"by": 1},
        {"rulebooks": {}},
        {"parameters": [{}]},
        {"created": "yesterday"},
        {"timezone": "../etc/passwd"},
        {"replay": 1},
        {"files": []},
    ],
)
def test_a_manifest_that_is_none_is_refused(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, values: dict[str, Any]
) -> None:
    def change(told: dict[str, Any], files: dict[str, bytes]) -> None:
        if values == {"files": []}:
            files.clear()
        told.update(values)

    assert refusal(forge(bundle, tmp_path / "a", key, change), trust)


@pytest.mark.parametrize(
    "told", [b"", b"[]\n", b'{"a":1}\n', b"{" * 5000, b"[" * 200_000, b"\xff", b"NaN\n", b'"\\ud800"\n']
)
def test_json_in_another_form_is_refused(tmp_path: Path, bundle: Path, key: SigningKey, told: bytes) -> None:
    (tmp_path / "a").write_bytes(write_archive({MANIFEST: told}, 1_741_613_400_000_000))
    assert refusal(tmp_path / "a", Trust(allowed=EVERYTHING))


def drop(name: str) -> Change:
    """Take a member out, of the checksums too."""

    def change(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        del files[name], manifest["files"][name]

    return change


def test_a_file_of_tests_that_is_missing_is_refused_with_the_rules(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    path = forge(bundle, tmp_path / "a", key, drop("rulebooks/patience.tests.yaml"))
    assert refusal(path, trust) == "It holds no test of a rule that is in force: called-after-a-no."


def test_a_test_that_is_missing_is_refused(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files["rulebooks/patience.tests.yaml"] = b"rulebook: patience\ntests: {}\n"

    assert "no test of a rule" in refusal(forge(bundle, tmp_path / "a", key, change), trust)


@pytest.mark.parametrize(
    "name", ["rulebooks/manners.rulebook.yaml", "rulesets.json", "sample/touches.jsonl", "sample/facts.jsonl"]
)
def test_a_member_that_is_missing_is_named(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, name: str
) -> None:
    assert (
        refusal(forge(bundle, tmp_path / "a", key, drop(name)), trust) == f'Its member "{name}" is missing.'
    )
    files = members(bundle)
    del files[name]
    (tmp_path / "b").write_bytes(write_archive(files, 1_741_613_400_000_000))
    assert refusal(tmp_path / "b", trust) == f'Its member "{name}" is missing.'


def test_a_member_that_is_more_is_refused(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files["rulebooks/evil.py"] = b"raise SystemExit"

    told = refusal(forge(bundle, tmp_path / "a", key, change), trust)
    assert told == 'It has a member "rulebooks/evil.py", which is no part of a bundle.'


def test_members_in_another_order_are_refused(bundle: Path, tmp_path: Path, trust: Trust) -> None:
    files = dict(reversed(members(bundle).items()))
    (tmp_path / "a").write_bytes(write_archive(files, 1_741_613_400_000_000))
    assert "order" in refusal(tmp_path / "a", trust)


def test_a_bundle_that_is_not_there_is_refused(tmp_path: Path, trust: Trust) -> None:
    assert refusal(tmp_path / "none", trust) == "It cannot be read: No such file or directory."
    assert refusal(tmp_path, trust) == "It cannot be read: Is a directory."


def test_nothing_in_a_bundle_is_executed_and_nothing_but_it_is_opened(
    bundle: Path, tmp_path: Path, key: SigningKey
) -> None:
    """A package for YAML looks for its own plug-ins in its own folder; else there is nothing to see."""

    def change(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        name = "rulebooks/manners.rulebook.yaml"
        evil = b"say: \"{__import__('os').system('x')} {rep_id.__class__} !!python/object/apply:os.system\""
        start = files[name].index(b"say:")
        files[name] = files[name][:start] + evil + files[name][files[name].index(b"\n", start) :]

    evil = forge(bundle, tmp_path / "evil.touchrules", key, change)
    code = (
        "import sys\n"
        "from touchrules.production.bundle.keys import Trust\n"
        "from touchrules.production.bundle.opening import open_bundle\n"
        "trust, seen = Trust(allowed=frozenset({'untrusted'})), []\n"
        "open_bundle(sys.argv[1], trust)\n"
        "watched = ('exec', 'compile', 'import', 'open', 'os.', 'subprocess.', 'pickle.', 'marshal.')\n"
        "def watch(event, told):\n"
        "    if event.startswith(watched) and 'site-packages' not in str(told[0]):\n"
        "        seen.append((event, told[0]))\n"
        "sys.addaudithook(watch)\n"
        "open_bundle(sys.argv[2], trust)\n"
        "print([(event, str(of)) for event, of in seen])\n"
    )
    command = [sys.executable, "-c", code, str(bundle), str(evil)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([("open", str(evil))])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, trust: Trust) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe", trust) == "It is no file."


@pytest.mark.parametrize("field", ["language", "engine"])
def test_what_a_bundle_says_is_never_told_at_length(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, field: str
) -> None:
    path = changed(bundle, tmp_path / "a", key, **{field: "99" * 10_000})
    assert len(refusal(path, trust)) < 200


def test_a_test_that_is_missing_is_refused_though_its_rule_has_another(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    def drop(_manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        kept, last, after = files[TESTS].partition(b"    - name: one alone")
        files[TESTS] = kept + b"  call-back:" + after.partition(b"  call-back:")[2]
        assert last

    path = forge(bundle, tmp_path / "a", key, drop)
    told = 'It holds 1 tests of "too-many-calls"; its manifest tells of 2.'
    assert refusal(path, trust) == told


@pytest.mark.parametrize("field", ["version", "title"])
def test_a_manifest_that_tells_something_else_of_a_rulebook_is_refused(
    bundle: Path, tmp_path: Path, key: SigningKey, trust: Trust, field: str
) -> None:
    path = forge(bundle, tmp_path / "a", key, lambda told, _: told["rulebooks"][0].update({field: "9"}))
    assert "tells another version or title" in refusal(path, trust)
