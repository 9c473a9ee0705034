"""CSV files that are read many rows at once give what they give row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from touchrules.errors import DataError
from touchrules.streams import csvfile
from touchrules.streams.plaincsv import read_plain_csv

HEADS = ["x,y,z", "x", '"x",y', '"x\nq",y', "x,y", "\n", "x,x", ""]
CELLS = st.sampled_from(["", "a", "ab é", "1", '""', '"a,b"', '"a\nb"', '"a\r\n"', '"say ""yes"""', "  "])
SIGNS = st.sampled_from(["a", "b", ",", '"', "\n", "\r\n", "é", " ", "\r", "\0"])
ODD = st.lists(SIGNS, max_size=20).map("".join)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    head, ends = draw(st.sampled_from(HEADS)), draw(st.sampled_from(["\n", "\r\n"]))
    width = head.count(",") + 1
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))
    text = ends.join([head, *(",".join(row) for row in rows)])
    text += draw(st.sampled_from(["", ends, ends * 2])) + (draw(ODD) if draw(st.booleans()) else "")
    spoilt = draw(st.sampled_from([b"", b"", b"", b"\xff"]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode() + spoilt


def read(path: Path) -> Any:
    try:
        part = csvfile.read_csv(path)
    except DataError as error:
        return str(error)
    assert part.lines is not None
    cells = {name: cells.texts.to_pylist() for name, cells in part.columns.items()}  # type: ignore[union-attr]
    return cells, part.numbers.tolist(), part.lines.tolist(), part.rejects


@settings(deadline=None, max_examples=300)
@given(content=files())
def test_both_ways_to_read_agree(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "agree.csv"
    path.write_bytes(content)
    found = read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csvfile, "read_plain_csv", lambda *_: None)
        assert read(path) == found


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("x,y\n1,2\n", True),
        ('x,y\n"a,\n""b""",2', True),
        ("x,y\r\n1,2\r\n", True),
        ("x,y\n", True),
        ("x,y\n1\n", False),
        ("x,y\n\n1,2\n", False),
        ('x,y\na"b,2\n', False),
        ('x,y\n"a"b,2\n', False),
        ('x,y\n"a,2\n', False),
        ("x,y\n1\r2,3\n", False),
        ("x,y\n\0,3\n", False),
    ],
)
def test_only_what_is_plain_is_read_at_once(tmp_path: Path, text: str, is_plain: bool) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode())
    assert (read_plain_csv(path, ["x", "y"], ",") is not None) == is_plain
