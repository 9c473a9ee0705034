"""Folders of prepared touches: what is kept, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from touchrules.errors import ArgumentError, DataError
from touchrules.model.touches import FieldType
from touchrules.streams.prepared import MANIFEST, check_prepared, open_prepared, ready_table, write_prepared
from touchrules.streams.reader import Reading, read_touches
from touchrules.streams.stream import Stream

CSV = """touch_id,at,contact_id,kind,duration_s,text,x
t2,2025-03-10 09:00,c1,call,,hello,1
t1,2025-03-10 09:00,c2,call,5,,2
t3,2025-03-11 09:00,c2,visit,7,hello,
t4,no time,c2,visit,7,hello,
"""


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    (tmp_path / "touches.csv").write_text(CSV)
    return read_touches(tmp_path / "touches.csv", timezone="Asia/Tokyo", bad_rows="skip")


@pytest.fixture
def folder(reading: Reading, tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "x.touches"
    with write_prepared(reading.stream, path, rejects=reading.rejects, unselected=3) as draft:
        draft.save_array("numbers", np.arange(3, dtype=np.int16))
        draft.note("sort", "name", {"told": 1})
    return path


def test_what_is_kept_is_what_was_read(folder: Path, reading: Reading) -> None:
    again = read_touches(folder)
    assert again.stream.table.equals(reading.stream.table)
    assert (again.stream.timezone, again.stream.types) == ("Asia/Tokyo", reading.stream.types)
    assert (again.rejects, again.unselected) == (reading.rejects, 3)


def test_arrays_and_notes_are_kept(folder: Path) -> None:
    opened = open_prepared(folder)
    numbers = opened.array("numbers")
    assert numbers is not None
    assert (numbers.dtype, numbers.tolist()) == (np.int16, [0, 1, 2])
    assert opened.array("others") is None
    assert (opened.note("sort", "name"), opened.note("sort", "other")) == ({"told": 1}, None)
    numbers[0] = 7
    check_prepared(folder)


def test_nothing_else_is_left_beside_it(folder: Path, reading: Reading) -> None:
    with write_prepared(reading.stream, folder):
        pass
    assert [path.name for path in folder.parent.iterdir()] == ["x.touches"]
    assert open_prepared(folder).array("numbers") is None


def test_what_goes_wrong_leaves_all_as_it_was(folder: Path, reading: Reading) -> None:
    with pytest.raises(KeyboardInterrupt), write_prepared(reading.stream, folder):
        raise KeyboardInterrupt
    assert [path.name for path in folder.parent.iterdir()] == ["x.touches"]
    assert open_prepared(folder).array("numbers") is not None


def test_something_else_is_not_replaced(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    for name in ("mine", "touches.csv"):
        writing = write_prepared(reading.stream, tmp_path / name)
        with pytest.raises(ArgumentError, match="something else"), writing:
            pass
    with write_prepared(reading.stream, tmp_path / "new"):
        pass


@pytest.mark.parametrize("name", ["touches.arrow", "numbers.npy"])
def test_a_folder_that_is_not_whole_is_refused(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DataError, match=rf"not whole: {name}"):
        read_touches(folder)
    path.unlink()
    with pytest.raises(DataError, match=rf"not whole: {name}"):
        read_touches(folder)


def test_damage_is_found_when_asked_for(folder: Path) -> None:
    path = folder / "numbers.npy"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    open_prepared(folder)
    with pytest.raises(DataError, match=r"damaged: numbers\.npy"):
        check_prepared(folder)


@pytest.mark.parametrize(
    ("change", "told"), [({"version": 99}, "another version"), ({"format": "x"}, "no prepared touches")]
)
def test_other_manifests_are_refused(folder: Path, change: dict[str, object], told: str) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DataError, match=told):
        read_touches(folder)
    path.write_text("{")
    with pytest.raises(DataError, match="cannot be read"):
        read_touches(folder)


def test_it_stands_alone_in_its_own_zone_with_its_own_types(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="not the only file"):
        read_touches([folder, tmp_path / "touches.csv"])
    with pytest.raises(ArgumentError, match="time zone Asia/Tokyo, not UTC"):
        read_touches(folder, timezone="UTC")
    with pytest.raises(ArgumentError, match="what a mapping says"):
        read_touches(folder, mapping=tmp_path / "m.yaml")
    with pytest.raises(DataError, match="holds x as number, and a rulebook declares it as text"):
        read_touches(folder, declared={"x": "text"})
    declared: dict[str, FieldType] = {"x": "number", "y": "text"}
    assert len(read_touches([folder], timezone="Asia/Tokyo", declared=declared).stream) == 3


def test_a_ready_table_has_each_column_in_one_piece() -> None:
    texts = pa.chunked_array([pa.array(["a", "b"]).dictionary_encode(), pa.array(["b"]).dictionary_encode()])
    many = pa.DictionaryArray.from_arrays([1, 1, None], [f"t{number}" for number in range(9)])
    ids = pa.chunked_array([["1"], ["2", "3"]])
    ready = ready_table(Stream(table=pa.table({"x": texts, "y": many, "touch_id": ids})))
    assert {column.num_chunks for column in ready.table.columns} == {1}
    assert ready.table.column("y").chunk(0).dictionary.to_pylist() == ["t1"]
    assert (ready.column("x"), ready.column("y")) == (["a", "b", "b"], ["t1", "t1", None])
