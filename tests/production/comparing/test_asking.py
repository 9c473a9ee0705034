"""Versions are found in files, folders, bundles, and in real git repositories."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.production.comparing.manners import BOOK, edited
from touchrules.errors import ArgumentError, BundleError, RulebookError
from touchrules.production.bundle.exporting import Provenance, allow_untested, export_bundle
from touchrules.production.bundle.keys import Trust, make_signing_key
from touchrules.production.bundle.tuned import Tuned
from touchrules.production.comparing.asking import find_versions
from touchrules.production.comparing.compare import compare
from touchrules.production.comparing.version import make_version

NAME = "manners.rulebook.yaml"
FOUR = edited(("default: 3,", "default: 4,"))
FIVE = edited(("default: 3,", "default: 5,"))
BUILDS_ON = """\
rulebook: visits
language: 1
rules:
  - id: cold-visit
    title: Visit nobody whom we do not know
    severity: low
    when: {kind: visit}
    unless: known
"""
Git = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which somebody compares."""
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ann Manager\n\temail = ann@example.com\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def git(folder: Path) -> Git:
    """A repository with the rulebook at 3 calls, then at 4, and on the disk at 5."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    (folder / "rules").mkdir()
    for text in (BOOK, FOUR):
        (folder / "rules" / NAME).write_text(text)
        git("add", ".")
        git("commit", "--quiet", "--message", "Manners", "--date", "2025-03-03T10:00:00Z")
    (folder / "rules" / NAME).write_text(FIVE)
    return git


def changed(folder: Path, *arguments: str) -> list[tuple[str | None, str | None]]:
    """Return the values before and after that a comparison tells."""
    comparison = compare(*find_versions(arguments, folder))
    return [(one.before, one.after) for book in comparison.rulebooks for one in book.changes]


KEY = make_signing_key()
OURS = Trust(keys=(KEY.public,))


def write_bundle(path: Path, text: str) -> Path:
    """Export the rulebook, signed with our key."""
    tuned = Tuned(texts={NAME: text}, tests={})
    provenance = Provenance(created=1_741_000_000_000_000, by="Ann Manager")
    export_bundle(tuned, path, provenance, key=KEY, judge_untested=allow_untested)
    return path


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        (["HEAD~1:rules", "HEAD:rules"], ("3 calls", "4 calls")),
        (["HEAD~1:rules/" + NAME, "rules/" + NAME], ("3 calls", "5 calls")),
        (["HEAD~1:./rules", "rules"], ("3 calls", "5 calls")),
        (["rules", "HEAD:rules"], ("5 calls", "4 calls")),
        (["HEAD~1", "HEAD", "rules"], ("3 calls", "4 calls")),
        (["HEAD~1..HEAD", "rules/" + NAME], ("3 calls", "4 calls")),
        (["HEAD~1..", "rules"], ("3 calls", "4 calls")),
        (["HEAD", "rules"], ("4 calls", "5 calls")),
        (["HEAD~1:", "HEAD:"], ("3 calls", "4 calls")),
    ],
    ids=" ".join,
)
def test_a_revision_is_named_as_git_names_it(
    folder: Path, arguments: list[str], values: tuple[str, str]
) -> None:
    assert changed(folder, *arguments) == [values]


def test_a_file_that_was_taken_away_is_compared_between_revisions(folder: Path, git: Git) -> None:
    git("rm", "--quiet", "--force", f"rules/{NAME}")
    assert changed(folder, "HEAD~1", "HEAD", f"rules/{NAME}") == [("3 calls", "4 calls")]


@pytest.mark.usefixtures("git")
def test_a_version_that_git_keeps_is_labelled_with_its_day_and_commit(folder: Path) -> None:
    label = find_versions(["HEAD~1:rules", "rules"], folder)[0].label
    assert label.startswith("rules, HEAD~1 of ")


def test_the_rulebooks_of_the_folder_are_loaded_with_one_that_builds_on_them(folder: Path) -> None:
    for name, text in (("old", BUILDS_ON), ("new", BUILDS_ON.replace("low", "high"))):
        (folder / name).mkdir()
        (folder / name / NAME).write_text(BOOK)
        (folder / name / "visits.rulebook.yaml").write_text(text)
    versions = find_versions(["old/visits.rulebook.yaml", "new/visits.rulebook.yaml"], folder)
    assert [book.rulebook for book in compare(*versions).rulebooks] == ["visits"]


def test_a_difference_of_a_rulebook_beside_is_named_and_not_told(folder: Path) -> None:
    for name, text in (("old", BOOK), ("new", FOUR)):
        (folder / name).mkdir()
        (folder / name / NAME).write_text(text)
        (folder / name / "visits.rulebook.yaml").write_text(BUILDS_ON)
    comparison = compare(*find_versions(["old/visits.rulebook.yaml", "new/visits.rulebook.yaml"], folder))
    assert (comparison.rulebooks, comparison.beside) == ((), ("Manners of the house",))


def test_a_rulebook_beside_it_of_a_revision_is_of_that_revision(folder: Path, git: Git) -> None:
    (folder / "rules" / "visits.rulebook.yaml").write_text(BUILDS_ON)
    git("add", ".")
    git("commit", "--quiet", "--message", "Visits")
    before, _ = find_versions(["HEAD:rules/visits.rulebook.yaml", "rules"], folder)
    assert {book.name for book in before.edition.rulebooks} == {"visits", "manners"}
    assert before.named == {"visits"}


def test_a_bundle_is_compared_with_a_file(folder: Path) -> None:
    write_bundle(folder / "sent.touchrules", FOUR)
    (folder / NAME).write_text(BOOK)
    before, after = find_versions([NAME, "sent.touchrules"], folder, OURS)
    (book,) = compare(before, after).rulebooks
    assert [(one.before, one.after) for one in book.changes] == [("3 calls", "4 calls")]
    assert after.label == "sent.touchrules, exported on 3 March 2025 by Ann Manager"


def test_a_bundle_of_what_lies_there_does_not_differ(folder: Path) -> None:
    write_bundle(folder / "sent.touchrules", BOOK)
    (folder / NAME).write_text(BOOK)
    assert not compare(*find_versions([NAME, "sent.touchrules"], folder, OURS)).differs


def test_a_bundle_is_known_by_what_it_holds_whatever_it_is_called(folder: Path) -> None:
    write_bundle(folder / "sent.zip", FOUR)
    before, after = find_versions(["sent.zip", "sent.zip"], folder, OURS)
    assert not compare(before, after).differs


@pytest.mark.parametrize(
    "arguments",
    [
        ["HEAD:sent.touchrules", "sent.touchrules"],
        ["HEAD", "sent.touchrules"],
    ],
    ids=" ".join,
)
def test_a_bundle_that_git_keeps_is_compared(folder: Path, git: Git, arguments: list[str]) -> None:
    write_bundle(folder / "sent.touchrules", BOOK)
    git("add", ".")
    git("commit", "--quiet", "--message", "Sent")
    write_bundle(folder / "sent.touchrules", FOUR)
    before, after = find_versions(arguments, folder, OURS)
    (book,) = compare(before, after).rulebooks
    assert [(one.before, one.after) for one in book.changes] == [("3 calls", "4 calls")]
    assert before.label.startswith("HEAD:sent.touchrules, exported on")
    with pytest.raises(BundleError, match="not trusted here"):
        find_versions(arguments, folder)


def test_a_submodule_is_told_to_hold_no_rulebook(folder: Path, git: Git) -> None:
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    git("commit", "--quiet", "--message", "A submodule")
    with pytest.raises(ArgumentError, match="holds no rulebook"):
        find_versions(["HEAD:sub", "rules"], folder)


def test_a_bundle_of_a_stranger_is_refused(folder: Path) -> None:
    write_bundle(folder / "sent.touchrules", BOOK)
    with pytest.raises(BundleError):
        find_versions(["sent.touchrules", "sent.touchrules"], folder)


def test_what_is_no_bundle_is_refused(folder: Path) -> None:
    (folder / "sent.touchrules").write_text("no bundle")
    with pytest.raises(BundleError):
        find_versions(["sent.touchrules", "sent.touchrules"], folder)


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["HEAD~7:rules", "rules"], "git knows no revision of that name"),
        (["nothing", "rules"], 'There is no file "nothing", and git knows no revision of that name'),
        (["--output=x", "HEAD", "rules"], "git knows no revision of that name"),
        (["HEAD:elsewhere", "rules"], "HEAD holds nothing at elsewhere"),
        (["rules", "elsewhere.rulebook.yaml"], "There is no file, folder or bundle elsewhere"),
        (["rules"], "There are no two versions to compare"),
        ([], "There are no two versions to compare"),
        (["rules", "rules", "rules"], "rules is a place, and 2 more arguments follow"),
        (["HEAD", "HEAD", "../../elsewhere"], "is not in the git repository|is in no git repository"),
    ],
    ids=str,
)
def test_what_is_not_there_is_told(folder: Path, arguments: list[str], why: str) -> None:
    with pytest.raises(ArgumentError, match=why):
        find_versions(arguments, folder)


def test_outside_of_a_repository_there_are_no_revisions(folder: Path) -> None:
    (folder / NAME).write_text(BOOK)
    with pytest.raises(ArgumentError, match="is in no git repository"):
        find_versions([f"HEAD:{NAME}", NAME], folder)


def test_what_is_no_rulebook_is_told_with_its_place(folder: Path) -> None:
    (folder / NAME).write_text(BOOK)
    (folder / "other.rulebook.yaml").write_text("- one\n")
    with pytest.raises(RulebookError, match=r"other.rulebook.yaml:1:1"):
        find_versions([NAME, "other.rulebook.yaml"], folder)


def test_a_folder_without_rulebooks_is_told(folder: Path) -> None:
    (folder / NAME).write_text(BOOK)
    (folder / "empty").mkdir()
    with pytest.raises(ArgumentError, match="holds no rulebook"):
        find_versions([NAME, "empty"], folder)


BASE = b"""
rulebook: base
language: 1
facts: {known: {from: {outcome: connected}}}
"""
ON_BASE = b"""
rulebook: own
language: 1
parameters: {cap: {type: integer, default: 3, label: Calls}}
rules:
  - {id: often, title: Often, severity: low, when: {kind: call}, unless: known,
     where: [{count: {kind: call}, more_than: $cap}]}
"""


def test_what_lies_beside_a_file_and_is_in_a_bundle_is_not_new() -> None:
    beside = make_version("file", {"own.rulebook.yaml": ON_BASE}, lambda: {"base.rulebook.yaml": BASE})
    whole = make_version(
        "bundle",
        {"own.rulebook.yaml": ON_BASE.replace(b"default: 3", b"default: 4"), "base.rulebook.yaml": BASE},
    )
    for before, after in ((beside, whole), (whole, beside)):
        told = [(one.rulebook, one.status) for one in compare(before, after).rulebooks]
        assert told == [("own", "changed")]
