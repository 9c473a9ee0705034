"""Writes tests as the text of a NAME.tests.yaml, so that reading it gives the same tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from touchrules.language.splices import write_flow
from touchrules.language.testfiles import DEFAULTS, Cell, RulebookTest


def write_tests(rulebook: str, tests: Sequence[RulebookTest]) -> str:
    """Return the tests of one rulebook as YAML, rule by rule.

    >>> test = RulebookTest(rulebook="voicemail", rule="no-call", name="a call", finds=(1,),
    ...     touches=({**DEFAULTS, "touch_id": "t1", "at": "2025-03-03", "kind": "call"},))
    >>> print(write_tests("voicemail", [test]), end="")
    rulebook: voicemail
    tests:
      no-call:
        - name: a call
          touches:
            - {at: 2025-03-03, kind: call}
          finds: [1]
    """
    lines = [f"rulebook: {write_flow(rulebook)}", "tests:" if tests else "tests: {}"]
    for rule in dict.fromkeys(test.rule for test in tests):
        lines.append(f"  {write_flow(rule)}:")
        lines += [line for test in tests if test.rule == rule for line in _write_test(test)]
    return "\n".join(lines) + "\n"


def _write_test(test: RulebookTest) -> Iterator[str]:
    yield f"    - name: {write_flow(test.name)}"
    if test.settings:
        own = {key.removeprefix(f"{test.rulebook}."): value for key, value in test.settings.items()}
        yield f"      with: {write_flow(own)}"
    yield "      touches:" if test.touches else "      touches: []"
    for position, touch in enumerate(test.touches, 1):
        yield f"        - {write_flow(_write_touch(touch, position))}"
    yield f"      finds: {write_flow(test.finds)}"
    if test.as_of is not None:
        yield f"      as_of: {write_flow(test.as_of)}"


def _write_touch(touch: Mapping[str, Cell], position: int) -> dict[str, object]:
    """Return what is written of a touch: not what it has anyway, and null for what it lacks of that."""
    usual = {"touch_id": f"t{position}", **DEFAULTS}
    lacking = {name: None for name in usual if name not in touch}
    return lacking | {name: _plain(cell) for name, cell in touch.items() if usual.get(name) != cell}


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell
