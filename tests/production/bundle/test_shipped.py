"""All shipped rulebooks, tuned, are exported and pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from touchrules.language.load import load_rulebooks
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Rulebook
from touchrules.production.bundle.exporting import Provenance, export_bundle
from touchrules.production.bundle.keys import SigningKey, Trust
from touchrules.production.bundle.opening import open_bundle
from touchrules.production.bundle.tuned import read_tuned
from touchrules.production.bundle.verifying import verify_bundle

OFF = "voicemail-to-a-stranger"
SHIPPED = Path(__file__).parents[3] / "rulebooks"


def step_up(parameter: Parameter) -> int | None:
    """The next value of a parameter that counts something; None: there is none."""
    if parameter.type != "integer" or not isinstance(parameter.value, int):
        return None
    following = parameter.value + int(parameter.step or 1)
    return None if parameter.max is not None and following > parameter.max else following


def test_all_shipped_rulebooks_with_each_count_one_step_up_are_exported_and_pass(
    tmp_path: Path, key: SigningKey, trust: Trust
) -> None:
    settings = {
        f"{book.name}.{one.name}": value
        for book in load_rulebooks([SHIPPED])
        for one in book.parameters.values()
        if (value := step_up(one)) is not None
    }
    assert len(settings) > 50
    tuned = read_tuned([SHIPPED], settings, {OFF: False})
    manifest = export_bundle(tuned, tmp_path / "a", Provenance(created=0), key=key)
    assert len(manifest.parameters) == len(settings)
    assert len(manifest.left_out) < 10
    report = verify_bundle(tmp_path / "a", trust)
    assert [one.told for one in report.checks if not one.passed] == []
    opened = open_bundle(tmp_path / "a", trust).rulebooks
    assert _bare(opened) == _bare(load_rulebooks([SHIPPED], settings))


def _bare(rulebooks: Sequence[Rulebook]) -> list[Rule]:
    """All rules, the one that was switched off as if it were on."""
    rules = [rule for book in rulebooks for rule in book.rules]
    return [dataclasses.replace(rule, enabled=rule.enabled or rule.id == OFF) for rule in rules]
