"""Tuning: rulebooks over one stream, changed step by step, with what each step changes.

Every step makes a new `State`; the states before it stay as they are, so undoing costs nothing, and any
two can be compared.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.engines.columnar.engine import Progress
from touchrules.engines.columnar.session import MEMORY, Session
from touchrules.engines.outcome import Outcome, RuleFindings, narrow
from touchrules.engines.plan import Plan, make_plan
from touchrules.errors import ArgumentError, Problem
from touchrules.language.load import RulebookTexts
from touchrules.language.settings import Settings
from touchrules.language.source import Source, read_source
from touchrules.model.rules import Rulebook
from touchrules.replay.columns import Columns
from touchrules.replay.run import Decision, check_fit
from touchrules.replay.tables import make_findings
from touchrules.streams.stream import Stream

Rows = npt.NDArray[np.int64]
"""Rows of the stream, ascending."""
Truths = npt.NDArray[np.bool_]
"""Yes or no for each touch of the stream."""

_OUTCOMES: Final = 24
"""Of so many states what came out is held; of others it is put together again when it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class State:
    """Rulebooks as they stand after a step.

    `settings`: parameters that are not at their defaults (`rulebook.parameter`). `switched`: rules switched
    on or off beside what their rulebook says. `step`: what the step was, in words.
    """

    rulebooks: tuple[Rulebook, ...]
    sources: tuple[Source, ...]
    settings: Settings
    switched: Mapping[str, bool]
    step: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleChange:
    """What one rule finds in two states: in the second only, in the first only, and in both."""

    newly: Rows
    no_longer: Rows
    both: Rows


