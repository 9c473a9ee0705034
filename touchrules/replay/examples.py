"""Some of the touches that a rule found, each with what is told about it and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from touchrules.engines.outcome import pick
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.messages import Reported, write_local_time, write_messages

EXAMPLES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A touch that a rule found: when (in the contact's zone), whom it concerns, what is told and advised."""

    row: int
    at: str
    contact: str
    rep: str
    message: str
    advice: str


def find_examples(rows: Rows, reported: Reported, columns: Columns) -> tuple[Example, ...]:
    """Return the latest of some touches (ascending) that a rule finds, in words."""
    chosen = rows[-EXAMPLES:][::-1]
    if not len(chosen):
        return ()
    found = reported.findings
    order = np.argsort(found.rows)
    places = order[np.searchsorted(found.rows[order], chosen)]
    told = next(iter(write_messages([replace(reported, findings=pick(found, places))], columns)))
    contacts, reps = (columns.texts(name, chosen).to_pylist() for name in ("contact_id", "rep_id"))
    made = zip(
        chosen.tolist(),
        contacts,
        reps,
        _each(told.say, len(chosen)),
        _each(told.advise, len(chosen)),
        strict=True,
    )
    return tuple(
        Example(
            row=row,
            at=time_of(columns, row),
            contact=contact or "",
            rep=rep or "",
            message=message,
            advice=advice,
        )
        for row, contact, rep, message, advice in made
    )


def time_of(columns: Columns, row: int) -> str:
    """Return when a touch was, on the clocks of its contact."""
    stream = columns.stream
    zone = None
    if stream.types.get("timezone") is not None:
        zone = columns.texts("timezone", np.array([row])).to_pylist()[0]
    return write_local_time(int(columns.at[row]), zone or stream.timezone)


def _each(told: str | pa.Array | None, count: int) -> list[str]:
    return [told or ""] * count if told is None or isinstance(told, str) else told.to_pylist()
