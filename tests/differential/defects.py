"""Small defects, put into a copy of the plain evaluator, that the random examples must notice."""

import importlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tests.reference
from tests.differential.agreement import Engine, Tables

SOURCE = Path(tests.reference.__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One change of one file of the evaluator, told in a sentence."""

    told: str
    file: str
    old: str
    new: str


def read_defects() -> tuple[Defect, ...]:
    """The defects of defects.json."""
    return tuple(Defect(**entry) for entry in json.loads(Path(__file__).with_suffix(".json").read_text()))


DEFECTS = read_defects()


def defective_engine(one: Defect, folder: Path) -> Engine:
    """The plain evaluator with that defect, as an engine; the copy is written into the folder."""
    name = f"defective_{DEFECTS.index(one)}"
    package = folder / name
    package.mkdir()
    for path in SOURCE.glob("*.py"):
        if path.name.startswith("test_"):
            continue
        text = path.read_text()
        if path.stem == one.file:
            assert one.old in text, f"{one.told}: {one.old!r} does not stand in {path.name}"
            text = text.replace(one.old, one.new)
        (package / path.name).write_text(text.replace("tests.reference", name))
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        replay = importlib.import_module(f"{name}.evaluator").replay
    finally:
        sys.path.remove(str(folder))

    def run(
        texts: list[str],
        touches: list[dict[str, Any]],
        timezone: str,
        as_of: int | None,
        settings: dict[str, Any],
    ) -> Tables:
        tables: Tables = replay([json.loads(text) for text in texts], touches, timezone, as_of, settings)
        return tables

    return run
