"""Rules that cannot know, because a field that they read is missing on most touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from touchrules.engines.binding import Names, bind_filter
from touchrules.engines.columns import FOUND, Layout
from touchrules.engines.plan import Plan
from touchrules.engines.predicates import compile_filter
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.evidence.foundsets import FoundSets
from touchrules.evidence.marks import Mark
from touchrules.evidence.readings import TRIGGER_TESTS, Reading, readings_of
from touchrules.language.walk import walk_filter
from touchrules.model.filters import Filter
from touchrules.model.rules import Rulebook
from touchrules.model.touches import DERIVED_FIELDS, REQUIRED_FIELDS
from touchrules.streams.stream import Stream

MOST: Final = 0.5
"""A field is missing on most touches if its share of missing values is greater than this."""
LEAST_TOUCHES: Final = 20
"""Shares of fewer touches than this are not judged."""
_ROWS_AT_ONCE: Final = 50_000

Mask = npt.NDArray[np.bool_]


def find_ignorance(
    rulebooks: Sequence[Rulebook], stream: Stream, plan: Plan, found: FoundSets
) -> Iterator[Mark]:
    """Yield a mark for each field that a rule reads and that is missing on most touches where it reads it.

    Of several places where one rule reads the field the one with the greatest share counts.
    """
    read = {
        (book.name, rule.id): [_bind(one, book, stream) for one in readings_of(rule, book)]
        for book in rulebooks
        for rule in book.rules
        if rule.enabled
    }
    wanted = [one for ones in read.values() for one in ones if one.field not in _ALWAYS_THERE]
    masks = _evaluate({one for reading in wanted for one in reading.beside}, stream, plan, found)
    missing = {name: _missing(stream, name) for name in {one.field for one in wanted}}
    for (book, rule), readings in read.items():
        worst: dict[str, tuple[float, int, int]] = {}
        for one in readings:
            if one.field in missing:
                counted = _share(one, masks, missing[one.field])
                worst[one.field] = max(counted, worst.get(one.field, counted))
        for field, (share, lacking, touches) in sorted(worst.items()):
            if touches >= LEAST_TOUCHES and share > MOST:
                where = f"{lacking:,} of {touches:,} touches where it is read ({share:.0%})"
                says = f"{field} is missing on {where}."
                yield Mark(rulebook=book, subject=rule, mark="cannot-know", of=field, says=says)


_ALWAYS_THERE: Final = frozenset({*DERIVED_FIELDS, *REQUIRED_FIELDS})


def _bind(reading: Reading, book: Rulebook, stream: Stream) -> Reading:
    """Tie a reading to the stream; tests against a trigger, which no touch passes alone, are left out."""
    names = Names(rulebook=book, types=stream.types)
    kept = (one for one in reading.beside if not any(isinstance(x, TRIGGER_TESTS) for x in walk_filter(one)))
    return Reading(field=reading.field, beside=tuple(bind_filter(one, names) for one in kept))


def _missing(stream: Stream, name: str) -> Mask:
    if name not in stream.table.column_names:
        return np.ones(len(stream), np.bool_)
    mask: Mask = stream.table.column(name).combine_chunks().is_null().to_numpy(zero_copy_only=False)
    return mask


def _share(reading: Reading, masks: Mapping[Filter, Mask], missing: Mask) -> tuple[float, int, int]:
    """Return the share of touches on which the field is missing, their number, and of how many."""
    asked = np.ones(len(missing), np.bool_)
    for one in reading.beside:
        asked &= masks[one]
    touches, lacking = int(asked.sum()), int((asked & missing).sum())
    return (lacking / touches if touches else 0.0, lacking, touches)


def _evaluate(filters: Iterable[Filter], stream: Stream, plan: Plan, found: FoundSets) -> dict[Filter, Mask]:
    """Return for each bound filter which touches it accepts."""
    layout = Layout(frozenset(plan.signals))
    predicates = {one: compile_filter(one, layout) for one in filters}
    columns = prepare_columns(plan, layout.columns, stream)
    masks = {one: np.zeros(len(stream), np.bool_) for one in predicates}
    finders: dict[int, set[str]] = {}
    for rule, rows in found.items():
        for row in rows:
            finders.setdefault(row, set()).add(rule)
    for start in range(0, len(stream), _ROWS_AT_ONCE):
        touches = touches_of(stream, columns, start, min(start + _ROWS_AT_ONCE, len(stream)))
        for row, touch in enumerate(touches, start):
            touch[FOUND] = finders.get(row, frozenset())
        for one, accepts in predicates.items():
            masks[one][start : start + len(touches)] = [accepts(touch) for touch in touches]
    return masks
