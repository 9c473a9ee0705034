"""Random filters."""

from typing import Any

from rapidfuzz import fuzz, utils

from tests.differential.bench import Bench, duration, give
from tests.differential.draw import several, weighted
from tests.differential.vocabulary import NUMBERS, PATTERNS, PHRASES, WORDS

Filter = dict[str, Any]
EASY = {"kind": "call", "direction": "outbound", "outcome": "connected"}
COMPARES = ("more_than", "at_least", "less_than", "at_most")


def build_filter(bench: Bench, depth: int = 2, words: tuple[str, ...] = ()) -> Filter:
    """A filter of nought to three lines; `words` are the further tests allowed inside `has`."""
    lines = weighted(bench.draw, {0: 20, 1: 50, 2: 25, 3: 5})
    tests: Filter = {}
    for _ in range(lines):
        tests |= build_line(bench, depth, words)
    return tests


def build_light(bench: Bench) -> Filter:
    """A filter that many touches pass; now and then any filter."""
    draw = bench.draw
    form = weighted(draw, {"all": 25, "kind": 20, "easy": 20, "any": 35})
    if form == "any":
        return build_filter(bench)
    if form == "kind":
        return {"kind": text_list(bench, "kind")}
    return build_easy(bench) if form == "easy" else {}


def build_easy(bench: Bench) -> Filter:
    """One line about the commonest fields."""
    name = bench.draw.choice(list(EASY))
    return {name: EASY[name]} if bench.draw.chance(60) else {name: text_list(bench, name)}


def build_line(bench: Bench, depth: int, words: tuple[str, ...]) -> Filter:
    """One line of a filter."""
    draw = bench.draw
    form = weighted(
        draw,
        {"easy": 35, "field": 35, "any": 10, "not": 8, "found": 22, "signal": 14, "word": 60 * bool(words)},
    )
    if form == "found" and bench.findable:
        names = several(draw, bench.findable, 1, 3)
        return {"found": names[0] if len(names) == 1 and draw.chance(60) else names}
    if form == "any" and depth > 0:
        parts = range(draw.integer(0 if draw.chance(5) else 1, 3))
        return {"any": [build_filter(bench, depth - 1, words) for _ in parts]}
    if form == "not" and depth > 0:
        return {"not": build_line(bench, depth - 1, words)}
    if form == "word" and words:
        return build_word(bench)
    if form == "signal" and bench.signals:
        name = draw.choice(list(bench.signals))
        return {name: number_test(bench, name) if name in NUMBERS else text_test(bench, name)}
    if form in ("field", "signal"):
        return build_field_test(bench)
    return build_easy(bench)


def build_word(bench: Bench) -> Filter:
    """One of the tests that stand inside `has` only."""
    draw = bench.draw
    kind = weighted(draw, {"same": 40, "other": 40, "similar": 40, "listed": 25})
    if kind == "listed":
        return {"topic": draw.choice([["same"], ["same"], ["other"], ["same", "pricing"]])}
    if kind == "similar":
        name = draw.choice(["text", "subject", "topic", "topic", "contact_name"])
        left, right = draw.choice(WORDS[name]), draw.choice(WORDS[name])
        ratio = fuzz.ratio(utils.default_process(left), utils.default_process(right)) / 100
        least = draw.choice([ratio, ratio, 0.5, 0.8, 1])
        return {name: {draw.choice(["similar", "not_similar"]): give(bench, "number", least, 0.5)}}
    field_type = weighted(draw, {"text": 60, "number": 20, "boolean": 10, "timestamp": 10})
    name = draw.choice(bench.fields[field_type])
    if field_type == "text":
        name = draw.choice([name, "topic", "kind", "rep_id"])
    return {name: give(bench, "choice", kind, "other" if kind == "same" else "same")}


def build_field_test(bench: Bench) -> Filter:
    """A test of any field, fitting its type."""
    field_type = weighted(bench.draw, {"text": 50, "number": 30, "boolean": 10, "timestamp": 10})
    name = bench.draw.choice(bench.fields[field_type])
    builders = {"text": text_test, "number": number_test, "boolean": boolean_test}
    return {name: builders.get(field_type, timestamp_test)(bench, name)}


def text_value(bench: Bench, name: str) -> Any:
    """A literal for a text field; now and then one of another type, which never equals."""
    if bench.draw.chance(4):
        return bench.draw.choice([1, True, 0.5])
    words = tuple(word for word in WORDS.get(name, ("UTC", "Europe/Berlin")) if word not in ("same", "other"))
    return give(bench, "choice", bench.draw.choice(words), words[0])


def text_list(bench: Bench, name: str) -> list[Any]:
    """A list of texts, perhaps with a phrases parameter spliced in."""
    draw = bench.draw
    words = list(dict.fromkeys(WORDS.get(name, ("UTC", "Europe/Berlin"))))
    some = several(draw, words, 0 if draw.chance(5) else 1, 4)
    spliced = give(bench, "phrases", some[:2], words[:1])
    if isinstance(spliced, list):
        return some
    return spliced if not some[2:] and draw.chance(30) else [spliced, *some[2:]]


def text_test(bench: Bench, name: str) -> Any:
    """A test of a text field."""
    draw = bench.draw
    weights = {"literal": 25, "list": 15, "not": 15, "exists": 10, "contains": 15, "matches": 16}
    form = weighted(draw, weights | {"same_as": 10, "two": 5})
    if form == "literal":
        return text_value(bench, name)
    if form == "list":
        return text_list(bench, name)
    if form == "two":
        return {"not": text_list(bench, name)} | contains(bench, name)
    if form == "not":
        return {"not": draw.choice([text_value, text_list])(bench, name)}
    if form == "exists":
        return {"exists": give(bench, "boolean", draw.chance(60), True)}
    if form == "contains":
        return contains(bench, name)
    if form == "matches":
        return {"matches": give(bench, "choice", draw.choice([*PATTERNS, "a", "", "^[A-Z]"]), "a")}
    return {"same_as": draw.choice(bench.fields["text"])}


def contains(bench: Bench, name: str) -> Filter:
    """A text that the field may hold, in any case."""
    draw = bench.draw
    if draw.chance(15):
        return {"contains": draw.choice(["ss", "fi", "SAS", "σασ", "i\u0307", "İ", "e\u0301", "5"])}
    word = draw.choice(draw.choice([list(WORDS.get(name, ("UTC",))), list(PHRASES[:-5])]))
    start = draw.integer(0, 3)
    part = word[start : start + draw.integer(1, 5)] or "i"
    return {"contains": give(bench, "choice", draw.choice([part, part.upper(), part.lower()]), "a")}


def number_test(bench: Bench, name: str) -> Any:
    """A test of a number field."""
    draw = bench.draw
    numbers = NUMBERS[name]
    form = weighted(
        draw, {"literal": 15, "list": 10, "not": 10, "exists": 10, "compare": 40, "two": 10, "same": 5}
    )
    if form == "literal":
        return number_value(bench, numbers)
    if form == "list":
        return [number_value(bench, numbers) for _ in range(draw.integer(1, 3))]
    if form == "not":
        return {"not": number_value(bench, numbers)}
    if form == "exists":
        return {"exists": draw.chance(70)}
    if form == "same":
        return {"same_as": draw.choice(bench.fields["number"])}
    tests = {draw.choice(COMPARES): compared(bench, name) for _ in range(2 if form == "two" else 1)}
    return tests | ({"exists": True} if draw.chance(10) else {})


def number_value(bench: Bench, numbers: tuple[float, ...]) -> Any:
    """A literal for a number field; now and then a text, which never equals."""
    value = bench.draw.choice(numbers)
    if bench.draw.chance(4):
        return str(value)
    if value == int(value) and abs(value) < 1000:
        return give(bench, "integer", int(value), 1)
    return give(bench, "number", value, 0.5)


def compared(bench: Bench, name: str) -> Any:
    """What a number field is compared with."""
    draw = bench.draw
    form = weighted(draw, {"number": 55, "field": 20, "duration": 10, "hour": 25})
    if form == "field":
        return {"field": draw.choice(bench.fields["number"])}
    if form == "duration" and name in ("duration_s", "step", "score"):
        return draw.choice(["1m", "30s", "1h", duration(bench)])
    if form == "hour" and name == "local_hour":
        return give_hour(bench, draw.choice(["08:00", "08:20", "00:30", "02:00", "23:45"]))
    return give(bench, "number", draw.choice(NUMBERS[name]), 1.5)


def give_hour(bench: Bench, value: str) -> Any:
    """A time of day, always as a parameter."""
    name = f"{bench.name}_p{len(bench.parameters)}"
    bench.parameters[name] = {"type": "time_of_day", "default": value, "min": "00:00", "max": "23:59"}
    return f"${name}"


def boolean_test(bench: Bench, name: str) -> Any:
    """A test of a true/false field."""
    draw = bench.draw
    form = weighted(draw, {"literal": 40, "not": 20, "exists": 20, "list": 10, "odd": 12, "same": 5})
    value = give(bench, "boolean", draw.chance(60), True)
    if form == "not":
        return {"not": value}
    if form == "exists":
        return {"exists": value}
    if form == "same":
        return {"same_as": draw.choice(bench.fields["boolean"])}
    return {"literal": value, "list": [value], "odd": draw.choice([1, 1, [1, "true"]])}[form]


def timestamp_test(bench: Bench, name: str) -> Any:
    """A test of a timestamp field."""
    if bench.draw.chance(50):
        return {"exists": bench.draw.chance(70)}
    return {"same_as": bench.draw.choice(bench.fields["timestamp"])}
