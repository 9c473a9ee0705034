"""The shipped demo stream and the script that makes it."""

import csv
import gzip
import io

from tests.data.make_demo import COLUMNS, SEED, SHIPPED, make_csv


def test_the_shipped_stream_is_what_the_script_makes():
    assert gzip.decompress(SHIPPED.read_bytes()) == make_csv(SEED)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    assert make_csv(7) == make_csv(7) != make_csv(8)


def test_the_shipped_file_is_small_and_carries_no_time_stamp():
    packed = SHIPPED.read_bytes()

    assert len(packed) <= 300_000
    assert packed[4:8] == bytes(4)


def test_touches_are_numbered_in_the_order_of_time():
    rows = list(csv.DictReader(io.StringIO(make_csv(SEED).decode())))

    assert [row["touch_id"] for row in rows] == [f"t{number:05}" for number in range(1, len(rows) + 1)]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def test_every_column_of_the_shipped_stream_is_used():
    rows = list(csv.DictReader(io.StringIO(make_csv(SEED).decode())))

    assert [column for column in COLUMNS if not any(row[column] for row in rows)] == []
