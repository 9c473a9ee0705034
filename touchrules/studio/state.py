"""What a manager works on in the studio: touches, rulebooks as tuned and as saved, and the chosen rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from touchrules.errors import ArgumentError, Problem
from touchrules.language.diff import Edition, diff_rulebooks
from touchrules.language.differences import Difference
from touchrules.language.load import read_sources
from touchrules.language.notes import version_in
from touchrules.language.numbering import propose_bump
from touchrules.language.parameters import write_value
from touchrules.language.settings import Settings
from touchrules.language.source import Source, read_source
from touchrules.language.spans import with_ends_of
from touchrules.language.tuned import name_of
from touchrules.language.uses import parameters_of_rule
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.model.rules import Rule, Rulebook
from touchrules.replay.columns import Columns
from touchrules.replay.tuning import State, Tuning
from touchrules.streams.cells import Reject
from touchrules.streams.stream import Stream
from touchrules.studio.groupings import Groupings
from touchrules.studio.saving import (
    Numbering,
    Release,
    is_unchanged,
    read_text,
    save_texts,
    write_release,
    write_settings,
    write_values,
)
from touchrules.studio.scope import EVERYTHING, Scope, Scopes, Truths
from touchrules.studio.steps import Steps


class StudioState:
    """Rulebooks on a stream, step by step. `saved`: the state that the files hold; `rule`: the one chosen.

    `left_out`: files of rulebooks that were not opened, since something is wrong with them.
    Raises RulebookError, ArgumentError and DataError as a replay does; a command that raises changes nothing.
    """

    def __init__(
        self,
        files: Sequence[str],
        stream: Stream,
        scope: Scope = EVERYTHING,
        rejects: tuple[Reject, ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> None:
        self.left_out = left_out
        self.stream = stream
        self.rejects = rejects
        self.columns = Columns(stream)
        self.groupings = Groupings(self.columns)
        self.scopes = Scopes(self.columns, self.groupings)
        sources = read_sources(files)
        self.tuning = Tuning(sources, stream)
        self._steps = Steps(self.tuning, scope)
        self._texts = {_key(one): read_text(Path(one.file)) for one in sources}
        self._places = {one.file: Path(one.file) for one in sources}
        self.saved = self.tuning.state
        reporting = [rule.id for book in self.state.rulebooks for rule in book.rules if rule.report]
        if not reporting:
            message, remedy = "No rule of these rulebooks reports anything.", "Add one that does."
            raise ArgumentError(Problem(message=message, remedy=remedy))
        self.rule = self._rule_before = reporting[0]

    @property
    def files(self) -> tuple[str, ...]:
        """Where the files of the rulebooks lie now."""
        return tuple(map(str, self._places.values()))

    @property
    def state(self) -> State:
        """The state that stands."""
        return self.tuning.state

    @property
    def scope(self) -> Scope:
        """What of the past is shown and counted."""
        return self._steps.scope

    @property
    def chosen(self) -> Truths | None:
        """For each touch, whether it is within the scope; None: all are."""
        return self.scopes.mask(self.scope)

    @property
    def undoable(self) -> str | None:
        """The step that `undo` would take back, in words; None: there is none."""
        return self._steps.undoable

    @property
    def redoable(self) -> str | None:
        """The step that `redo` would take again, in words; None: there is none."""
        return self._steps.redoable

    @property
    def is_changed(self) -> bool:
        """Whether something stands that is not saved."""
        now, saved = self.state, self.saved
        return (now.settings, now.switched, now.sources) != (saved.settings, saved.switched, saved.sources)

    def find(self, rule: str, state: State | None = None) -> tuple[Rule, Rulebook]:
        """Return a rule and its rulebook, as they stand. Raises ArgumentError if there is no such rule."""
        books = (state or self.state).rulebooks
        found = next(((one, book) for book in books for one in book.rules if one.id == rule), None)
        if found is None:
            raise ArgumentError(Problem(message=f'There is no rule "{rule}".', remedy="Choose another one."))
        return found

    def count_found(self, rule: str, state: State | None = None) -> int:
        """Return how many touches of the scope a rule finds."""
        outcome, chosen = self.tuning.outcome(state), self.chosen
        if chosen is None or rule not in outcome.findings:
            return outcome.found(rule)
        return int(np.count_nonzero(chosen[outcome.findings[rule].rows]))

    def parameters(self, rule: str) -> list[Parameter]:
        """Return the parameters that a rule depends on, as they stand, in the order of its rulebook."""
        _, book = self.find(rule)
        names = parameters_of_rule(self.source_of(book), rule)
        return [one for name, one in book.parameters.items() if name in names]

    def source_of(self, book: Rulebook) -> Source:
        """Return the source of a rulebook, as it stands."""
        return next(one for one in self.state.sources if name_of(one) == book.name)

    def source_at(self, file: str) -> Source:
        """Return the source of a file, as it stands."""
        return next(one for one in self.state.sources if one.file == file)

    def saved_text_at(self, file: str) -> str:
        """Return the saved text of a file."""
        return next(self.text_of(one) for one in self.saved.sources if one.file == file)

    def text_of(self, source: Source) -> str:
        """Return the text of a source, to the byte."""
        return self._texts[_key(source)]

    def choose(self, rule: str) -> None:
        """Choose a rule."""
        self.find(rule)
        if rule != self.rule:
            self._rule_before = self.rule
        self.rule = rule

    def set(self, rulebook: str, parameter: str, value: ParameterValue) -> State:
        """Set a parameter of a rulebook; the value that the rulebook's text gives it is no setting."""
        now = next(book for book in self.state.rulebooks if book.name == rulebook).parameters[parameter]
        written = None if value == now.default else setting_of(now, value)
        return self.tuning.set(f"{rulebook}.{parameter}", written)

    def switch(self, rule: str, *, on: bool) -> State:
        """Switch a rule on or off."""
        return self.tuning.switch(rule, on=on)

    def edit(self, file: str, text: str, *, step: str | None = None) -> State:
        """Put another text in the place of a file's. Settings of its parameters stay as they are.

        `step`: what that is, in words.
        """
        text = self._take_text(file, text)
        state = self.tuning.edit(file, text, step=step)
        self._choose_one_that_is_there()
        return state

    def rewrite(self, file: str, text: str, *, step: str | None = None) -> State:
        """Put a text in the place of a file's that holds what was set in it, as `written` gives it."""
        name = name_of(self.source_at(file))
        text = self._take_text(file, text)
        state = self.tuning.rewrite(file, text, name, step=step)
        self._choose_one_that_is_there()
        return state

    def _take_text(self, file: str, text: str) -> str:
        """Return a text of a file with the ends of lines that the file has: fields of a page know but one."""
        saved = next((self.text_of(one) for one in self.saved.sources if one.file == file), text)
        text = with_ends_of(text, saved)
        self._texts[_key(read_source(text, file))] = text
        return text

    def written(self, source: Source) -> str:
        """Return the text of a source with all that is set written into it."""
        return write_settings(self.state, source, self.text_of(source))

    def narrow(self, scope: Scope) -> None:
        """Show and count the touches of another scope. Raises ArgumentError if it ends before it begins."""
        since, until = scope.period.since, scope.period.until
        if since and until and until < since:
            message = f"The period would end on {until}, before it begins on {since}."
            raise ArgumentError(Problem(message=message, remedy="Choose a later end."))
        self._steps.narrow(scope)

    def undo(self) -> str | None:
        """Take the last step back, and return it in words."""
        step = self._steps.undo()
        self._choose_one_that_is_there()
        return step

    def redo(self) -> str | None:
        """Take a step again, and return it in words."""
        step = self._steps.redo()
        self._choose_one_that_is_there()
        return step

    def _choose_one_that_is_there(self) -> None:
        """Choose the rule that was chosen before, or the first, where the chosen one is gone."""
        there = [rule.id for book in self.state.rulebooks for rule in book.rules if rule.report]
        if self.rule not in there:
            self.rule = self._rule_before if self._rule_before in there else next(iter(there), self.rule)

    def changes(self) -> tuple[Difference, ...]:
        """Return what a save would change."""
        return diff_rulebooks(edition_of(self.saved), edition_of(self.state))

    def path_of(self, book: Rulebook) -> str:
        """Return where the file of a rulebook lies now."""
        return str(self._places[self.source_of(book).file])

    def edits(self) -> dict[str, tuple[str, str]]:
        """Return by path, for each file whose text was edited, the saved text and the present one."""
        saved = {one.file: one for one in self.saved.sources}
        return {
            str(self._places[one.file]): (self.text_of(saved[one.file]), self.text_of(one))
            for one in self.state.sources
            if one.file in saved and saved[one.file].lines != one.lines
        }

    def saved_text(self, path: str) -> str | None:
        """Return the saved text of the file of a path; None: it is none of these."""
        sources = [one for one in self.saved.sources if str(self._places[one.file]) == path]
        return self.text_of(sources[0]) if sources else None

    def take_up(self, texts: Mapping[str, str], settings: Settings, switched: Mapping[str, bool]) -> State:
        """Have edited texts (by path), settings and switched rules stand, in one step."""
        files = {str(place): file for file, place in self._places.items()}
        known = {files[path]: text for path, text in texts.items()}
        for file, text in known.items():
            self._texts[_key(read_source(text, file))] = text
        state = self.tuning.take_up(known, settings, switched)
        self._choose_one_that_is_there()
        return state

    def pending(self) -> dict[str, str]:
        """Return the text of each file that a save would change, with the values that stand."""
        return write_values(self.state, self.text_of, self.saved)

    def place_of(self, file: str) -> Path:
        """Return where a file is: it may have been renamed since it was read."""
        return self._places[file]

    def numberings(self) -> tuple[Numbering, ...]:
        """Return the versions that each file may get which a save would change."""
        saved = {one.file: self.text_of(one) for one in self.saved.sources}
        names = {book.file: book.name for book in self.state.rulebooks}
        changes = self.changes()
        return tuple(
            Numbering(
                file=file,
                now=version_in(saved[file]),
                written=version_in(text),
                proposed=propose_bump(one for one in changes if one.rulebook == names[file]),
            )
            for file, text in self.pending().items()
        )

    def texts_of(self, release: Release) -> dict[str, str]:
        """Return the text of each file that a save with a release would write: a matter of seconds."""
        return write_release(self.pending(), release)

    def save(self, release: Release | None = None) -> tuple[str, ...]:
        """Write what stands into the files, comments and all else kept; return which were written.

        Without a release each file gets the version that is proposed. Raises ArgumentError if a file was
        changed on disk meanwhile, or cannot be written.
        """
        release = release or Release(versions={one.file: one.choice() for one in self.numberings()})
        return self.write(self.texts_of(release))

    def write(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Write texts of files that `texts_of` gave, and have them stand. Raises as `save` does.

        What would not load again is not written: RulebookError.
        """
        known = {one.file: self.text_of(one) for one in self.saved.sources}
        read = {file: read_source(text, file) for file, text in texts.items()}
        self.tuning.imagine(
            [read.get(one.file, one) for one in self.state.sources]
        )  # no file that does not load
        save_texts({self._places[file]: (known[file], text) for file, text in texts.items()})
        for file, text in texts.items():
            self._texts[_key(read[file])] = text
        self.saved = self.tuning.settle(texts)
        return tuple(str(self._places[file]) for file in texts)

    def move(self, old: Path, new: Path) -> None:
        """Have a file that was renamed be written under its new name."""
        self._places = {file: new if place == old else place for file, place in self._places.items()}

    def is_as_saved(self) -> bool:
        """Return whether the files hold what the studio knows of them."""
        known = {one.file: self.text_of(one) for one in self.saved.sources}
        return all(is_unchanged(self._places[file], text) for file, text in known.items())


def _key(source: Source) -> tuple[str, tuple[str, ...]]:
    return source.file, source.lines


def edition_of(state: State) -> Edition:
    """Return the rulebooks of a state, and how they are written."""
    return Edition(rulebooks=state.rulebooks, sources=state.sources)


def setting_of(parameter: Parameter, value: ParameterValue) -> Any:
    """Return a value as a setting is written: durations and times of day as text, phrases as a list."""
    if parameter.type in {"duration", "time_of_day"}:
        return write_value(parameter.type, value)
    return list(value) if isinstance(value, tuple) else value
