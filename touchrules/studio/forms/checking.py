"""Says what is wrong with a text or a draft, and beside which field of the form it belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from touchrules.errors import ArgumentError, DataError, Place, Problem
from touchrules.language import nodes
from touchrules.language.load import RulebookTexts
from touchrules.language.source import Source, read_source
from touchrules.replay.run import check_fit
from touchrules.studio.forms.drafts import KEYS_IN_ORDER, Draft, node_of, text_of_draft
from touchrules.studio.retiring import tests_of
from touchrules.studio.state import StudioState

Told = dict[str, list[Problem]]
"""Problems by the field that they concern: a key of the rule, `where.0` for a condition, or ""."""

_FIELDS: Final = frozenset({*KEYS_IN_ORDER})


def check_text(studio: StudioState, file: str, text: str) -> tuple[Problem, ...]:
    """Return all problems that there would be with another text of a file; none if all is well."""
    edited = read_source(text, file)
    texts = RulebookTexts([edited if one.file == file else one for one in studio.state.sources])
    known = {parameter for parameter in studio.state.settings if not _is_own(studio, file, parameter)}
    settings = {name: studio.state.settings[name] for name in known}
    problems = texts.check(settings)
    if problems:
        return problems
    try:
        check_fit(texts.make(settings), studio.stream)
    except DataError as error:
        return error.problems
    return ()


def _is_own(studio: StudioState, file: str, setting: str) -> bool:
    """Return whether a setting is one of the file's own rulebook: its text says by itself what it is."""
    names = {book.name for book in studio.state.rulebooks if studio.source_of(book).file == file}
    return setting.rpartition(".")[0] in names


def check_draft(studio: StudioState, draft: Draft) -> Told:
    """Return what is wrong with a draft, by the field of the form."""
    told: Told = {}
    if not str(draft.keys.get("title") or "").strip():
        problem = Problem(message="A rule has a title.", remedy="Say in a few words what it asks for.")
        return {"title": [problem]}
    try:
        text = text_of_draft(studio, draft)
    except ArgumentError as error:
        return {"id": [*error.problems]}
    if draft.rule and draft.keys.get("id") != draft.rule:
        told["id"] = [_renamed(where) for where in tests_of(studio, draft.rule)]
    source, name = read_source(text, draft.file), str(draft.keys.get("id"))
    for problem in check_text(studio, draft.file, text):
        told.setdefault(_field_of(problem, source, name), []).append(problem)
    return {field: problems for field, problems in told.items() if problems}


def _renamed(where: str) -> Problem:
    remedy = "Rename them there first, or keep the id."
    return Problem(message=f"{where} by its old id.", remedy=remedy)


def _field_of(problem: Problem, source: Source, name: str) -> str:
    """Return the field that a problem concerns: the last that begins at or before its place."""
    place, rule, lines = problem.place, node_of(source, name), lines_of_rule(source, name)
    if place is None or rule is None or place.file != source.file:
        return ""
    if not lines[0] <= place.line <= lines[1]:
        return ""
    before = [pair for pair in rule.items if _spot(pair[0].place) <= _spot(place)]
    key, value = before[-1] if before else rule.items[0]
    if key.text == "where" and isinstance(value, nodes.Sequence):
        begun = [number for number, item in enumerate(value.items) if _spot(item.place) <= _spot(place)]
        return f"where.{begun[-1]}" if begun else "where"
    return key.text if key.text in _FIELDS else ""


def lines_of_rule(source: Source, rule: str) -> tuple[int, ...]:
    """Return the first and the last line of a rule in a text; nothing if it is not there.

    Comments and blank lines behind it are no part of it. Values that aliases repeat stand elsewhere, so only
    keys tell where a rule ends.
    """
    node, root = node_of(source, rule), source.root
    if node is None or not isinstance(root, nodes.Mapping) or not node.items:
        return ()
    first = node.items[0][0].place.line
    rules = root.get("rules")
    begins = [key.place.line for key, _ in root.items]
    for item in rules.items if isinstance(rules, nodes.Sequence) else ():
        begins += [item.items[0][0].place.line] if isinstance(item, nodes.Mapping) and item.items else []
    last = min((line for line in begins if line > first), default=len(source.lines) + 1) - 1
    while last > first and _is_beside(source.lines[last - 1]):
        last -= 1
    return first, last


def _is_beside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _spot(place: Place) -> tuple[int, int]:
    return place.line, place.column


def without_place(problems: Mapping[str, Sequence[Problem]]) -> dict[str, list[str]]:
    """Return problems as they are told beside a field: without the place in the text."""
    return {field: [_without_place(one) for one in some] for field, some in problems.items()}


def _without_place(problem: Problem) -> str:
    return " ".join(str(replace(problem, place=None, context="", excerpt="")).split())
