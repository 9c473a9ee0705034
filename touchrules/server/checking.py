"""Checks the text of one rulebook beside the others of its folder, and tells what an editor shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from touchrules.errors import Place, Problem
from touchrules.language.load import RulebookTexts
from touchrules.language.source import read_source
from touchrules.model.rules import Fact, Rule, Rulebook

Answer = dict[str, Any]


def check_text(text: bytes | str, file: str, beside: Mapping[str, bytes]) -> Answer:
    """Return the problems of a rulebook and of those beside it, and the rules as far as they can be read.

    `known` are the facts and rules of all these files, which each of them may name.

    `file` and the names of `beside` are what problems call the files. Lines and columns count from 1, columns
    by characters (code points); `end_column` is the first one that is well again.

    >>> check_text("rulebook: cold", "cold.rulebook.yaml", {})["problems"][0]["message"]
    'A rulebook has no `language:`.'
    """
    others = [read_source(data, name) for name, data in beside.items() if name != file]
    draft = RulebookTexts([read_source(text, file), *others]).draft()
    rules = {rule.id for book in draft.rulebooks for rule in book.rules}
    book = next((book for book in draft.rulebooks if book.file == file), Rulebook(name="", language=1))
    return {
        "rulebook": book.name,
        "title": book.title,
        "rules": [_tell_rule(rule) for rule in book.rules],
        "known": {
            "facts": [_tell_fact(fact, one) for one in draft.rulebooks for fact in one.facts.values()],
            "rules": [
                {"id": rule.id, "title": rule.title, "file": one.file}
                for one in draft.rulebooks
                for rule in one.rules
            ],
        },
        "problems": [_tell_problem(problem, file, rules) for problem in draft.problems],
    }


def _tell_rule(rule: Rule) -> Answer:
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity,
        "line": rule.place.line if rule.place else 1,
        "enabled": rule.enabled,
        "report": rule.report,
    }


def _tell_fact(fact: Fact, book: Rulebook) -> Answer:
    return {"name": fact.name, "about": fact.about, "file": book.file}


def _tell_problem(problem: Problem, file: str, rules: set[str]) -> Answer:
    place = problem.place or Place(file=file, line=1, column=1)
    rule = problem.context.removeprefix("rule ")
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.line,
        "end_column": place.column + place.length,
        "message": problem.message,
        "remedy": problem.remedy,
        "rule": rule if rule in rules else None,
    }
