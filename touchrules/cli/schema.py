"""The command `schema`: what an editor must know to help with rulebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to a file.")]
Tests = Annotated[bool, typer.Option("--tests", help="The schema of NAME.tests.yaml.")]


def schema(*, out: Out = None, tests: Tests = False) -> None:
    """Print the JSON Schema of rulebooks, for editors."""
    from touchrules.language.schema import json_schema, schema_of_tests

    text = json.dumps(schema_of_tests() if tests else json_schema(), indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    from touchrules.replay.writing import write_file, write_text

    write_file(out, lambda path: write_text(text, path))
