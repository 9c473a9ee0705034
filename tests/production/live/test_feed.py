"""Lines are told as they come, and none is left behind in a file that is replaced."""

from __future__ import annotations

from pathlib import Path

from touchrules.production.live.feed import Stop, follow_batches


def test_what_was_written_before_a_file_was_replaced_is_read_first(tmp_path: Path) -> None:
    path, stop = tmp_path / "touches", Stop()
    path.write_text("a\n")
    told = follow_batches(path, None, stop)
    assert next(told)[0] == ["a"]
    with path.open("a") as file:
        file.write("b\nc")
    path.rename(tmp_path / "old")
    path.write_text("d\n")
    assert [next(told)[0] for _ in range(3)] == [["b"], ["c"], ["d"]]


def test_a_place_is_of_one_file(tmp_path: Path) -> None:
    path, stop = tmp_path / "touches", Stop()
    path.write_text("a\n")
    _, place = next(follow_batches(path, None, stop))
    with path.open("a") as file:
        file.write("b\n")
    assert next(follow_batches(path, place, stop))[0] == ["b"]
    path.rename(tmp_path / "old")
    path.write_text("c\nd\n")
    assert next(follow_batches(path, place, stop))[0] == ["c", "d"]


def test_a_file_that_was_cut_short_is_read_from_its_start(tmp_path: Path) -> None:
    path, stop = tmp_path / "touches", Stop()
    path.write_text("a\nb\n")
    told = follow_batches(path, None, stop)
    assert next(told)[0] == ["a", "b"]
    path.write_text("c\n")
    assert next(told)[0] == ["c"]
