"""Short ways to write the touches and rulebooks of hand-worked cases."""

from typing import Any
from zoneinfo import ZoneInfo

from tests.differential.agreement import Tables
from tests.differential.engine import run_columnar
from tests.differential.examples import write_rulebook
from tests.differential.inprocess import run_engine_here
from tests.reference import evaluator
from tests.reference.localtime import read_instant

UTC = ZoneInfo("UTC")


class Engines:
    """The engine that a test runs on: each test of this folder runs on every one of them."""

    names = ("plain", "durable", "columnar")
    chosen = "plain"


def replay(
    rulebooks: list[dict[str, Any]],
    touches: list[dict[str, Any]],
    timezone: str = "UTC",
    as_of: int | None = None,
    settings: dict[str, Any] | None = None,
) -> Tables:
    """The rows of findings, expectations and facts, by the engine that the test runs on."""
    if Engines.chosen == "plain":
        return evaluator.replay(rulebooks, touches, timezone, as_of, settings)
    texts = [write_rulebook(one) for one in rulebooks]
    if Engines.chosen == "columnar":
        return run_columnar(texts, touches, timezone, as_of, settings or {})
    return run_engine_here(texts, touches, timezone, as_of, settings or {})


def at(text: str) -> int:
    """The instant of a time in UTC; a bare time is on Monday 2025-03-03."""
    return read_instant(text if "-" in text else f"2025-03-03 {text}", UTC)


def touch(touch_id: str, when: str, **fields: Any) -> dict[str, Any]:
    """A touch of contact c1, a call by default; further fields by name."""
    return {"touch_id": touch_id, "at": at(when), "contact_id": "c1", "kind": "call"} | fields


def rule(**keys: Any) -> dict[str, Any]:
    """A rule called r1 that finds every touch, changed by the keys."""
    return {"id": "r1", "title": "One", "severity": "low", "when": {}} | keys


def rulebook(*rules: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A rulebook called book with these rules."""
    return {"rulebook": "book", "language": 1, "rules": list(rules)} | keys


def found(touches: list[dict[str, Any]], *rules: dict[str, Any], name: str = "r1", **keys: Any) -> list[str]:
    """The ids of the touches that the rule called `name` finds."""
    findings, _, _ = replay([rulebook(*rules, **keys)], touches)
    return [row["touch_id"] for row in findings if row["rule"] == name]


def looked_back(touches: list[dict[str, Any]], **test: Any) -> list[str]:
    """The ids of the touches for which this one test of `where` is true."""
    return found(touches, rule(where=[test]))
