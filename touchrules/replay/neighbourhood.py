"""Which touches can matter for one contact, so that the others need not be replayed to explain it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from touchrules.engines.columns import Layout
from touchrules.engines.plan import Plan, lookbacks_in
from touchrules.engines.prepare import prepare_columns
from touchrules.model.lookbacks import Key
from touchrules.streams.stream import Stream

Mask = npt.NDArray[np.bool_]


def keys_of(plan: Plan) -> tuple[Key, ...]:
    """Return every key by which a plan remembers anything."""
    keys: list[Key] = [(planned.key,) for planned in plan.facts.values()]
    for planned in plan.rules:
        keys += [test.per for test in lookbacks_in(planned.where)]
        keys += [planned.expect.per] if planned.expect is not None else []
    return tuple(dict.fromkeys(keys))


def find_neighbourhood(plan: Plan, stream: Stream, contact: str) -> npt.NDArray[np.int64]:
    """Return the rows of all touches that share a key with the contact's, or with such a touch, and so on.

    What comes out for the contact's touches is the same on these rows as on the whole stream.
    """
    chosen: Mask = np.array([one == contact for one in stream.column("contact_id")], np.bool_)
    groups = [_group(plan, stream, key) for key in keys_of(plan)]
    size = -1
    while size != (size := int(chosen.sum())):
        for codes in groups:
            reached = np.zeros(len(stream) + 1, np.bool_)
            reached[codes[chosen]] = True
            reached[-1] = False  # touches without the key share it with nobody
            chosen |= reached[codes]
    return np.flatnonzero(chosen)


def _group(plan: Plan, stream: Stream, key: Key) -> npt.NDArray[np.int64]:
    """Return a number for each touch, the same for those of one key; -1 where a field of it is missing."""
    layout = Layout(frozenset(plan.signals))
    for field in key:
        layout.position(field)
    columns: list[Sequence[Any]] = prepare_columns(plan, layout.columns, stream)
    if "at" in key:
        columns.append(stream.column("at"))
    numbers: dict[Hashable, int] = {}
    codes = [
        -1 if None in values else numbers.setdefault(values, len(numbers))
        for values in zip(*columns, strict=True)
    ]
    return np.array(codes, np.int64)
