"""Streams and findings at random, to hold what is worked out for many at once against what is for each."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pyarrow as pa

from touchrules.engines.outcome import STATUSES, FactPeriods, RuleExpectations, RuleFindings
from touchrules.streams.derived import derived_fields
from touchrules.streams.stream import ARROW_TYPES, Stream

START = 1_741_600_000_000_000
DAY = 86_400_000_000
FIRST_YEAR = -62_135_596_800_000_000
TYPES = {
    "at": "timestamp",
    "duration_s": "number",
    "promised_at": "timestamp",
    "step": "number",
    "icp": "boolean",
}
CODED = ("touch_id", "contact_id", "account_id", "rep_id", "contact_name", "timezone")


def random_stream(seed: int, touches: int = 60) -> Stream:
    """Touches of which many are at one instant, with holes in their fields; some are long ago."""
    random = Random(seed)
    instants = [random.choice([-(10**15) + 1, 0, START]) + random.randrange(4) * 7 * 10**9 for _ in range(9)]

    def one(number: int) -> dict[str, Any]:
        return {
            "touch_id": random.choice(["t", "T", "\uff5e", "\U0001f600", "é"]) + str(number),
            "at": random.choice(instants),
            "contact_id": random.choice(["c1", "C2", "\uff5e", "\U0001f600"]),
            "account_id": random.choice([None, "a1", "B"]),
            "rep_id": random.choice([None, "r1", "r2", "R3", "r4", "r5", "r6", "r7"]),
            "kind": random.choice(["call", "email"]),
            "timezone": random.choice([None, "", "Europe/Berlin", "Asia/Kathmandu", "Africa/Monrovia"]),
            "contact_name": random.choice([None, "", "Ann", "{kind}", "Zoë \U0001f4de"]),
            "text": random.choice([None, "", "why? {value}??", "a|b"]),
            "step": random.choice([None, 1.0, -0.001, 0.5, 2 / 3, 1e20, -0.0]),
            "icp": random.choice([None, True, False]),
            "promised_at": random.choice([None, START + random.randrange(10**14), FIRST_YEAR, -1]),
            "topic": None,
            "from_number": random.choice([None, "+49 30 123456", "212-555-0100"]),
        }

    return stream_of([one(number) for number in range(touches)], random.choice(["UTC", "America/New_York"]))


def stream_of(touches: list[dict[str, Any]], timezone: str = "UTC") -> Stream:
    """Touches, in any order, as a stream; instants are microseconds since 1970 UTC."""
    ordered = sorted(touches, key=lambda touch: (touch["at"], touch["touch_id"]))
    columns = {}
    for name in touches[0]:
        values = [touch[name] for touch in ordered]
        arrow = ARROW_TYPES[TYPES.get(name, "text")]  # type: ignore[index]  # these are types of fields
        columns[name] = pa.array(values, pa.null() if set(values) == {None} else arrow)
    at = np.array([touch["at"] for touch in ordered], np.int64)
    zones = pa.chunked_array([pa.array([touch.get("timezone") or timezone for touch in ordered])])
    return Stream(table=pa.table({**columns, **derived_fields(at, zones, timezone)}), timezone=timezone)


def with_dictionaries(stream: Stream) -> Stream:
    """The same touches in three pieces, in which texts have dictionaries of their own."""
    size = len(stream) // 3 + 1
    pieces = []
    for start in range(0, len(stream), size):
        piece = stream.table.slice(start, size)
        for name in CODED:
            coded = piece.column(name).combine_chunks().dictionary_encode()
            piece = piece.set_column(piece.column_names.index(name), name, coded)
        pieces.append(piece)
    return Stream(table=pa.concat_tables(pieces), timezone=stream.timezone)


def some_rows(random: Random, stream: Stream) -> list[int]:
    """Some of the rows of a stream, in any order."""
    return random.sample(range(len(stream)), random.randrange(len(stream) + 1))


def random_findings(random: Random, stream: Stream, *, late: bool = False) -> RuleFindings:
    """Findings of some touches, with or without numbers; where they are `late`, at deadlines."""
    rows, at = some_rows(random, stream), stream.column("at")
    numbers = [random.choice([np.nan, 0.0, 3.0, 0.4, 93_784.5, 1e20]) for _ in rows]
    return RuleFindings(
        rows=np.array(rows, np.int64),
        at=np.array([at[row] + late * random.randrange(2) * 7 * 10**9 for row in rows], np.int64),
        values=np.array(numbers, np.float64) if random.random() < 0.7 else None,
    )


def random_expectations(random: Random, stream: Stream) -> RuleExpectations:
    """Expectations that some touches opened, ended in all ways."""
    rows = some_rows(random, stream)
    status = [random.randrange(len(STATUSES)) for _ in rows]
    by = np.array([START + random.randrange(DAY) for _ in rows], np.int64)
    settled_by = [random.randrange(len(stream)) if one < STATUSES.index("broken") else -1 for one in status]
    return RuleExpectations(
        rows=np.array(rows, np.int64),
        after=by - DAY,
        by=by,
        status=np.array(status, np.int8),
        settled_at=by,
        settled_by=np.array(settled_by, np.int64),
    )


def random_periods(random: Random, stream: Stream, field: str, *, late: bool) -> FactPeriods:
    """Periods of a fact about a field, some of them since one instant."""
    key, at = stream.column(field), stream.column("at")
    rows = [row for row in some_rows(random, stream) if key[row] is not None]
    since = np.array([at[row] + late * random.randrange(2) * 7 * 10**9 for row in rows], np.int64)
    return FactPeriods(
        rows=np.array(rows, np.int64),
        since=since,
        until=since + DAY,
        stands=np.array([random.random() < 0.5 for _ in rows], np.bool_),
    )