class Tuning:
    """Rulebooks being tuned on a stream. `session`: what has been worked out of it.

    `as_of`: microseconds, by default the last touch's `at`. `memory`: bytes that are kept of what has been
    worked out. Raises RulebookError, ArgumentError and DataError like a replay; a step that raises changes
    nothing. `progress`, if it is set, is told how far each replay is whose caller brings none of his own.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        stream: Stream,
        settings: Settings | None = None,
        *,
        as_of: int | None = None,
        memory: int = MEMORY,
    ) -> None:
        self.stream = stream
        self.session: Final = Session(stream, as_of, memory)
        self._read = (RulebookTexts(sources), tuple(sources))
        self._outcomes: dict[State, Outcome] = {}
        self._columns: Columns | None = None
        self.progress: Progress | None = None
        first = self._make(tuple(sources), dict(settings or {}), {}, "as loaded")
        self._states, self._place = [first], 0

    @property
    def state(self) -> State:
        """The state that stands."""
        return self._states[self._place]

    @property
    def undoable(self) -> str | None:
        """The step that `undo` would take back, in words; None: there is none."""
        return self.state.step if self._place else None

    @property
    def redoable(self) -> str | None:
        """The step that `redo` would take again, in words; None: there is none."""
        following = self._states[self._place + 1 : self._place + 2]
        return following[0].step if following else None

    def undo(self) -> State:
        """Take the last step back; without one nothing happens."""
        self._place = max(self._place - 1, 0)
        return self.state

    def redo(self) -> State:
        """Take the step again that was taken back last; without one nothing happens."""
        self._place = min(self._place + 1, len(self._states) - 1)
        return self.state

    def since(self, state: State) -> tuple[State, ...]:
        """Return the states from after one to the one that stands; that alone where it was before."""
        if state is self.state:
            return ()
        place = self._states.index(state) if state in self._states else self._place
        return tuple(self._states[place + 1 : self._place + 1]) or (self.state,)

    def stand(self, state: State) -> State:
        """Have a state stand again; if its step was dropped since then, it is a step anew."""
        if state not in self._states:
            self._states[self._place + 1 :] = [state]
        self._place = self._states.index(state)
        return state

    def set(self, parameter: str, value: Any) -> State:
        """Set a parameter (`rulebook.parameter`); None sets it to its default."""
        settings = {**self.state.settings, parameter: value}
        if value is None:
            del settings[parameter]
        return self._go_on(settings=settings, step=f"{parameter} = {'default' if value is None else value}")

    def switch(self, rule: str, *, on: bool) -> State:
        """Switch a rule on or off."""
        known = {one.id for book in self.state.rulebooks for one in book.rules}
        if rule not in known:
            remedy = "Name a rule of the rulebooks that are loaded."
            raise ArgumentError(Problem(message=f'There is no rule "{rule}".', remedy=remedy))
        step = f"{rule} switched {'on' if on else 'off'}"
        return self._go_on(switched={**self.state.switched, rule: on}, step=step)

    def edit(self, file: str, text: str, *, step: str | None = None) -> State:
        """Put a rulebook in the place of the one of the same file, or add it.

        `step`: what that is, in words.
        """
        return self._go_on(sources=self._sources_with(file, text), step=step or f"{file} edited")

    def rewrite(self, file: str, text: str, rulebook: str, *, step: str | None = None) -> State:
        """Put a text in the place of a file's that says itself what was set and switched in its rulebook."""
        now = self.state
        own = {rule.id for book in now.rulebooks if book.name == rulebook for rule in book.rules}
        return self._go_on(
            sources=self._sources_with(file, text),
            settings={name: one for name, one in now.settings.items() if name.rpartition(".")[0] != rulebook},
            switched={rule: on for rule, on in now.switched.items() if rule not in own},
            step=step or f"{file} edited",
        )

    def _sources_with(self, file: str, text: str) -> tuple[Source, ...]:
        edited = read_source(text, file)
        sources = tuple(edited if one.file == file else one for one in self.state.sources)
        return sources if edited in sources else (*sources, edited)

    def settle(self, texts: Mapping[str, str]) -> State:
        """Have the texts of some files stand, with no setting beside them: what was set is in them."""
        read = {file: read_source(text, file) for file, text in texts.items()}
        sources = tuple(read.get(one.file, one) for one in self.state.sources)
        return self._go_on(sources=sources, settings={}, switched={}, step="saved")

    def take_up(self, texts: Mapping[str, str], settings: Settings, switched: Mapping[str, bool]) -> State:
        """Have texts of some files, settings and switched rules of another tuning stand, in one step."""
        read = {file: read_source(text, file) for file, text in texts.items()}
        sources = tuple(read.get(one.file, one) for one in self.state.sources)
        return self._go_on(
            sources=sources, settings=dict(settings), switched=dict(switched), step="what was set before"
        )

    def variant(self, parameter: str, value: Any) -> State:
        """Return what would stand if a parameter were set; nothing is changed."""
        now = self.state
        settings = {**now.settings, parameter: value}
        return self._compose(now.sources, settings, now.switched, f"{parameter} = {value}")[0]

    def imagine(
        self,
        sources: Sequence[Source],
        settings: Settings | None = None,
        switched: Mapping[str, bool] | None = None,
    ) -> State:
        """Return what would stand with these texts, settings and switches; nothing is changed."""
        return self._compose(tuple(sources), settings or {}, switched or {}, "imagined")[0]

    def outcome(self, state: State | None = None, progress: Progress | None = None) -> Outcome:
        """Return all that a state finds, by default the present one."""
        state = self.state if state is None else state
        known = self._outcomes.pop(state, None)
        if known is None:
            known = self.session.decide(self._plan(state), progress or self.progress)
        self._outcomes[state] = known
        while len(self._outcomes) > _OUTCOMES:
            del self._outcomes[next(iter(self._outcomes))]
        return known

    def compare(self, before: State, after: State) -> dict[str, RuleChange]:
        """Return for each rule of either state what it finds in one of them only, and in both."""
        one, other = self.outcome(before).findings, self.outcome(after).findings
        return {rule: _change(one.get(rule), other.get(rule)) for rule in {**one, **other}}

    def decision(self, state: State | None = None) -> Decision:
        """Return what a state was decided on, and all that it finds."""
        state = self.state if state is None else state
        stream = self.session.stream
        return Decision(
            plan=self._plan(state),
            stream=stream,
            as_of=self.session.as_of,
            outcome=self.outcome(state),
        )

    def standing(self, plan: Plan) -> dict[str, Truths]:
        """Return for each fact of a plan for which touches it holds, in stream order."""
        return self.session.standing(plan)

    def looked_at(self, rule: str, state: State | None = None) -> Truths:
        """Return for each touch whether a rule looks at it."""
        return self.session.looked_at(self._plan(self.state if state is None else state), rule)

    def count_looked(self, chosen: Truths, state: State | None = None) -> dict[str, int]:
        """Return by rule at how many of the chosen touches it looks. `chosen`: for each touch."""
        return self.session.count_looked(self._plan(self.state if state is None else state), chosen)

    def findings(self, state: State | None = None, chosen: Truths | None = None) -> pa.Table:
        """Return the findings of a state with their messages, as a replay writes them.

        `chosen`: for each touch, whether findings of it are wanted; None: all are.
        """
        state = self.state if state is None else state
        if self._columns is None:
            self._columns = Columns(self.session.stream)
        rules = {rule.id: (rule, book) for book in state.rulebooks for rule in book.rules}
        outcome = self.outcome(state) if chosen is None else narrow(self.outcome(state), chosen)
        return make_findings(outcome, rules, self._columns)

    def _plan(self, state: State) -> Plan:
        return make_plan(state.rulebooks, self.session.stream.types, self.session.stream.timezone)

    def _go_on(
        self,
        *,
        step: str,
        sources: tuple[Source, ...] | None = None,
        settings: Settings | None = None,
        switched: Mapping[str, bool] | None = None,
    ) -> State:
        now = self.state
        state = self._make(
            now.sources if sources is None else sources,
            now.settings if settings is None else settings,
            now.switched if switched is None else switched,
            step,
        )
        self._states[self._place + 1 :] = [state]
        self._place += 1
        return state

    def _make(
        self, sources: tuple[Source, ...], settings: Settings, switched: Mapping[str, bool], step: str
    ) -> State:
        state, texts = self._compose(sources, settings, switched, step)
        self._read = (texts, sources)
        return state

    def _compose(
        self, sources: tuple[Source, ...], settings: Settings, switched: Mapping[str, bool], step: str
    ) -> tuple[State, RulebookTexts]:
        """Return a state, and the texts that it was made of."""
        known, read = self._read  # at once: work in threads composes states too
        texts = known if sources == read else RulebookTexts(sources)
        written = texts.make(settings)
        own = {rule.id: rule.enabled for book in written for rule in book.rules}
        switched = {rule: on for rule, on in switched.items() if own.get(rule, on) != on}
        rulebooks = tuple(_switch(book, switched) for book in written)
        check_fit(rulebooks, self.stream)
        state = State(rulebooks=rulebooks, sources=sources, settings=settings, switched=switched, step=step)
        return state, texts


def _switch(book: Rulebook, switched: Mapping[str, bool]) -> Rulebook:
    if not any(rule.id in switched for rule in book.rules):
        return book
    rules = (dataclasses.replace(rule, enabled=switched.get(rule.id, rule.enabled)) for rule in book.rules)
    return dataclasses.replace(book, rules=tuple(rules))


def _change(one: RuleFindings | None, other: RuleFindings | None) -> RuleChange:
    before, after = _rows(one), _rows(other)
    return RuleChange(
        newly=np.setdiff1d(after, before, assume_unique=True),
        no_longer=np.setdiff1d(before, after, assume_unique=True),
        both=np.intersect1d(before, after, assume_unique=True),
    )


def _rows(findings: RuleFindings | None) -> Rows:
    return np.zeros(0, np.int64) if findings is None else np.sort(findings.rows)
