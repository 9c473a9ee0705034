"""A table that stays quick with a million rows: the browser asks for the pages it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa
import traitlets

from touchrules.studio.drawing.arranging import Numbers, arrange, fold
from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.pages import describe_column, page_lines
from touchrules.studio.drawing.sources import read_script, read_style

LONGEST_PAGE = 1000


class Table(Drawn):
    """Rows of a pyarrow table, filtered, sorted and grouped in Python.

    ``columns`` are names, or mappings with ``name`` and, if wanted, ``title`` and ``width`` (pixels);
    none means all of the table. ``sort`` is empty or ``{"column": name, "descending": bool}``.
    """

    _esm = read_script("table")
    _css = read_style("table")

    columns: Any = traitlets.List().tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    group_by = traitlets.Unicode("").tag(sync=True)
    sort: Any = traitlets.Dict().tag(sync=True)
    empty = traitlets.Unicode("No rows").tag(sync=True)
    total = traitlets.Int(0).tag(sync=True)  # lines shown, headings of groups among them
    matching = traitlets.Int(0).tag(sync=True)
    rows = traitlets.Int(0).tag(sync=True)
    version = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, columns: Iterable[str | dict[str, Any]] = (), table: pa.Table | None = None, **traits: Any
    ) -> None:
        super().__init__(**traits)
        self._wanted = list(columns)
        self._chosen: list[Callable[[int], object]] = []
        self._saved: list[Callable[[], object]] = []
        self.set_table(pa.table({}) if table is None else table)
        self.observe(lambda _: self._rearrange(), ["query", "group_by", "sort"])

    def set_table(self, table: pa.Table) -> None:
        """Shows another table, from its top."""
        known = set(table.column_names)
        wanted = [{"name": each} if isinstance(each, str) else each for each in self._wanted]
        missing = [each["name"] for each in wanted if each["name"] not in known]
        if missing and known:
            raise ValueError(f"The table has no column {', '.join(missing)}.")
        self._table = table.combine_chunks()
        with self.hold_trait_notifications():
            self.columns = [
                describe_column(table, each) for each in wanted or [{"name": n} for n in table.column_names]
            ]
            self.sort = self.sort if self.sort.get("column") in known else {}
            self.group_by = self.group_by if self.group_by in known else ""
        self._rearrange()

    @property
    def shown(self) -> Numbers:
        """The numbers of the rows that are shown, in their order; those of folded groups are among them."""
        return self._arranged.order

    def on_choose(self, callback: Callable[[int], object]) -> None:
        """Calls ``callback(row_number)``, a row of the table as it was given, on Enter or a double click."""
        self._chosen.append(callback)

    def on_save(self, callback: Callable[[], object]) -> None:
        """Calls ``callback()`` for "Save as CSV"; a text it gives back is shown.

        ``shown`` tells which rows that concerns.
        """
        self._saved.append(callback)

    def _rearrange(self) -> None:
        column, descending = self.sort.get("column", ""), bool(self.sort.get("descending"))
        choices = {"query": self.query, "group_by": self.group_by, "sort": column, "descending": descending}
        self._arranged = arrange(self._table, **choices)
        self._show()

    def _show(self) -> None:
        self.rows, self.matching = self._table.num_rows, len(self._arranged.order)
        self.total = self._arranged.total
        self.version += 1

    def _reply(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        match message:
            case {"page": [int(start), int(stop)]}:
                return {"page": start, "version": self.version, "lines": self._page(start, stop)}
            case {"fold": int(group), "folded": bool(folded)}:
                changed = self._arranged.folded | {group} if folded else self._arranged.folded - {group}
                self._arranged = fold(self._arranged, changed)
                self._show()
                return {"fold": group}
            case {"choose": int(), "version": int(version)} if version != self.version:
                raise ValueError("These rows are older than what stands now. Choose again.")
            case {"choose": int(row)} if 0 <= row < self._table.num_rows:
                for choose in self._chosen:
                    choose(row)
                return {"choose": row}
            case {"save": True}:
                told = [save() for save in self._saved]
                return {"save": " ".join(text for text in told if isinstance(text, str))}
        return super()._reply(message)

    def _page(self, start: int, stop: int) -> list[dict[str, Any]]:
        names = [column["name"] for column in self.columns]
        return page_lines(self._table, self._arranged, names, start, min(stop, start + LONGEST_PAGE))
