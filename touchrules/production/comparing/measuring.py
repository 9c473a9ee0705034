"""What two versions of rulebooks find on the same touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from touchrules.engines.columnar.engine import Progress
from touchrules.model.rules import Rule, Rulebook
from touchrules.production.comparing.document import Found, Measured
from touchrules.production.comparing.version import Version
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.examples import Example, find_examples
from touchrules.replay.messages import Reported
from touchrules.replay.people import People
from touchrules.replay.tuning import State, Tuning
from touchrules.streams.localtime import local_date
from touchrules.streams.stream import Stream

_NONE: Final = np.zeros(0, np.int64)

OwnRule = tuple[Rule, Rulebook]
"""A rule with its rulebook, of one version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """Touches to replay versions on. `as_of`: microseconds, by default the last one's."""

    stream: Stream
    files: tuple[str, ...]
    as_of: int | None = None


class Measurement:
    """Two versions replayed on the same touches; what does not differ between them is worked out once.

    `progress` is told of both replays. Raises DataError where a version does not fit the touches.
    """

    def __init__(
        self, before: Version, after: Version, touches: Touches, progress: Progress | None = None
    ) -> None:
        self._files = touches.files
        self._tuning = Tuning(before.edition.sources, touches.stream, as_of=touches.as_of)
        self._was = self._tuning.state
        self._now = self._tuning.imagine(after.edition.sources)
        for state, which in ((self._was, "before"), (self._now, "after")):
            self._tuning.outcome(state, _naming(progress, which))
        self._columns = Columns(self._tuning.session.stream)
        self._contacts, self._reps = (People(self._columns, field) for field in ("contact_id", "rep_id"))

    def found(self, was: OwnRule | None, now: OwnRule | None) -> Found:
        """Return what a rule found before and after; None: that version has no such rule."""
        old, new = self._rows(was, self._was), self._rows(now, self._now)
        newly, no_longer = np.setdiff1d(new, old), np.setdiff1d(old, new)
        differing = np.concatenate([newly, no_longer])
        return Found(
            before=len(old),
            after=len(new),
            newly=len(newly),
            no_longer=len(no_longer),
            contacts=self._contacts.count_at(differing),
            reps=self._reps.count_at(differing),
            examples_newly=self._examples(newly, now, self._now),
            examples_no_longer=self._examples(no_longer, was, self._was),
        )

    def total(self, found: Sequence[Found]) -> Measured:
        """Return on what the versions were measured, and what all rules found together."""
        at = self._columns.at
        zone = self._columns.stream.timezone
        days = (
            [local_date(int(when), zone).isoformat() for when in (at[0], at[-1])] if len(at) else [None] * 2
        )
        return Measured(
            files=self._files,
            touches=len(at),
            contacts=self._contacts.count,
            first=days[0],
            last=days[1],
            before=sum(one.before for one in found),
            after=sum(one.after for one in found),
            newly=sum(one.newly for one in found),
            no_longer=sum(one.no_longer for one in found),
        )

    def _rows(self, own: OwnRule | None, state: State) -> Rows:
        """Return the touches at which a rule reports, ascending."""
        if own is None or not own[0].report:
            return _NONE
        findings = self._tuning.outcome(state).findings.get(own[0].id)
        return _NONE if findings is None else np.sort(findings.rows)

    def _examples(self, rows: Rows, own: OwnRule | None, state: State) -> tuple[Example, ...]:
        if own is None or not len(rows):
            return ()
        rule, book = own
        findings = self._tuning.outcome(state).findings[rule.id]
        return find_examples(rows, Reported(rule=rule, rulebook=book, findings=findings), self._columns)


def _naming(progress: Progress | None, which: str) -> Progress | None:
    """Return what tells progress with the version that it is of."""
    if progress is None:
        return None
    return lambda what, done, total: progress(f"{what} ({which})", done, total)
