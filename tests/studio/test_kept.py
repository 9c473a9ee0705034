"""Touches that are kept ready: the same as those of the file, until the file is another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.studio.conftest import touches
from touchrules.streams.stream import Stream
from touchrules.studio import kept
from touchrules.studio.beside import run_beside, wait_for_all
from touchrules.studio.opening import Data, read_data


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file of touches, and an empty folder to keep what is made ready in."""
    monkeypatch.setenv(kept.CACHE, str(tmp_path / "kept"))
    path = tmp_path / "touches.parquet"
    pq.write_table(touches().table.drop_columns(["local_hour", "weekday", "local_date"]), path)
    return str(path)


def read(path: str, file: Path) -> Stream:
    """The touches that a studio on a rulebook opens."""
    return read_data(Data(path=path), (str(file),)).stream


def test_touches_that_were_opened_once_are_opened_from_where_they_are_kept(data: str, file: Path) -> None:
    first = read(data, file)
    wait_for_all()
    second = read(data, file)
    assert first.prepared is None
    assert second.prepared is not None
    assert second.table.equals(first.table)


def test_a_file_that_was_written_again_is_read_again(data: str, file: Path) -> None:
    read(data, file)
    wait_for_all()
    os.utime(data, ns=(0, 0))
    assert kept.open_kept(data, None, {}) is None


def test_what_is_damaged_is_not_opened(data: str, file: Path, tmp_path: Path) -> None:
    read(data, file)
    wait_for_all()
    [folder] = (tmp_path / "kept").iterdir()
    (folder / "touches.arrow").unlink()
    assert read(data, file).prepared is None


def test_of_many_files_those_opened_last_are_kept(data: str, file: Path, tmp_path: Path) -> None:
    for number in range(8):
        other = tmp_path / f"{number}.parquet"
        shutil.copy(data, other)
        kept.keep(str(other), [str(file)], None, {})
        wait_for_all()
    assert len(list((tmp_path / "kept").iterdir())) == kept._MOST
    assert kept.open_kept(str(tmp_path / "7.parquet"), None, {}) is not None


def test_nothing_is_kept_where_no_folder_is_named_for_it(
    data: str, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(kept.CACHE, "")
    read(data, file)
    assert not (tmp_path / "kept").exists()


def test_no_file_of_the_folder_is_run_as_code(tmp_path: Path) -> None:
    (tmp_path / "platformdirs.py").write_text("open('was-run', 'w').close()\n")
    run_beside(["-c", "import platformdirs, pathlib; pathlib.Path('done').touch()"], tmp_path)
    wait_for_all()
    assert (tmp_path / "done").exists()
    assert not (tmp_path / "was-run").exists()
