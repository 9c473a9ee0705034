"""Sets parameters from outside: `voicemail.cap=3`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Final

from touchrules.errors import ArgumentError, Problem
from touchrules.language import nodes
from touchrules.language.nodes import quoted
from touchrules.language.parameters import Refusal, accept
from touchrules.language.source import read_source
from touchrules.language.words import allowed
from touchrules.model.parameters import Parameter

Settings = Mapping[str, Any]
"""`{"rulebook.parameter": value}`: bool, int, float, text (durations and times of day too) or texts."""

_FORM: Final = "Write rulebook.parameter=value, for example voicemail.cap=3."


def read_setting(text: str) -> tuple[str, Any]:
    """Read what stands behind `--set`: a name and a YAML value or flow list.

    >>> read_setting("voicemail.cap=3")
    ('voicemail.cap', 3)
    >>> read_setting("voicemail.openers=[just checking in, touching base]")
    ('voicemail.openers', ['just checking in', 'touching base'])

    Raises ArgumentError.
    """
    key, equals, written = text.partition("=")
    if not equals or "." not in key:
        raise ArgumentError(Problem(message=f"{quoted(text)} sets no parameter.", remedy=_FORM))
    source = read_source(written, "--set")
    value = None if source.root is None or source.problems else nodes.plain_value(source.root)
    if value is None or isinstance(value, dict):
        said = source.problems[0].message if source.problems and written.strip() else "There is no value."
        remedy = "Write a value or a list in brackets: 3, 7d, [a, b]; put other texts in quotes."
        raise ArgumentError(Problem(message=f"{quoted(text)} sets no value. {said}", remedy=remedy))
    return key.strip(), value


def check_settings(settings: Settings, known: Mapping[str, Mapping[str, Parameter | None]]) -> list[Problem]:
    """Return what is wrong with settings; `known` are the parameters of each rulebook, None if broken."""
    return [problem for key, value in settings.items() for problem in _wrong(key, value, known)]


def _wrong(key: str, value: Any, known: Mapping[str, Mapping[str, Parameter | None]]) -> Iterable[Problem]:
    rulebook, _dot, name = key.rpartition(".")
    if rulebook not in known:
        remedy = allowed(rulebook, known, label="Rulebooks")
        return [_problem(key, f"{quoted(rulebook)} is no rulebook.", remedy)]
    if name not in known[rulebook]:
        remedy = allowed(name, known[rulebook], label="Parameters")
        return [_problem(key, f"{quoted(name)} is no parameter of {rulebook}.", remedy)]
    return _refused(key, known[rulebook][name], value)


def _refused(key: str, parameter: Parameter | None, value: Any) -> Iterable[Problem]:
    accepted = None if parameter is None else accept(parameter, value)
    if isinstance(accepted, Refusal):
        yield _problem(key, accepted.message, accepted.remedy)


def _problem(key: str, message: str, remedy: str) -> Problem:
    return Problem(message=message, remedy=remedy, context=f"setting {key}")


def apply_settings(
    rulebook: str, parameters: Mapping[str, Parameter | None], settings: Settings
) -> dict[str, Parameter | None]:
    """Return the parameters of a rulebook with the values set; values that are refused change nothing."""
    return {
        name: _set(parameter, settings.get(f"{rulebook}.{name}")) for name, parameter in parameters.items()
    }


def _set(parameter: Parameter | None, value: Any) -> Parameter | None:
    accepted = None if parameter is None or value is None else accept(parameter, value)
    if parameter is None or accepted is None or isinstance(accepted, Refusal):
        return parameter
    return dataclasses.replace(parameter, value=accepted)
