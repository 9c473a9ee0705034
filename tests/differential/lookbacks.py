"""Random tests in `where`."""

from typing import Any

from tests.differential.bench import Bench, duration, give, plain_duration
from tests.differential.draw import several, weighted
from tests.differential.filters import build_easy, build_filter, build_light
from tests.differential.vocabulary import NUMBERS

Test = dict[str, Any]
KINDS = {
    "count": 25,
    "distinct": 10,
    "sum": 18,
    "average": 8,
    "share": 10,
    "seen": 10,
    "never": 6,
    "last": 24,
    "gap": 10,
    "fact": 8,
    "any": 8,
    "not": 8,
}
SHARES = (0, 0.25, 0.5, 1 / 3, 2 / 3, 1)
AMOUNTS = (0, 0.3, 0.1, 1, 2, 60, 61, 120, 3600, -5, 0.000002, 1.5, 0.6)


def build_test(bench: Bench, depth: int = 2) -> Test:
    """One test in `where`, also inside `any` and `not`."""
    kind = weighted(bench.draw, KINDS)
    if kind == "fact" and bench.facts:
        return {"fact": bench.draw.choice(bench.facts)}
    if kind == "any" and depth > 0:
        return {"any": [build_test(bench, depth - 1) for _ in range(bench.draw.integer(1, 3))]}
    if kind == "not" and depth > 0:
        return {"not": build_test(bench, depth - 1)}
    if kind in ("fact", "any", "not"):
        kind = "count"
    return build_measure(bench, kind) | build_per(bench) | build_windows(bench, kind)


def build_measure(bench: Bench, kind: str) -> Test:
    """What the test looks for, and what it is compared with."""
    draw = bench.draw
    if kind in ("seen", "never"):
        return {kind: build_filter(bench)}
    if kind == "last":
        words = ("same", "other", "similar", "not_similar")
        has = {"has": build_filter(bench, 2, words)} if draw.chance(85) else {}
        return {"last": build_light(bench)} | has
    if kind == "gap":
        return {"gap": build_filter(bench)} | build_compare(bench, [gap_value(bench) for _ in range(2)])
    if kind == "count":
        counts = [give(bench, "integer", draw.integer(0, 4), 1) for _ in range(2)]
        return {"count": build_filter(bench)} | build_compare(bench, counts)
    if kind == "share":
        shares = [give(bench, "number", draw.choice(SHARES), 0.5) for _ in range(2)]
        least = {"out_of": give(bench, "integer", draw.integer(1, 4), 2)} if draw.chance(60) else {}
        return {"share": build_filter(bench), "of": build_light(bench)} | build_compare(bench, shares) | least
    if kind == "distinct":
        name = draw.choice(
            bench.fields[weighted(draw, {"text": 70, "number": 20, "boolean": 5, "timestamp": 5})]
        )
        counts = [draw.integer(0, 3) for _ in range(2)]
        return {"distinct": name, "of": build_light(bench)} | build_compare(bench, counts)
    name = draw.choice(bench.fields["number"])
    amounts = [amount(bench, name) for _ in range(2)]
    return {kind: name, "of": build_light(bench)} | build_compare(bench, amounts)


def amount(bench: Bench, name: str) -> Any:
    """What a sum or an average is compared with."""
    if name == "duration_s" and bench.draw.chance(10):
        return "1m"
    return give(bench, "number", bench.draw.choice(bench.draw.choice([AMOUNTS, NUMBERS[name]])), 0.5)


def gap_value(bench: Bench) -> Any:
    """What a gap is compared with: a duration, or seconds."""
    if bench.draw.chance(70):
        return duration(bench, 0, 5)
    return bench.grid.unit * bench.draw.integer(0, 3) + bench.draw.choice([0, 0, 0.5, 0.000001])


def build_compare(bench: Bench, values: list[Any]) -> Test:
    """One compare, or two."""
    draw = bench.draw
    operators = {"at_least": 40, "more_than": 20, "at_most": 15, "less_than": 15, "exactly": 10}
    chosen = {weighted(draw, operators): values[0]}
    return {weighted(draw, operators): values[1]} | chosen if draw.chance(12) else chosen


def build_per(bench: Bench) -> Test:
    """Whose history is looked at."""
    draw = bench.draw
    per = weighted(draw, {"": 45, "contact": 5, "account": 15, "rep": 15, "list": 20})
    if per == "list":
        common = ["contact_id", "account_id", "rep_id", "kind", "direction", "campaign"]
        every = [name for names in bench.fields.values() for name in names]
        return {"per": several(draw, draw.choice([common, common, list(dict.fromkeys(every))]), 1, 2)}
    return {"per": per} if per else {}


def build_windows(bench: Bench, kind: str) -> Test:
    """One window or several that may stand together."""
    draw = bench.draw
    window: Test = {}
    form = weighted(draw, {"none": 40, "within": 25, "between": 15, "in_same": 20})
    if form == "within":
        window["within"] = duration(bench)
    if form == "between":
        near = draw.choice([0, 1, 1, 2])
        nearest = give(bench, "duration", plain_duration(bench, near, near), "0s")
        window["between"] = [nearest, duration(bench, near + 1, near + 8)]
    if form == "in_same":
        period = draw.choice(["day", "week", "month", "quarter"])
        window["in_same"] = give(bench, "choice", period, "day")
    if draw.chance(50 if form == "between" else 20):
        window["since_last"] = draw.choice([build_light, build_easy])(bench)
    if kind in ("count", "distinct", "sum", "average", "share") and draw.chance(20):
        window["newest"] = give(bench, "integer", draw.integer(1, 4), 1)
    return window
