"""Writing the files of a replay: all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.errors import ArgumentError
from touchrules.language.load import parse_rulebook
from touchrules.replay.run import Replay, replay
from touchrules.replay.writing import write_files, write_replay, write_text
from touchrules.streams.records import read_records

RULEBOOK = """\
rulebook: manners
language: 1
facts: {called: {from: {kind: call}}}
rules: [{id: every-call, title: A call, severity: low, when: {kind: call}}]
"""


@pytest.fixture(scope="module")
def replayed() -> Replay:
    touch = {"touch_id": "t1", "at": "2025-03-03", "contact_id": "c1", "kind": "call"}
    return replay([parse_rulebook(RULEBOOK)], read_records([touch]))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_same_replay_gives_the_same_bytes(replayed: Replay, tmp_path: Path) -> None:
    one, two = (write_replay(replayed, tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_files_that_are_there_are_replaced(replayed: Replay, tmp_path: Path) -> None:
    (tmp_path / "findings.parquet").write_text("old")
    write_replay(replayed, tmp_path)
    assert (tmp_path / "findings.parquet").read_bytes()[:4] == b"PAR1"
    assert _names(tmp_path) == ["expectations.parquet", "facts.parquet", "findings.parquet", "summary.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_error_while_writing_leaves_no_folder_behind(error: type[BaseException], tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise error

    with pytest.raises(error):
        write_files(tmp_path / "deep" / "out", {"a": lambda path: write_text("new", path), "b": fail})
    assert _names(tmp_path) == []


@pytest.mark.parametrize("moved", [1, 2, 3])
def test_an_error_while_files_are_moved_puts_the_old_ones_back(
    moved: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "c").write_text("old")
    original, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == moved:
            raise KeyboardInterrupt
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, {name: lambda path: write_text("new", path) for name in "abc"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old", "c": "old"}


def test_without_hard_links_the_old_files_are_kept_as_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "a").write_text("old")
    write_files(tmp_path, {"a": lambda path: write_text("new", path)})
    assert (tmp_path / "a").read_text() == "new"


def test_a_full_disk_is_told_as_what_it_is(tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ArgumentError, match="No space left on device"):
        write_files(tmp_path / "out", {"a": fail})
    assert _names(tmp_path) == []


def test_a_folder_that_has_the_name_of_a_file_is_told(replayed: Replay, tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").mkdir()
    with pytest.raises(ArgumentError, match=r"facts\.parquet cannot be written: it is a folder"):
        write_replay(replayed, tmp_path)
    assert _names(tmp_path) == ["facts.parquet"]


def test_a_link_that_leads_nowhere_is_told(replayed: Replay, tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ArgumentError, match="is no folder"):
        write_replay(replayed, tmp_path / "out")
