"""The rules as durable_rules knows them, written so that a host in another language can load them."""

from __future__ import annotations

from typing import Any

from touchrules.engines.durable.engine import Engine
from touchrules.engines.plan import Plan


def write_rulesets(plan: Plan) -> dict[str, Any]:
    """Return the rulesets of a plan as plain values.

    For each its `name` and `definition`, the `facts` that it joins, the properties of its touch message
    (`touch`), and for each of its stages those of the token (`stages`).
    """
    return {
        "rulesets": [
            {
                "name": one.name,
                "definition": one.definition,
                "facts": list(one.facts),
                "touch": list(one.touch_properties),
                "stages": [
                    {"stage": stage, "token": list(names)} for stage, names in one.token_properties.items()
                ],
            }
            for one in Engine(plan).rulesets
        ]
    }
