"""What one rule finds by rep, by team, by kind or by any other group, now and as saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from touchrules.replay.tuning import RuleChange, State
from touchrules.studio.groupings import HOUR, NOTHING, WEEKDAY, Grouping
from touchrules.studio.impact import Count, Impacts
from touchrules.studio.state import StudioState

_MOST: Final = 20
_IN_ORDER: Final = (HOUR, WEEKDAY)
"""Groupings that are shown whole and in their own order."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Touches of one rep, one kind or the like: how many a rule finds, and at how many it looks."""

    name: str
    found: Count
    looked: Count

    @property
    def share(self) -> float | None:
        """Found over looked at, from 0 to 1; None where nothing was looked at."""
        return self.found.now / self.looked.now if self.looked.now else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The groups in which a rule finds something, the largest first. `more`: how many are left out."""

    by: str
    groups: tuple[Group, ...]
    more: int


def break_down(studio: StudioState, impacts: Impacts, rule: str, by: str) -> Breakdown:
    """Return what a rule finds within the scope in each group; `by` is one of the names of groupings."""
    grouping = studio.groupings.find(by)
    states = (studio.state, studio.saved)
    now, saved = (grouping.count(impacts.found(rule, state)) for state in states)
    looked = [_count_looked(studio, grouping, rule, state) for state in states]
    some = np.flatnonzero((now > 0) | (saved > 0))
    if by not in _IN_ORDER:
        some = some[np.argsort(-np.maximum(now, saved)[some], kind="stable")]
    shown = some if by in _IN_ORDER else some[:_MOST]
    names = (*grouping.labels, NOTHING)
    groups = tuple(
        Group(
            name=names[place],
            found=Count(now=int(now[place]), saved=int(saved[place])),
            looked=Count(now=int(looked[0][place]), saved=int(looked[1][place])),
        )
        for place in shown.tolist()
    )
    return Breakdown(by=by, groups=groups, more=len(some) - len(shown))


def differ_in(studio: StudioState, impacts: Impacts, rule: str, by: str, group: str) -> RuleChange:
    """Return what a rule finds newly, no longer and both times in one group."""
    grouping = studio.groupings.find(by)
    code = grouping.labels.index(group) if group in grouping.labels else -1
    whole = impacts.differ(rule)
    return RuleChange(
        newly=whole.newly[grouping.codes[whole.newly] == code],
        no_longer=whole.no_longer[grouping.codes[whole.no_longer] == code],
        both=whole.both[grouping.codes[whole.both] == code],
    )


def _count_looked(studio: StudioState, grouping: Grouping, rule: str, state: State) -> Counts:
    looked, chosen = studio.tuning.looked_at(rule, state), studio.chosen
    return grouping.count(looked if chosen is None else looked & chosen)
