"""Whether an engine gives what the plain evaluator gives, to the row."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.differential.examples import Example, write_rulebook
from tests.reference.evaluator import replay

Tables = tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]
Engine = Callable[[list[str], list[dict[str, Any]], str, int | None, dict[str, Any]], Tables]
TABLES = ("findings", "expectations", "facts")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "findings": (
        "finding_id",
        "rulebook",
        "rule",
        "severity",
        "at",
        "touch_id",
        "contact_id",
        "account_id",
        "rep_id",
        "value",
        "message",
        "advice",
    ),
    "expectations": (
        "rulebook",
        "rule",
        "touch_id",
        "contact_id",
        "account_id",
        "rep_id",
        "opened_at",
        "after",
        "by",
        "status",
        "settled_at",
        "settled_by",
    ),
    "facts": (
        "fact",
        "per",
        "key",
        "since",
        "until",
        "touch_id",
    ),
}


def run_reference(example: Example) -> Tables:
    """What the contract says comes out."""
    return replay(example.rulebooks, example.touches, example.timezone, example.as_of, example.settings)


def run_engine_on(engine: Engine, example: Example) -> Tables:
    """What the engine says comes out."""
    texts = [write_rulebook(rulebook) for rulebook in example.rulebooks]
    return engine(texts, example.touches, example.timezone, example.as_of, example.settings)


def find_difference(engine: Engine, example: Example) -> str | None:
    """The first difference in words; None if the tables are equal to the row and the column."""
    expected = run_reference(example)
    try:
        given = run_engine_on(engine, example)
    except Exception as error:  # whatever the engine raises on a valid example is a difference
        return f"the engine raised {type(error).__name__}: {error}"
    for name, wanted, rows in zip(TABLES, expected, given, strict=True):
        difference = compare_tables(name, wanted, rows)
        if difference:
            return difference
    return None


def compare_tables(name: str, wanted: list[dict[str, Any]], rows: list[dict[str, Any]]) -> str | None:
    """The first row or column in which two tables differ."""
    for number, (left, right) in enumerate(zip(wanted, rows, strict=False), start=1):
        if tuple(right) != COLUMNS[name]:
            return f"{name} have the columns {list(right)}, not {list(COLUMNS[name])}"
        for column in COLUMNS[name]:
            if not are_identical(left[column], right[column]):
                return (
                    f"{name}, row {number}, column {column}: "
                    f"the contract says {left[column]!r}, the engine {right[column]!r}\n"
                    f"  contract: {left}\n  engine:   {right}"
                )
    if len(wanted) == len(rows):
        return None
    longer, who = (wanted, "the contract") if len(wanted) > len(rows) else (rows, "the engine")
    return (
        f"{name}: only {who} has row {min(len(wanted), len(rows)) + 1}: {longer[min(len(wanted), len(rows))]}"
    )


def are_identical(left: Any, right: Any) -> bool:
    """Equal, and of one type: 1 is neither 1.0 nor true."""
    return type(left) is type(right) and left == right


def write_example(example: Example) -> str:
    """An example as a Python text that can be pasted into a test."""
    lines = [
        f"rulebooks = {example.rulebooks!r}",
        f"touches = {example.touches!r}",
        f"timezone, as_of = {example.timezone!r}, {example.as_of!r}",
        f"settings = {example.settings!r}",
        "# as YAML:",
        *(f"# {json.dumps(rulebook, ensure_ascii=True)}" for rulebook in example.rulebooks),
    ]
    return "\n".join(lines)
