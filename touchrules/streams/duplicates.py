"""Finds the touches that share their touch_id."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import numpy as np

from touchrules.streams.cells import Fault, quoted
from touchrules.streams.whole import Whole

BadRows = Literal["stop", "skip"]


def find_duplicates(whole: Whole, bad_rows: BadRows) -> list[Fault]:
    """The rows that may not stand in the stream because another row has their touch_id.

    With "stop" these are all rows after the first with that id. With "skip" the order of the rows must not
    matter: of rows that are the same in every field one is kept, else all of that id are set aside.
    """
    faults: list[Fault] = []
    for group in _groups(whole):
        keeps_one = bad_rows == "stop" or _all_alike(whole, group)
        other = whole.position(group[0])
        faults.extend(_fault(whole, row, other) for row in group[1:])
        if not keeps_one:
            faults.append(_fault(whole, group[0], whole.position(group[1])))
    return faults


def _groups(whole: Whole) -> list[list[int]]:
    """Positions of the rows of each touch_id that stands more than once, in file order."""
    ids = whole.table.column("touch_id").combine_chunks().dictionary_encode().indices
    codes = ids.fill_null(-1).to_numpy()
    counts = np.bincount(codes + 1)
    counts[:1] = 0
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(counts[codes + 1] > 1) if len(codes) else ():
        groups[int(codes[row])].append(int(row))
    return list(groups.values())


def _all_alike(whole: Whole, group: list[int]) -> bool:
    rows = whole.table.take(group).to_pylist()
    return all(row == rows[0] for row in rows[1:])


def _fault(whole: Whole, row: int, other: str) -> Fault:
    touch_id = quoted(whole.table.column("touch_id")[row].as_py())
    told = f"touch_id {touch_id} is also that of {other}"
    return Fault(field="touch_id", rows=np.array([row], np.int64), reason=lambda _: told)
