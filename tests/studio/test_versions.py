"""Earlier versions of rulebooks in real git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, touches
from touchrules.errors import ArgumentError, TouchrulesError
from touchrules.language.describe_differences import say_difference
from touchrules.production.revisions import NoRepository, Repository, commit_files, find_repository
from touchrules.studio.effects import say_effect
from touchrules.studio.state import StudioState
from touchrules.studio.versions import compare_versions, go_back, lay_side_by_side, read_versions

Git = Callable[..., str]


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git knows nobody's settings but those of the test."""
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[user]\n\tname = Ann Manager\n\temail = ann@example.com\n[init]\n\tdefaultBranch = main\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a difficult name, in a repository."""
    folder = tmp_path / "the rules" / "ünser [1] *"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def git(folder: Path) -> Git:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet", "..")
    return git


def write(folder: Path, text: str = BOOK, name: str = "manners.rulebook.yaml") -> Path:
    file = folder / name
    file.write_text(text)
    return file


FIRST = BOOK.replace("default: 2,", "default: 1,").replace("1.0.0", "0.9.0")


@pytest.fixture
def studio(folder: Path, git: Git) -> StudioState:
    """A studio on a rulebook with two commits, of which the second says why."""
    file = write(folder, FIRST)
    git("add", ".")
    git("commit", "--quiet", "--message", "First rules")
    write(folder)
    git("commit", "--quiet", "--all", "--message", "Fewer complaints\n\nAsked for by Bob")
    return StudioState([str(file)], touches())


def file_of(studio: StudioState) -> str:
    return studio.saved.sources[0].file


def test_the_history_tells_who_wrote_each_version_when_and_why(studio: StudioState) -> None:
    history = read_versions(studio, file_of(studio))
    assert [(one.number, one.author, one.note) for one in history.known] == [
        ("1.0.0", "Ann Manager", "Fewer complaints\n\nAsked for by Bob"),
        ("0.9.0", "Ann Manager", "First rules"),
    ]
    assert [one.text for one in history.known] == [BOOK, FIRST]
    assert all(one.at.tzinfo for one in history.known)


def test_a_file_that_was_renamed_keeps_its_history(studio: StudioState, folder: Path, git: Git) -> None:
    git("mv", "--", "manners.rulebook.yaml", "house.rulebook.yaml")
    git("commit", "--quiet", "--message", "Another name")
    studio.move(folder / "manners.rulebook.yaml", folder / "house.rulebook.yaml")
    notes = [one.note.splitlines()[0] for one in read_versions(studio, file_of(studio)).known]
    assert notes == ["Another name", "Fewer complaints", "First rules"]


def test_a_worktree_has_the_history_too(studio: StudioState, git: Git, tmp_path: Path) -> None:
    git("worktree", "add", "--quiet", str(tmp_path / "other"), "-b", "other")
    file = tmp_path / "other" / "ünser [1] *" / "manners.rulebook.yaml"
    other = StudioState([str(file)], touches())
    assert len(read_versions(other, str(file)).known) == 2


def test_where_there_is_no_repository_a_line_says_what_would_begin_one(file: Path) -> None:
    studio = StudioState([str(file)], touches())
    history = read_versions(studio, str(file))
    assert history.known == ()
    assert "`git init` there begins to" in history.why


def test_where_there_is_no_git_a_line_says_so(
    studio: StudioState, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in read_versions(studio, file_of(studio)).why


def test_a_repository_without_a_commit_has_no_version_yet(folder: Path, git: Git) -> None:
    studio = StudioState([str(write(folder))], touches())
    assert "no version of manners.rulebook.yaml yet" in read_versions(studio, file_of(studio)).why


def test_a_repository_that_the_environment_names_is_not_asked(
    studio: StudioState, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert len(read_versions(studio, file_of(studio)).known) == 2


def test_an_old_version_is_compared_in_words_in_findings_and_line_by_line(studio: StudioState) -> None:
    studio.set("manners", "cap", 3)
    first = read_versions(studio, file_of(studio)).known[-1]
    file = file_of(studio)
    found = compare_versions(studio, file, first.text, studio.pending()[file])
    assert [say_difference(one) for one in found.differences] == [
        "Version: 0.9.0 → 1.0.0",
        "Calls to one contact: 1 calls → 3 calls",
    ]
    assert say_effect(found.effect).startswith("finds 4 fewer (of 6)")
    assert next((one.title, one.old, one.new) for one in found.found) == (
        "Call no more than twice a week",
        6,
        2,
    )
    assert [(one.kind, one.old[0] if one.old else 0) for one in found.lines if one.kind != "same"] == [
        ("changed", 4),
        ("changed", 6),
    ]
    assert studio.find("too-many-calls")[1].parameters["cap"].value == 3


def test_an_old_version_that_does_not_load_any_more_is_told_with_its_problems(studio: StudioState) -> None:
    file = file_of(studio)
    found = compare_versions(studio, file, BOOK.replace("kind: call}", "knd: call}"), BOOK)
    assert "knd" in found.problems[0].message
    assert [one.kind for one in found.lines].count("changed") == 2


def test_going_back_is_one_step_that_writes_nothing(studio: StudioState, folder: Path) -> None:
    studio.set("manners", "cap", 3)
    file = file_of(studio)
    go_back(studio, file, read_versions(studio, file).known[-1])
    assert [say_difference(one) for one in studio.changes()] == ["Calls to one contact: 2 calls → 1 calls"]
    assert Path(file).read_text() == BOOK
    assert studio.undoable == "manners.rulebook.yaml as of version 0.9.0"
    studio.undo()
    assert studio.find("too-many-calls")[1].parameters["cap"].value == 3


def test_a_version_that_one_went_back_to_is_saved_under_a_new_number(studio: StudioState) -> None:
    file = file_of(studio)
    go_back(studio, file, read_versions(studio, file).known[-1])
    studio.save()
    assert Path(file).read_text() == FIRST.replace("0.9.0", "1.0.1")


def test_one_cannot_go_back_to_what_does_not_load(studio: StudioState, folder: Path, git: Git) -> None:
    write(folder, BOOK.replace("kind: call}", "knd: call}"))
    git("commit", "--quiet", "--all", "--message", "Broken")
    file = file_of(studio)
    with pytest.raises(TouchrulesError, match="knd"):
        go_back(studio, file, read_versions(studio, file).known[0])
    assert not studio.is_changed


def repository_of(folder: Path) -> Repository:
    repository = find_repository(folder)
    assert isinstance(repository, Repository)
    return repository


def test_a_commit_takes_the_saved_files_and_nothing_else_that_is_staged(
    studio: StudioState, folder: Path, git: Git
) -> None:
    (folder / "draft.txt").write_text("not yet")
    git("add", "draft.txt")
    studio.set("manners", "cap", 3)
    files = [Path(one) for one in studio.save()]
    commit_files(repository_of(folder), files, "# Less calls\n\nReally")
    assert git("show", "--name-only", "--format=%an: %B", "-z", "HEAD").split("\0")[:2] == [
        "Ann Manager: # Less calls\n\nReally\n",
        "\nünser [1] */manners.rulebook.yaml",
    ]
    assert git("diff", "--cached", "--name-only", "-z") == "ünser [1] */draft.txt\0"


def test_a_rulebook_that_git_does_not_know_yet_is_committed_too(folder: Path, git: Git) -> None:
    file = write(folder)
    commit_files(repository_of(folder), [file], "New")
    assert git("ls-files", "-z") == "manners.rulebook.yaml\0"


def test_a_hook_that_refuses_is_told_in_its_words_and_nothing_is_staged(folder: Path, git: Git) -> None:
    file = write(folder)
    hook = folder.parent / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Write a ticket number' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ArgumentError, match="Write a ticket number"):
        commit_files(repository_of(folder), [file], "New")
    assert git("status", "--porcelain", "-z", "--", ".").startswith("?? ")


def test_without_a_name_in_gits_settings_the_commit_is_refused_in_gits_words(
    folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("config", "user.useConfigOnly", "true")
    with pytest.raises(ArgumentError, match="Please tell me who you are"):
        commit_files(repository_of(folder), [write(folder)], "New")


def test_a_damaged_repository_is_none(folder: Path, git: Git) -> None:
    shutil.rmtree(folder.parent / ".git" / "refs")
    found = find_repository(folder)
    assert isinstance(found, NoRepository)
    assert "no git repository" in found.why


def test_lines_are_laid_side_by_side() -> None:
    laid = lay_side_by_side("a\nb\nc\n", "a\nB\nc\nd\n")
    assert [(one.kind, one.old, one.new) for one in laid] == [
        ("same", (1, "a"), (1, "a")),
        ("changed", (2, "b"), (2, "B")),
        ("same", (3, "c"), (3, "c")),
        ("new", None, (4, "d")),
    ]
