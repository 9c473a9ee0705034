"""What the properties of a message are made of as plain values, for a host in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from touchrules.engines.durable.properties import (
    Accepts,
    AllTrue,
    AnswerTo,
    FactStands,
    HasAnswer,
    Instant,
    IsPresent,
    KnownText,
    NumberField,
    Passes,
    Property,
)
from touchrules.model.lookbacks import LookBackTest
from touchrules.production.bundle.plain_filters import write_filter
from touchrules.production.bundle.plain_lookbacks import write_test, write_threshold


def write_properties(
    properties: Mapping[str, Property], numbers: Mapping[LookBackTest, int]
) -> dict[str, dict[str, Any]]:
    """Return for each property of a message what it is made of."""
    return {name: _write_property(made_of, numbers) for name, made_of in properties.items()}


def _write_property(made_of: Property, numbers: Mapping[LookBackTest, int]) -> dict[str, Any]:
    match made_of:
        case KnownText(field=field, words=words):
            return {"text": field, "words": sorted(words)}
        case NumberField(field=field):
            return {"number": field}
        case IsPresent(field=field):
            return {"present": field}
        case Accepts(filter=tree):
            return {"accepts": write_filter(tree)}
        case Instant():
            return {"instant": "at"}
        case FactStands(fact=fact):
            return {"fact": fact}
        case AnswerTo(test=test):
            return {"answer": numbers[test]}
        case HasAnswer(test=test):
            return {"answered": numbers[test]}
        case Passes(test=test, threshold=threshold):
            return {"passes": numbers[test], "compare": [write_threshold(threshold)]}
        case AllTrue(tests=tests):
            return {"all_true": [write_test(one, numbers) for one in tests]}
        case _:
            assert_never(made_of)
