"""All that can be turned in the chosen rule: its parameters and its lists of phrases."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import ipywidgets as w

from touchrules.language.describe_differences import label_of
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.model.signals import PhraseCount
from touchrules.studio.desk import Desk
from touchrules.studio.editing import set_phrases
from touchrules.studio.phraselists import Reads, reads_of_parameter, written_lists
from touchrules.studio.phrasematches import PhraseMatches
from touchrules.studio.views.controls import make_control
from touchrules.studio.views.phrases import Listed, make_phrase_list
from touchrules.studio.views.texts import tag

_NOTHING = "Nothing in this rule can be turned. Edit changes the rule itself."


class ParametersPanel(w.VBox):  # type: ignore[misc]
    """A control for each parameter of the chosen rule, and a list for each of its lists of phrases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._matches: PhraseMatches | None = None
        self._shown: tuple[Any, ...] | None = None
        super().__init__([])

    def refresh(self) -> None:
        """Show the values that stand; controls that show the right ones are left alone."""
        studio = self._desk.state
        if self._matches is None or self._matches.stream is not studio.stream:
            self._matches, self._shown = PhraseMatches(studio.stream), None
        parameters = studio.parameters(studio.rule)
        lists = written_lists(studio, studio.rule)
        shown = self._values(parameters, lists)
        if shown != self._shown:
            self._shown = shown
            controls = [self._make(one, self._matches) for one in parameters]
            controls += [self._make_written(name, one, self._matches) for name, one in lists.items()]
            self.children = controls or [w.HTML(tag("p", _NOTHING, "hint"))]

    def _values(self, parameters: list[Parameter], lists: dict[str, PhraseCount]) -> tuple[Any, ...]:
        values = tuple((replace(one, place=None), self._saved(one).value) for one in parameters)
        phrases = tuple((name, one.phrases) for name, one in lists.items())
        return self._desk.state.rule, self._book, values, phrases

    @property
    def _book(self) -> str:
        studio = self._desk.state
        return studio.find(studio.rule)[1].name

    def _saved(self, parameter: Parameter) -> Parameter:
        """Return a parameter with the value that the file gives it; a new one with its default."""
        books = [book for book in self._desk.state.saved.rulebooks if book.name == self._book]
        known = books[0].parameters.get(parameter.name) if books else None
        fits = known is not None and known.type == parameter.type
        return replace(parameter, value=known.value if known is not None and fits else parameter.default)

    def _make(self, parameter: Parameter, matches: PhraseMatches) -> Any:
        tell = partial(self._turn, parameter)
        saved = self._saved(parameter)
        if parameter.type != "phrases":
            return make_control(parameter, saved, tell)
        studio = self._desk.state
        source = studio.source_of(studio.find(studio.rule)[1])
        listed = Listed(
            name=parameter.name,
            label=label_of(parameter),
            about=parameter.about,
            phrases=_phrases(parameter),
            saved=_phrases(saved),
            reads=reads_of_parameter(source, parameter.name),
        )
        return make_phrase_list(self._desk, matches, listed, tell)

    def _make_written(self, name: str, signal: PhraseCount, matches: PhraseMatches) -> Any:
        books = [book for book in self._desk.state.saved.rulebooks if book.name == self._book]
        known = books[0].signals.get(name) if books else None
        listed = Listed(
            name=name,
            label=name.replace("_", " "),
            about="",
            phrases=signal.phrases,
            saved=known.phrases if isinstance(known, PhraseCount) else signal.phrases,
            reads=Reads(field=signal.field, first=signal.first),
        )
        return make_phrase_list(self._desk, matches, listed, partial(self._set_phrases, name))

    def _turn(self, parameter: Parameter, value: ParameterValue) -> None:
        """Set what a control was turned to. The control itself shows it, and is not made anew."""
        studio = self._desk.state
        known = studio.parameters(studio.rule)
        turned = [replace(one, value=value) if one.name == parameter.name else one for one in known]
        self._shown = self._values(turned, written_lists(studio, studio.rule))
        if not self._desk.turn(self._book, parameter, value):
            self._shown = None
            self.refresh()

    def _set_phrases(self, signal: str, phrases: tuple[str, ...]) -> None:
        """Write other phrases into a signal; the list itself shows them, and is not made anew."""
        studio = self._desk.state
        lists = written_lists(studio, studio.rule)
        turned = {**lists, signal: replace(lists[signal], phrases=phrases)}
        self._shown = self._values(studio.parameters(studio.rule), turned)
        if not self._desk.attempt(partial(set_phrases, studio, self._book, signal, phrases)):
            self._shown = None
            self.refresh()


def _phrases(parameter: Parameter) -> tuple[str, ...]:
    return parameter.value if isinstance(parameter.value, tuple) else ()
