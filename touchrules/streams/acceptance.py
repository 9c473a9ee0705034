"""Decides which rows become touches; the others are refused or set aside, never dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from touchrules.streams.cells import NO_ROWS, Fault, Reject, Rows
from touchrules.streams.duplicates import BadRows, find_duplicates
from touchrules.streams.rejects import TOLD_AT_MOST, refuse_rows, reject_rows
from touchrules.streams.whole import Whole


def accept_rows(whole: Whole, bad_rows: BadRows) -> tuple[Rows, tuple[Reject, ...]]:
    """The positions of the good rows, and the rows set aside in the order of the files.

    With "stop", bad rows raise DataError that tells how many there are and the first 20.
    """
    is_good, faults, ragged = _judge(whole, bad_rows)
    bad = np.flatnonzero(~is_good)
    if bad_rows == "stop" and (len(bad) or ragged):
        first = _in_file_order(whole, faults, bad[:TOLD_AT_MOST], ragged)
        raise refuse_rows(first, len(bad) + len(ragged))
    return np.flatnonzero(is_good), tuple(_in_file_order(whole, faults, bad, ragged))


def set_aside(whole: Whole, bad_rows: BadRows) -> tuple[Rows, tuple[Reject, ...]]:
    """The positions of the good rows and all rows that are bad by `bad_rows`; raises nothing."""
    is_good, faults, ragged = _judge(whole, bad_rows)
    return np.flatnonzero(is_good), tuple(_in_file_order(whole, faults, np.flatnonzero(~is_good), ragged))


def _judge(
    whole: Whole, bad_rows: BadRows
) -> tuple[npt.NDArray[np.bool_], Sequence[Fault], list[tuple[int, Reject]]]:
    """Return which rows are good, all faults, and the rejects of parts with the numbers of these."""
    faults = [*whole.faults, *find_duplicates(whole, bad_rows)]
    is_good = np.ones(len(whole.table), np.bool_)
    is_good[np.concatenate([NO_ROWS, *(fault.rows for fault in faults)])] = False
    return is_good, faults, [(index, one) for index, part in enumerate(whole.parts) for one in part.rejects]


def _in_file_order(
    whole: Whole, faults: Sequence[Fault], rows: Rows, ragged: Sequence[tuple[int, Reject]]
) -> list[Reject]:
    reasons = _reasons(faults, rows)
    ends = [*whole.starts[1:].tolist(), len(whole.table)]
    found = list(ragged)
    for index, (part, start, end) in enumerate(zip(whole.parts, whole.starts.tolist(), ends, strict=True)):
        own = {row - start: reasons[row] for row in rows[(rows >= start) & (rows < end)].tolist()}
        found.extend((index, reject) for reject in reject_rows(part, own))
    return [reject for _, reject in sorted(found, key=lambda each: (each[0], each[1].row))]


def _reasons(faults: Sequence[Fault], rows: Rows) -> dict[int, str]:
    wanted = set(rows.tolist())
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for fault in faults:
        for row in fault.rows.tolist():
            if row in wanted:
                reasons[row].append(fault.reason(row))
    return {row: "; ".join(told) for row, told in reasons.items()}
