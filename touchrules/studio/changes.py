"""Takes back one of several changes, and leaves the others."""

from __future__ import annotations

from collections import Counter

from touchrules.errors import ArgumentError, Problem, TouchrulesError
from touchrules.language.describe_differences import label_of, say_difference
from touchrules.language.diff import diff_rulebooks
from touchrules.language.differences import (
    Difference,
    LayoutChanged,
    ParameterChanged,
    PhrasesChanged,
    RuleSwitched,
)
from touchrules.language.nodes import Mapping, Plain, plain_value
from touchrules.language.restoring import put_back
from touchrules.language.source import Source, read_source
from touchrules.language.writer import SetParameter, SetRule, change_rulebook
from touchrules.model.parameters import ParameterValue
from touchrules.studio.forms.drafts import keys_of
from touchrules.studio.state import StudioState, edition_of


def take_back(studio: StudioState, one: Difference) -> None:
    """Have one difference from the saved rulebooks stand no longer; a step that can be undone.

    Raises ArgumentError where the text is laid out so that others would go with it.
    """
    match one:
        case ParameterChanged():
            _set_back(studio, one, one.now.name, one.was.value)
        case PhrasesChanged(block="parameters"):
            _set_back(studio, one, one.name, one.was)
        case RuleSwitched() if one.rule.id in studio.state.switched:
            studio.switch(one.rule.id, on=not one.rule.enabled)
        case _:
            source = _source_of(studio, one)
            text = _put_back(studio, one, source)
            _check_rest(studio, one, source, text)
            studio.edit(source.file, text, step=f"taken back: {name_of_change(one)}")


def _set_back(studio: StudioState, one: Difference, name: str, value: ParameterValue) -> None:
    """Give a parameter its saved value: in the text of its rulebook where that is what says another one."""
    source = _source_of(studio, one)
    now = next(book for book in studio.state.rulebooks if book.name == one.rulebook).parameters[name]
    if now.default == value:
        studio.set(one.rulebook, name, value)
        return
    written = _saved_default(read_source(studio.saved_text_at(source.file), source.file), name)
    text = change_rulebook(studio.written(source), [SetParameter(name=name, value=written)])
    studio.rewrite(source.file, text, step=f"taken back: {name_of_change(one)}")


def _saved_default(saved: Source, name: str) -> Plain:
    """Return the default of a parameter as it is written in a text."""
    parameters = saved.root.get("parameters") if isinstance(saved.root, Mapping) else None
    parameter = parameters.get(name) if isinstance(parameters, Mapping) else None
    default = parameter.get("default") if isinstance(parameter, Mapping) else None
    return None if default is None else plain_value(default)


def _put_back(studio: StudioState, one: Difference, source: Source) -> str:
    """Return the text of a rulebook with one difference as it stood in the saved text."""
    text, saved = studio.text_of(source), studio.saved_text_at(source.file)
    if not isinstance(one, RuleSwitched):
        return put_back(text, saved, one)
    before = keys_of(read_source(saved, source.file), one.rule.id)
    keys = {key: value for key, value in keys_of(source, one.rule.id).items() if key != "enabled"}
    keys |= {key: value for key, value in before.items() if key == "enabled"}
    return change_rulebook(text, [SetRule(rule=one.rule.id, keys=keys)])


def name_of_change(one: Difference) -> str:
    """Return a difference in few words."""
    if isinstance(one, ParameterChanged):
        return label_of(one.now)
    return say_difference(one).partition(":")[0].rstrip(".")


def _source_of(studio: StudioState, one: Difference) -> Source:
    book = next((book for book in studio.state.rulebooks if book.name == one.rulebook), None)
    if book is None:
        remedy = "Take it back with Undo."
        raise ArgumentError(Problem(message="A whole rulebook cannot be taken back here.", remedy=remedy))
    return studio.source_of(book)


def _check_rest(studio: StudioState, one: Difference, source: Source, text: str) -> None:
    """Raise ArgumentError if with the new text not all other changes stand, and no others."""
    now = studio.state
    sources = [read_source(text, source.file) if other is source else other for other in now.sources]
    try:
        imagined = studio.tuning.imagine(sources, now.settings, now.switched)
    except TouchrulesError as error:
        raise _refusal(error.problems[0].message) from error
    rest = diff_rulebooks(edition_of(studio.saved), edition_of(imagined))
    wanted = Counter(map(say_difference, studio.changes())) - Counter([say_difference(one)])
    if Counter(say_difference(each) for each in rest if not isinstance(each, LayoutChanged)) != wanted:
        raise _refusal("")


def _refusal(why: str) -> ArgumentError:
    message = f"This change cannot be taken back alone: others stand on it. {why}".rstrip()
    return ArgumentError(Problem(message=message, remedy="Take those back first, or use Undo."))
