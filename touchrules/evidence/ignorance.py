"""Rules that cannot know, because a field that they read is missing on most touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from touchrules.engines.binding import Names, bind_filter
from touchrules.engines.columnar.columns import Truths
from touchrules.engines.columnar.session import Session
from touchrules.engines.plan import Plan
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
_ALWAYS_THERE: Final = frozenset({*DERIVED_FIELDS, *REQUIRED_FIELDS})


def find_ignorance(rulebooks: Sequence[Rulebook], session: Session, plan: Plan) -> Iterator[Mark]:
    """Yield a mark for each field that a rule reads and that is missing on most touches where it reads it.

    Of several places where one rule reads the field the one with the greatest share counts.
    """
    stream = session.stream
    read = {
        (book.name, rule.id): [_bind(one, book, stream) for one in readings_of(rule, book)]
        for book in rulebooks
        for rule in book.rules
        if rule.enabled
    }
    wanted = [one for ones in read.values() for one in ones if one.field not in _ALWAYS_THERE]
    accepted = session.accepted(plan, {one for reading in wanted for one in reading.beside})
    missing = {name: _missing(stream, name) for name in {one.field for one in wanted}}
    for (book, rule), readings in read.items():
        worst: dict[str, tuple[float, int, int]] = {}
        for one in readings:
            if one.field in missing:
                counted = _share(one, accepted, missing[one.field])
                worst[one.field] = max(counted, worst.get(one.field, counted))
        for field, (share, lacking, touches) in sorted(worst.items()):
            if touches >= LEAST_TOUCHES and share > MOST:
                where = f"{lacking:,} of {touches:,} touches where it is read ({share:.0%})"
                says = f"{field} is missing on {where}."
                yield Mark(rulebook=book, subject=rule, mark="cannot-know", of=field, says=says)


def _bind(reading: Reading, book: Rulebook, stream: Stream) -> Reading:
    """Tie a reading to the stream; tests against a trigger, which no touch passes alone, are left out."""
    names = Names(rulebook=book, types=stream.types)
    kept = (one for one in reading.beside if not any(isinstance(x, TRIGGER_TESTS) for x in walk_filter(one)))
    return Reading(field=reading.field, beside=tuple(bind_filter(one, names) for one in kept))


def _missing(stream: Stream, name: str) -> Truths:
    if name not in stream.table.column_names:
        return np.ones(len(stream), np.bool_)
    missing: Truths = stream.table.column(name).is_null().to_numpy()
    return missing


def _share(reading: Reading, accepted: Mapping[Filter, Truths], missing: Truths) -> tuple[float, int, int]:
    """Return the share of touches on which the field is missing, their number, and of how many."""
    asked = np.ones(len(missing), np.bool_)
    for one in reading.beside:
        asked &= accepted[one]
    touches, lacking = int(asked.sum()), int((asked & missing).sum())
    return (lacking / touches if touches else 0.0, lacking, touches)
