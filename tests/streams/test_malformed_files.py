"""Files that cannot be read: each a clear DataError, whatever is wrong with them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from touchrules.errors import ArgumentError, DataError
from touchrules.streams.reader import Reading, read_touches

Read = Callable[..., Reading]
HEAD = b"touch_id,at,contact_id,kind\n"
CSV = HEAD + b"".join(b"t%d,2025-03-10,c1,call\n" % number for number in range(5000))
LATIN = "t,2025-03-10,Müller,call\n".encode("cp1252")


def parquet() -> bytes:
    whole = io.BytesIO()
    touch = {"touch_id": ["t1"], "at": ["2025-03-10"], "contact_id": ["c"], "kind": ["call"]}
    pq.write_table(pa.table(touch), whole)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.csv", b"", "is empty"),
        ("t.csv", b"\xef\xbb\xbf", "is empty"),
        ("t.csv.gz", b"", "is empty"),
        ("t.parquet", b"", "cannot be read as Parquet"),
        ("t.csv.gz", gzip.compress(CSV, mtime=0)[:-200], "cannot be read: Truncated compressed stream"),
        ("t.csv.zst", zstandard.compress(CSV)[:-20], "cannot be read: Truncated compressed stream"),
        ("t.csv.gz", CSV, "cannot be read"),
        ("t.csv.zst", CSV, "cannot be read"),
        ("t.csv.gz", gzip.compress(CSV, mtime=0) + b"more", "cannot be read"),
        ("t.csv", gzip.compress(CSV, mtime=0), r"t\.csv:1:1[\s\S]*is not utf-8"),
        ("t.parquet", parquet()[:-20], "cannot be read as Parquet"),
        ("t.parquet", b"PAR1" + bytes(range(256)) + b"PAR1", "cannot be read as Parquet"),
        ("t.parquet", CSV, "cannot be read as Parquet"),
        ("t.csv", parquet(), "NUL byte|is not utf-8"),
        ("t.parquet.gz", gzip.compress(parquet(), mtime=0), "is a compressed Parquet file"),
        ("t.csv", bytes(range(256)) * 10, "NUL byte|is not utf-8"),
        ("t.csv", CSV + LATIN, r"t\.csv:5002:1[\s\S]*byte 0xfc, number 15"),
        ("t.csv", CSV.decode().encode("utf-16"), "is not utf-8"),
        ("t.csv", CSV.decode().encode("utf-16-le"), r"NUL byte"),
        ("t.csv", CSV + b"t\0,2025-03-10,c,call\n", r"t\.csv:5002:1[\s\S]*holds a NUL byte"),
        ("t.csv", CSV + b'"t,2025-03-10,c,call\n\n', r"t\.csv:5002:1[\s\S]*unexpected end of data"),
        ("t.csv", CSV + b'"t"x,2025-03-10,c,call\n', r"t\.csv:5002:1[\s\S]*',' expected after '\"'"),
        ("t.csv", b"touch_id,at,at,kind,kind\n", "has columns of the same name: at, kind"),
        ("t.csv", b"touch_id,,at, \n", "has columns without a name: column 2, 4"),
        ("t.csv", b"touch_id;at;contact_id;kind\n1;2025-03-10;c;call\n", "has no column touch_id, at"),
        ("t.csv", b"\n\n", "has no column|without a name"),
        ("t.jsonl", b"", "is empty"),
        ("t.jsonl", CSV, "is no JSON object"),
        ("t.jsonl", b'{"": 1}\n', "has columns without a name"),
        ("t.jsonl.gz", gzip.compress(b'{"a": 1}\n' * 999, mtime=0)[:-9], "Truncated compressed stream"),
        ("t.jsonl", '{"a": "ü"}'.encode("cp1252"), "is not utf-8"),
        ("t.xlsx", b"PK", "extension that says nothing"),
        ("t", CSV, "extension that says nothing"),
        ("t.gz", gzip.compress(CSV, mtime=0), "extension that says nothing"),
        ("t.json", b"[]", "extension that says nothing"),
    ],
)
def test_a_malformed_file_is_a_clear_error(read: Read, name: str, content: bytes, told: str) -> None:
    with pytest.raises(DataError, match=told) as caught:
        read(content, name=name)
    assert (caught.value.exit_code, name in str(caught.value)) == (4, True)


def test_duplicate_columns_of_parquet_are_refused(tmp_path: Path) -> None:
    twice = pa.Table.from_arrays([pa.array(["a"])] * 2, names=["touch_id", "touch_id"])
    pq.write_table(twice, tmp_path / "t.parquet")
    with pytest.raises(DataError, match="same name: touch_id"):
        read_touches(tmp_path / "t.parquet")


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_is_not_there_is_a_wrong_argument(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArgumentError):
        read_touches(tmp_path / name)


def test_no_file_at_all_is_a_wrong_argument() -> None:
    with pytest.raises(ArgumentError, match="No file of touches is given"):
        read_touches([])
