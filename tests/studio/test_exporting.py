"""What is exported from the studio, without widgets: what is said of it before, and what is written."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, touches
from tests.studio.exported import TESTS, ahead, order, unheard, write_tests
from touchrules.errors import Cancelled, RulebookError
from touchrules.production.bundle.keyring import FOLDER, Keyring
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.opening import open_bundle
from touchrules.studio.exporting import carry_out, place_of
from touchrules.studio.exportpreview import propose_name
from touchrules.studio.signing import NOT_CHOSEN, UNSIGNED, find_keys, make_key
from touchrules.studio.state import StudioState

CHANGED = ("manners", "Calls to one contact: 2 calls → 3 calls")
OTHER = """\
rulebook: other
language: 1
version: 2.0.0
rules: [{id: no-notes, title: Write no notes, severity: low, when: {kind: note}}]
"""


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of keys that is nobody's, empty yet."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.fixture
def tested(studio: StudioState, file: Path) -> StudioState:
    """The studio on a rulebook with a test of each rule."""
    write_tests(file)
    return studio


def test_what_is_set_is_told_against_the_files_and_against_the_defaults(tested: StudioState) -> None:
    tested.set("manners", "cap", 3)
    tested.switch("answer", on=False)
    preview = ahead(tested)
    switched = ("manners", "Rule “Answer what they ask” is switched off.")
    assert set(preview.against_files) == {CHANGED, switched}
    assert set(preview.against_defaults) == {CHANGED, switched}
    assert [(one.title, one.in_force, one.tests, one.edited) for one in preview.rulebooks] == [
        ("manners", 2, 3, False)
    ]


def test_a_text_that_was_edited_differs_from_the_file_and_is_the_default_itself(
    tested: StudioState, file: Path
) -> None:
    tested.edit(str(file), BOOK.replace("default: 2", "default: 3"))
    preview = ahead(tested)
    assert preview.against_files == (CHANGED,)
    assert preview.against_defaults == ()
    assert preview.rulebooks[0].edited


def test_rules_without_a_test_are_told_before(studio: StudioState, file: Path) -> None:
    write_tests(file, TESTS)
    assert [one.rule for one in ahead(studio).untested] == ["answer"]
    studio.switch("answer", on=False)
    assert ahead(studio).untested == ()


def test_the_figures_are_those_of_all_touches_that_are_open(tested: StudioState) -> None:
    figures = ahead(tested).figures
    assert (figures.files, figures.touches, figures.contacts) == (("touches.parquet",), 10, 4)
    assert {one.rule: one.found for one in figures.rules}["too-many-calls"] == 4


def test_the_file_is_called_like_the_rulebook_and_its_version(tested: StudioState) -> None:
    assert propose_name(ahead(tested), None) == "manners-1.0.0.touchrules"


def test_of_several_rulebooks_the_one_that_was_opened_or_changed_gives_the_name(file: Path) -> None:
    other = file.with_name("other.rulebook.yaml")
    other.write_text(OTHER)
    studio = StudioState([str(file), str(other)], touches())
    assert propose_name(ahead(studio), None) == "manners-1.0.0-and-1-more.touchrules"
    assert propose_name(ahead(studio), str(other)) == "other-2.0.0-and-1-more.touchrules"
    studio.switch("no-notes", on=False)
    assert propose_name(ahead(studio), None) == "other-2.0.0-and-1-more.touchrules"


def test_a_name_gets_the_ending_of_bundles_once(tmp_path: Path) -> None:
    wanted = tmp_path / "calls.touchrules"
    assert place_of(" calls ", tmp_path) == place_of("calls.touchrules", tmp_path) == wanted


def test_what_stands_is_written_signed_and_verified(tested: StudioState, tmp_path: Path) -> None:
    tested.set("manners", "cap", 3)
    key, out = make_key(), tmp_path / "calls.touchrules"
    told = carry_out(order(tested, out, key=key.key.id, by="ann", note="As agreed"), unheard, lambda: 0.0)
    assert told.error is None
    assert told.report is not None
    assert told.report.passed
    assert len(told.report.checks) == 8
    bundle = open_bundle(out, Trust(keys=[key.key]))
    manifest = bundle.manifest
    assert [one.told for one in manifest.parameters] == [CHANGED[1]]
    assert (manifest.by, manifest.note, manifest.created) == ("ann", "As agreed", "1970-01-01T00:00:00Z")
    assert bundle.rulebooks[0].parameters["cap"].default == 3
    assert manifest.replay == ahead(tested).figures


def test_the_files_of_the_rulebooks_stay_as_they_are(tested: StudioState, file: Path, tmp_path: Path) -> None:
    tested.set("manners", "cap", 3)
    carry_out(order(tested, tmp_path / "calls.touchrules"), unheard)
    assert file.read_text() == BOOK
    assert tested.is_changed


def test_an_unsigned_export_is_verified_as_such(tested: StudioState, tmp_path: Path) -> None:
    told = carry_out(order(tested, tmp_path / "calls.touchrules"), unheard)
    assert told.report is not None
    assert told.report.passed
    assert told.report.allowed == ("unsigned",)


def test_a_file_that_is_there_is_written_over_only_where_that_was_said(
    tested: StudioState, tmp_path: Path
) -> None:
    out = tmp_path / "calls.touchrules"
    out.write_text("theirs, and no bundle")
    assert carry_out(order(tested, out, replaceable=out), unheard).error is not None
    out.write_bytes(theirs := b"PK\x03\x04theirs")
    told = carry_out(order(tested, out), unheard)
    assert told.error is not None
    assert "There is a file calls.touchrules already." in str(told.error)
    assert out.read_bytes() == theirs
    again = carry_out(order(tested, out, replaceable=out), unheard)
    assert again.report is not None
    assert again.report.passed


def test_a_rule_without_a_test_passes_only_knowingly_and_the_bundle_names_it(
    studio: StudioState, file: Path, tmp_path: Path
) -> None:
    write_tests(file, TESTS)
    out = tmp_path / "calls.touchrules"
    told = carry_out(order(studio, out), unheard)
    assert [one.rule for one in told.untested] == ["answer"]
    assert "answer" in str(told.error)
    assert "--" not in str(told.error)
    assert not out.exists()
    again = carry_out(order(studio, out, untested=told.untested), unheard)
    assert again.manifest is not None
    assert [one.rule for one in again.manifest.untested] == ["answer"]


def test_an_export_that_is_stopped_writes_nothing(tested: StudioState, tmp_path: Path) -> None:
    def stop(_what: str, _done: int, _total: int) -> None:
        raise Cancelled([])

    out = tmp_path / "calls.touchrules"
    told = carry_out(order(tested, out), stop)
    assert isinstance(told.error, Cancelled)
    assert told.manifest is None
    assert not out.exists()


def test_a_verification_that_is_stopped_is_told_as_none(tested: StudioState, tmp_path: Path) -> None:
    out = tmp_path / "calls.touchrules"

    def stop_once_written(_what: str, _done: int, _total: int) -> None:
        if out.exists():
            raise Cancelled([])

    told = carry_out(order(tested, out), stop_once_written)
    assert told.manifest is not None
    assert told.report is None
    assert isinstance(told.error, Cancelled)


def test_tests_that_fail_are_told_with_their_rule(tested: StudioState, file: Path, tmp_path: Path) -> None:
    write_tests(file, TESTS.replace("finds: [3]", "finds: [2]"))
    told = carry_out(order(tested, tmp_path / "calls.touchrules"), unheard)
    assert "rule too-many-calls, test the third of a week" in str(told.error)


def test_tests_that_cannot_be_read_are_told_before(tested: StudioState, file: Path) -> None:
    write_tests(file, TESTS.replace("finds: [3]", "finds: three"))
    with pytest.raises(RulebookError, match="finds"):
        ahead(tested)


def test_without_a_key_nothing_is_chosen_for_anybody(keys: Path) -> None:
    own = find_keys()
    assert own.choice() == NOT_CHOSEN
    assert list(own.choices().values()) == [NOT_CHOSEN, UNSIGNED]
    assert str(keys) in own.say(NOT_CHOSEN)
    assert not keys.exists()


def test_a_key_that_was_made_is_proposed_and_told_where_it_lies(keys: Path) -> None:
    made = make_key()
    own = find_keys()
    assert own.choice() == made.key.id
    assert str(keys / "own.private.pem") in own.say(made.key.id)
    assert "--allow-unsigned" in own.say(UNSIGNED)


def test_of_several_keys_none_is_proposed() -> None:
    make_key()
    Keyring().create("team")
    assert find_keys().choice() == NOT_CHOSEN
    assert len(find_keys().choices()) == 4


def test_a_key_that_others_may_read_is_told_and_not_used() -> None:
    made = make_key()
    made.file.chmod(0o644)
    own = find_keys()
    assert own.keys == ()
    assert "Others may read the private key" in str(own.error)


def test_an_order_is_of_what_stood_when_it_was_given(tested: StudioState, tmp_path: Path) -> None:
    given = order(tested, tmp_path / "calls.touchrules")
    tested.set("manners", "cap", 3)
    told = carry_out(dataclasses.replace(given, note="before"), unheard)
    assert told.manifest is not None
    assert told.manifest.parameters == ()
