"""Random rules."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.differential.bench import Bench, duration, give, plain_duration
from tests.differential.draw import several, weighted
from tests.differential.filters import build_light
from tests.differential.lookbacks import build_per, build_test
from tests.reference.localtime import EPOCH

Rule = dict[str, Any]
PIECES = ("{", "}", "{}", " ", "$cap ", "{nothing}", "{param.none}", "{value}", "é", "{{kind}}", "{1}")


def build_rule(bench: Bench, rule_id: str, expects: bool, reachable: list[str]) -> Rule:
    """A rule; `reachable` are all rules that `expect` may name."""
    draw = bench.draw
    rule: Rule = {
        "id": rule_id,
        "title": draw.choice(["A title", "{kind} is no template", "$cap"]),
        "severity": draw.choice(["info", "low", "medium", "high", "critical"]),
        "when": build_light(bench),
    }
    tests = weighted(draw, {0: 35, 1: 45, 2: 20})
    if tests:
        rule["where"] = [build_test(bench) for _ in range(tests)]
    rule |= build_facts(bench)
    if expects:
        rule |= build_expectation(bench, reachable)
    if bench.facts and draw.chance(60):
        rule["asserts"] = draw.choice(bench.facts)
    return rule | build_state(bench) | build_texts(bench)


def build_facts(bench: Bench) -> Rule:
    """What must hold, and what must not."""
    draw = bench.draw
    keys: Rule = {}
    for name, percent in (("given", 15), ("unless", 30)):
        if bench.facts and draw.chance(percent):
            facts = several(draw, bench.facts, 1, 2)
            keys[name] = facts[0] if len(facts) == 1 and draw.chance(50) else facts
    return keys


def build_state(bench: Bench) -> Rule:
    """Whether and when the rule is in force and reports."""
    draw = bench.draw
    state: Rule = {}
    if draw.chance(8):
        state["enabled"] = give(bench, "boolean", draw.chance(50), True)
    if draw.chance(10):
        state["report"] = draw.chance(20)
    if draw.chance(10):
        first, second = sorted(draw.integer(-2, 20) for _ in range(2))
        times = {"from": write_time(bench, first), "until": write_time(bench, second + 6)}
        kept = draw.choice([["from"], ["until"], ["from", "until"]])
        state["effective"] = {name: times[name] for name in kept}
    return state | ({"tags": ["x"]} if draw.chance(5) else {})


def write_time(bench: Bench, steps: int) -> str:
    """A grid instant as a time with or without zone, or its day."""
    instant = EPOCH + timedelta(microseconds=bench.grid.start, seconds=steps * bench.grid.unit)
    local: datetime = instant.astimezone(UTC)
    return local.strftime(
        bench.draw.choice(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m-%d %H:%M+01:00"])
    )


def build_texts(bench: Bench) -> Rule:
    """`say` and `advise`."""
    draw = bench.draw
    names = [name for names in bench.fields.values() for name in names] + ["value", *bench.signals] * 6
    names += [f"param.{name}" for name in bench.parameters]
    texts: Rule = {}
    for key, percent in (("say", 60), ("advise", 25)):
        if draw.chance(percent):
            parts = [
                draw.choice(PIECES) if draw.chance(35) else "{" + draw.choice(names) + "}"
                for _ in range(draw.integer(1, 4))
            ]
            texts[key] = "".join(parts)
    return texts


def build_expectation(bench: Bench, reachable: list[str]) -> Rule:
    """What must follow, by when."""
    draw = bench.draw
    findable, bench.findable = bench.findable, reachable
    expect: Rule = {"touch": build_light(bench)} | build_per(bench)
    if draw.chance(45):
        expect["cancel"] = build_light(bench)
    bench.findable = findable
    if draw.chance(30):
        pairs = [
            ("contact_id", "referred_to"),
            ("contact_id", "referred_to"),
            ("topic", "topic"),
            ("contact_id", "contact_id"),
            ("rep_id", "rep_id"),
        ]
        pairs += [(draw.choice(bench.fields["text"]), draw.choice(bench.fields["text"]))]
        pairs += [(draw.choice(bench.fields["number"]), draw.choice(bench.fields["number"]))]
        expect["match"] = dict(several(draw, pairs, 1, 2))
    if draw.chance(35):
        expect["after"] = build_deadline(bench, 0, 3)
    expect["by"] = build_deadline(bench, 0, 6)
    met = {"met_asserts": draw.choice(bench.facts)} if bench.facts and draw.chance(40) else {}
    return {"expect": expect} | met


def build_deadline(bench: Bench, low: int, high: int) -> str:
    """The text of `after` or `by`."""
    draw = bench.draw
    form = weighted(draw, {"duration": 45, "days": 12, "hours": 13, "field": 30})
    if form == "days":
        return part(give(bench, "integer", draw.integer(1, 3), 1), "bd")
    if form == "hours":
        hours = draw.choice([0.25, 0.5, 1, 4, 8, 8.5, 12])
        return part(give(bench, "integer" if hours == int(hours) else "number", hours, 2), "bh")
    if form == "duration":
        return str(duration(bench, low, high))
    name = draw.choice([*bench.fields["timestamp"], "promised_at", "promised_at"])
    sign = draw.choice(["", "+", " + ", "-", " - ", "+ "])
    return name + sign + str(give(bench, "duration", plain_duration(bench, 0, 3), "1d")) if sign else name


def part(number: Any, suffix: str) -> str:
    """A number, or the `${name}` that stands for it, before its unit."""
    text = str(number)
    if text.startswith("$") and not text.startswith("${"):
        text = "${" + text[1:] + "}"
    return text + suffix
