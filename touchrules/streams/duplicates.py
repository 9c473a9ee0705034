"""Finds the touches that share their touch_id."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import numpy as np
import pyarrow as pa

from touchrules.streams.cells import NO_ROWS, Fault, quoted
from touchrules.streams.ordering import rows_of_shared
from touchrules.streams.rejects import row_texts
from touchrules.streams.whole import Whole

BadRows = Literal["stop", "skip"]


def find_duplicates(whole: Whole, bad_rows: BadRows) -> list[Fault]:
    """The rows that may not stand in the stream because another row has their touch_id.

    With "stop" these are all rows after the first with that id. With "skip" the order of the rows must not
    matter: of rows that are the same in every cell, and good, one is kept, else all of that id are set aside.
    """
    groups = _groups(whole)
    alike = [True] * len(groups) if bad_rows == "stop" else _alike(whole, groups)
    faults: list[Fault] = []
    for group, keeps_one in zip(groups, alike, strict=True):
        other = whole.position(group[0])
        faults.extend(_fault(whole, row, other) for row in group[1:])
        if not keeps_one:
            faults.append(_fault(whole, group[0], whole.position(group[1])))
    return faults


def _alike(whole: Whole, groups: list[list[int]]) -> list[bool]:
    """For each group whether its rows are good and have the same values and the same texts in their files."""
    bad = set(np.concatenate([NO_ROWS, *(fault.rows for fault in whole.faults)]).tolist())
    rows = np.array(sorted(row for group in groups for row in group), np.int64)
    values = dict(zip(rows.tolist(), whole.table.take(pa.array(rows)).to_pylist(), strict=True))
    written: dict[int, dict[str, str]] = {}
    for part, start in zip(whole.parts, whole.starts.tolist(), strict=True):
        own = rows[(rows >= start) & (rows < start + len(part))]
        written.update(zip(own.tolist(), row_texts(part, own - start), strict=True))
    return [
        bad.isdisjoint(group)
        and all(values[row] == values[group[0]] and written[row] == written[group[0]] for row in group)
        for group in groups
    ]


def _groups(whole: Whole) -> list[list[int]]:
    """Positions of the rows of each touch_id that stands more than once, in file order."""
    ids = whole.table.column("touch_id")
    rows = rows_of_shared(ids)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for row, touch_id in zip(rows.tolist(), ids.take(pa.array(rows)).to_pylist(), strict=True):
        groups[touch_id].append(row)
    return list(groups.values())


def _fault(whole: Whole, row: int, other: str) -> Fault:
    touch_id = quoted(whole.table.column("touch_id")[row].as_py())
    told = f"touch_id {touch_id} is also that of {other}"
    return Fault(field="touch_id", rows=np.array([row], np.int64), reason=lambda _: told)
