"""How often a rep may slip in one way, so that slips make a habit only where one is planted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from touchrules.streams.demo.dates import WORKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost:
    """At most so many within any period of so many days."""

    most: int
    days: int

    def forbids(self, day: int, done: Iterable[int]) -> bool:
        """Whether one more on that workday of the year would be too much beside those that are done.

        >>> [AtMost(most=2, days=7).forbids(10, done) for done in ([6, 14], [6, 7], [6, 7, 8], [4, 5])]
        [False, True, True, False]
        """
        dates = sorted(WORKDAYS[one].toordinal() for one in (*done, day))
        periods = zip(dates, dates[self.most :], strict=False)
        return any(last - first <= self.days for first, last in periods)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparse:
    """None where so many others lie within so many workdays before and after: rarer than it need be."""

    most: int
    workdays: int

    def forbids(self, day: int, done: Iterable[int]) -> bool:
        """Whether one more on that workday of the year would be too much beside those that are done.

        >>> [Sparse(most=2, workdays=5).forbids(10, done) for done in ([5, 15], [5, 16], [5])]
        [True, False, False]
        """
        return sum(abs(day - other) <= self.workdays for other in done) >= self.most


Limit = AtMost | Sparse

# Periods are longer than those of the rules: by a day for the zones of the contacts, and by some more where
# the day of the slip is known only about. Shares are of ten touches or more, but of five for talks-at-people.
LIMITS: Final[dict[str, Limit]] = {
    "dialling-for-the-count": AtMost(most=4, days=14),
    "groundhog-day-is-a-habit": AtMost(most=4, days=104),
    "neighbour-of-everybody": Sparse(most=2, workdays=7),
    "rep-brings-no-value": AtMost(most=5, days=31),
    "rep-lives-on-voicemail": Sparse(most=3, workdays=28),
    "rep-opens-badly": AtMost(most=3, days=31),
    "rep-works-the-wrong-list": Sparse(most=1, workdays=25),
    "talks-at-people": AtMost(most=2, days=15),
}
"""For each rule about a rep's habit how often the rep may do what it counts. That is never a habit."""
TOLD_IN_VAIN: Final = "told-in-vain"
"""Not a rule: what one rep was told and then forgot, or a colleague did."""
OTHER_LIMITS: Final[dict[str, Limit]] = {TOLD_IN_VAIN: Sparse(most=3, workdays=76)}
UNLIMITED: Final[dict[str, str]] = {
    "half-the-week-is-canned": "what a rep writes is put together from sentences that rotate",
    "rep-calls-too-many": "a rep takes up something new on days with little to do",
    "rep-mails-too-many": "one who has not this habit writes some ten e-mails a day at most",
    "same-text-for-everyone": "what a rep writes is put together from sentences that rotate",
}
"""The other rules about a rep's habit, and why it does not come about by chance."""
