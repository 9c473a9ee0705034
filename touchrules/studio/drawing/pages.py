"""The lines of a page of a table, as the browser gets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from touchrules.studio.drawing.arranging import Arrangement, is_text, lines_between
from touchrules.studio.drawing.celltexts import cell_text, column_width, is_number, page_texts


def page_lines(
    table: pa.Table, arrangement: Arrangement, names: list[str], start: int, stop: int
) -> list[dict[str, Any]]:
    """Rows with the texts of their cells, and the headings of groups between them."""
    numbers, groups = lines_between(arrangement, start, stop)
    texts = iter(page_texts(table, names, pa.array(numbers[numbers >= 0])))
    return [
        {"row": number, "cells": next(texts)} if number >= 0 else _heading(arrangement, group)
        for number, group in zip(numbers.tolist(), groups.tolist(), strict=True)
    ]


def describe_column(table: pa.Table, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser needs to know of a column; what is wanted goes before what is usual."""
    name = wanted["name"]
    kind = table.schema.field(name).type if name in table.column_names else pa.string()
    usual = {"title": name.replace("_", " "), "width": column_width(kind)}
    return {**usual, **wanted, "text": is_text(kind), "number": is_number(kind)}


def _heading(arrangement: Arrangement, group: int) -> dict[str, Any]:
    name = cell_text(arrangement.names[group]) or "(nothing)"
    held = int(arrangement.counts[group])
    return {"group": group, "name": name, "count": held, "folded": group in arrangement.folded}
