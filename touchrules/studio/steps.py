"""What was done in the studio, step by step: rules tuned, and what of the past was looked at."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from touchrules.replay.tuning import State, Tuning
from touchrules.studio.scope import EVERYTHING, Scope, tell_narrowing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moment:
    """The rulebooks as tuned and the scope, after a step. `step`: what that was, in words."""

    state: State
    scope: Scope
    step: str


class Steps:
    """The moments of a tuning and a scope. Steps of the tuning are seen when something is asked for here."""

    def __init__(self, tuning: Tuning, scope: Scope = EVERYTHING) -> None:
        self._tuning = tuning
        self._turn = threading.RLock()  # work in threads asks what stands while somebody goes on
        self._moments = [Moment(state=tuning.state, scope=scope, step=tuning.state.step)]
        self._place = 0

    @property
    def scope(self) -> Scope:
        """The scope that stands."""
        return self._moments[self._place].scope

    @property
    def undoable(self) -> str | None:
        """The step that `undo` would take back, in words; None: there is none."""
        now = self._moment
        return now.step if self._place else None

    @property
    def redoable(self) -> str | None:
        """The step that `redo` would take again, in words; None: there is none."""
        self._see()
        following = self._moments[self._place + 1 : self._place + 2]
        return following[0].step if following else None

    def narrow(self, scope: Scope) -> None:
        """Look at another scope; the same one is no step."""
        now = self._moment
        if scope != now.scope:
            self._add(Moment(state=now.state, scope=scope, step=tell_narrowing(now.scope, scope)))

    def undo(self) -> str | None:
        """Take the last step back, and return it in words."""
        step = self.undoable
        self._go(max(self._place - 1, 0))
        return step

    def redo(self) -> str | None:
        """Take the step again that was taken back last, and return it in words."""
        step = self.redoable
        self._go(min(self._place + 1, len(self._moments) - 1))
        return step

    @property
    def _moment(self) -> Moment:
        self._see()
        return self._moments[self._place]

    def _see(self) -> None:
        """Note what was tuned since."""
        with self._turn:
            known = self._moments[self._place]
            for state in self._tuning.since(known.state):
                self._add(Moment(state=state, scope=known.scope, step=state.step))

    def _add(self, moment: Moment) -> None:
        self._moments[self._place + 1 :] = [moment]
        self._place += 1

    def _go(self, place: int) -> None:
        with self._turn:
            self._tuning.stand(self._moments[place].state)
            self._place = place
