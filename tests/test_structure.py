"""Holds the shape of the project: which part may import which, and how large things may grow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "touchrules").rglob("*.py"))
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts)
ALL_PYTHON = [*SOURCES, *TESTS]

# Each part may import the parts before it, and itself. `expressions` wraps RE2 for all of them.
LAYERS = (
    "errors",
    "expressions",
    "model",
    "language",
    "streams",
    "engines",
    "replay",
    "evidence",
    "production",
    "studio",
    "server",
    "cli",
)

# Packages that only one module may import.
ALONE = {
    "ahocorasick_rs": "touchrules/streams/occurrences.py",
    "re2": "touchrules/expressions.py",
    "phonenumbers": "touchrules/streams/phones.py",
    "rapidfuzz": "touchrules/streams/likeness.py",
    "durable": "touchrules/engines/durable/host.py",
    "durable_rules_engine": "touchrules/engines/durable/host.py",
    "cryptography": "touchrules/production/bundle/keys.py",
}

# Packages that only one part may import: they come with an extra.
ONE_PART = {"jupyter_server": "server", "tornado": "server"}


def imports_of(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def layer_of(module: str) -> str:
    """The part that a module of touchrules belongs to."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    own = layer_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    above = [
        module
        for module in imports_of(path)
        if module.startswith("touchrules.") and own in LAYERS
        if LAYERS.index(layer_of(module)) > LAYERS.index(own)
    ]
    assert not above


@pytest.mark.parametrize(("package", "only"), ALONE.items())
def test_a_wrapped_package_is_imported_in_one_module(package: str, only: str) -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(module.split(".")[0] == package for module in imports_of(path))
    }
    assert importers == {only}


@pytest.mark.parametrize(("package", "only"), ONE_PART.items())
def test_a_package_of_an_extra_is_imported_in_one_part(package: str, only: str) -> None:
    importers = {
        path.relative_to(ROOT / "touchrules").parts[0]
        for path in SOURCES
        if any(module.split(".")[0] == package for module in imports_of(path))
    }
    assert importers == {only}


def test_importing_touchrules_loads_nothing_heavy() -> None:
    heavy = (
        "{'pandas', 'pyarrow', 'numpy', 'ruamel', 're2', 'phonenumbers', 'durable', 'typer', 'rich', "
        "'anywidget', 'ipywidgets', 'traitlets'}"
    )
    code = f"import sys, touchrules; print(sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("path", ALL_PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_has_more_than_400_lines_and_no_function_more_than_50(path: Path) -> None:
    text = path.read_text()
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or 0) - node.lineno + 1 > 50
    ]
    assert text.count("\n") <= 400
    assert not long


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_opens_with_one_line_that_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    assert docstring.splitlines()[0].endswith(".")
