"""Says what is wrong with a text or a draft, and beside which field of the form it belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from touchrules.errors import ArgumentError, DataError, Place, Problem
from touchrules.language import nodes
from touchrules.language.load import RulebookTexts
from touchrules.language.nodes import Node
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
    rule = node_of(read_source(text, draft.file), str(draft.keys.get("id")))
    for problem in check_text(studio, draft.file, text):
        told.setdefault(_field_of(problem, rule, draft.file), []).append(problem)
    return {field: problems for field, problems in told.items() if problems}


def _renamed(where: str) -> Problem:
    remedy = "Rename them there first, or keep the id."
    return Problem(message=f"{where} by its old id.", remedy=remedy)


def _field_of(problem: Problem, rule: nodes.Mapping | None, file: str) -> str:
    """Return the field that a problem concerns: the last that begins at or before its place."""
    place = problem.place
    if place is None or rule is None or place.file != file or not rule.items:
        return ""
    if not _spot(rule.items[0][0].place) <= _spot(place) or not _ends_after(rule, place):
        return ""
    key, value = [pair for pair in rule.items if _spot(pair[0].place) <= _spot(place)][-1]
    if key.text == "where" and isinstance(value, nodes.Sequence):
        before = [number for number, item in enumerate(value.items) if _spot(item.place) <= _spot(place)]
        return f"where.{before[-1]}" if before else "where"
    return key.text if key.text in _FIELDS else ""


def _ends_after(rule: nodes.Mapping, place: Place) -> bool:
    return place.line <= max(map(_spot, _places(rule)))[0]


def lines_of_rule(source: Source, rule: str) -> tuple[int, ...]:
    """Return the first and the last line of a rule in a text; nothing if it is not there."""
    node = node_of(source, rule)
    if node is None:
        return ()
    spots = [*map(_spot, _places(node))]
    return min(spots)[0], max(spots)[0]


def _places(node: Node) -> Sequence[Place]:
    match node:
        case nodes.Mapping(items=pairs):
            inner = [place for key, value in pairs for place in (key.place, *_places(value))]
        case nodes.Sequence(items=items):
            inner = [place for item in items for place in _places(item)]
        case _:
            inner = []
    return [node.place, *inner]


def _spot(place: Place) -> tuple[int, int]:
    return place.line, place.column


def without_place(problems: Mapping[str, Sequence[Problem]]) -> dict[str, list[str]]:
    """Return problems as they are told beside a field: without the place in the text."""
    return {field: [_without_place(one) for one in some] for field, some in problems.items()}


def _without_place(problem: Problem) -> str:
    return " ".join(str(replace(problem, place=None, context="", excerpt="")).split())
