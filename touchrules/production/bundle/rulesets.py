"""The rules as durable_rules knows them, written so that a host in another language can run them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from touchrules.engines.columns import Column, FieldColumn, FoldedColumn, SignalColumn, TextTestColumn
from touchrules.engines.durable.engine import Engine
from touchrules.engines.durable.rulesets import Ruleset
from touchrules.engines.durable.wire import ABSENT, write_word
from touchrules.engines.plan import Plan, stage_of
from touchrules.model.lookbacks import LookBackTest
from touchrules.model.touches import DERIVED_FIELDS
from touchrules.production.bundle.plain_filters import write_filter
from touchrules.production.bundle.plain_lookbacks import write_lookback
from touchrules.production.bundle.plain_properties import write_properties
from touchrules.production.bundle.plain_rules import write_fact, write_rule, write_signal

FORMAT: Final = 1


def write_rulesets(plan: Plan) -> dict[str, Any]:
    """Return the rulesets of a plan as plain values, with all that a host must know around them.

    HOSTS.md tells every part of it.
    """
    engine = Engine(plan)
    numbers = {test: number for number, test in enumerate(engine.lookbacks)}
    stages = {planned.rule.id: planned.stage for planned in plan.rules}
    return {
        "format": FORMAT,
        "absent": ABSENT,
        "reads": _write_columns(engine.columns, plan),
        "answers": [{"stage": stage_of(test, stages), **write_lookback(test)} for test in engine.lookbacks],
        "facts": {name: write_fact(fact) for name, fact in plan.facts.items()},
        "rules": [write_rule(one, engine.homes.get(one.rule.id), numbers) for one in plan.rules],
        "rulesets": [_write_ruleset(one, numbers) for one in engine.rulesets],
    }


def _write_ruleset(ruleset: Ruleset, numbers: Mapping[LookBackTest, int]) -> dict[str, Any]:
    return {
        "name": ruleset.name,
        "definition": ruleset.definition,
        "facts": {fact: write_word(fact) for fact in ruleset.facts},
        "joined": sorted(ruleset.joined),
        "touch": write_properties(ruleset.touch_properties, numbers),
        "stages": [
            {"stage": stage, "token": write_properties(properties, numbers)}
            for stage, properties in ruleset.token_properties.items()
        ],
    }


def _write_columns(columns: Sequence[Column], plan: Plan) -> dict[str, Any]:
    """Return what is read of each touch, and what of it must be worked out first."""
    fields = sorted({one.name for one in columns if isinstance(one, FieldColumn)})
    signals = sorted({one.name for one in columns if isinstance(one, SignalColumn)})
    texts = [write_filter(one.test) for one in columns if isinstance(one, TextTestColumn)]
    similar = sorted({one.source.name for one in columns if isinstance(one, FoldedColumn)})
    return {
        "fields": [name for name in fields if name not in DERIVED_FIELDS],
        "local_times": [name for name in fields if name in DERIVED_FIELDS],
        "signals": {name: write_signal(plan.signals[name]) for name in signals},
        "text_tests": texts,
        "similar": similar,
    }
