"""A file that was looked into, as tables: its columns, its first rows as touches, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS
from touchrules.model.wording import counted
from touchrules.replay.silence import LackingRule
from touchrules.streams.cells import Reject
from touchrules.streams.mapping import columns_of
from touchrules.streams.stream import Stream
from touchrules.studio.drawing.celltexts import cell_text
from touchrules.studio.inspection import Inspection, Trial
from touchrules.studio.state import StudioState
from touchrules.studio.views.texts import tag, text_table

_ROWS: Final = 10
_REJECTS: Final = 20
_LONGEST: Final = 60


def show_columns(looked: Inspection) -> str:
    """Return the columns of a file with a cell of each, and what they seem to be."""
    fields = looked.fields
    used = {one: field for field, mapping in fields.items() for one in columns_of(mapping.origin)}
    rows = []
    for one in looked.columns:
        field = used.get(one.column, "")
        why = looked.suggested[field].because if field in looked.suggested and not looked.written else ""
        rows.append(
            (one.column.name, _short(one.texts[0] if one.texts else ""), f"{one.share:.0%}", field, why)
        )
    heads = ("Column", "For example", "Present", "Field", "Since it")
    return text_table(f"Columns in the first {counted(len(looked.part), 'row')}", heads, rows)


def show_trial(trial: Trial, studio: StudioState) -> str:
    """Return what a mapping makes of the first rows, what it lacks, and which rules that silences."""
    parts = []
    if trial.missing:
        told = f"Nothing says yet what {_list(trial.missing)} is: every touch needs that."
        parts.append(f'<p role="alert" class="problems">{tag("span", told)}</p>')
    if trial.reading is not None:
        parts.append(_show_rows(trial.reading.stream))
        if trial.reading.unselected:
            parts.append(tag("p", f"Of the first rows not selected: {trial.reading.unselected:,}.", "hint"))
        parts.append(show_rejects(trial.reading.rejects, "Of the first rows"))
    parts.append(show_lacking(trial.lacking, studio))
    return "".join(parts)


def show_rejects(rejects: Sequence[Reject], where: str) -> str:
    """Return the rows that cannot be touches, with the reasons; nothing where there are none."""
    if not rejects:
        return ""
    rows = [(one.position, one.reason) for one in rejects[:_REJECTS]]
    more = f", the first {_REJECTS} of them" if len(rejects) > _REJECTS else ""
    return text_table(f"{where} {len(rejects):,} cannot be touches{more}", ("Row", "Why"), rows)


def show_lacking(lacking: Sequence[LackingRule], studio: StudioState) -> str:
    """Return the rules that lack fields, those that can find nothing first."""
    if not lacking:
        return tag("p", "No rule lacks a field here.", "hint")
    titles = {rule.id: rule.title for book in studio.state.rulebooks for rule in book.rules}
    rows = [
        (
            titles.get(one.rule, one.rule),
            "finds nothing" if one.silent else "finds less",
            ", ".join(one.absent),
        )
        for one in sorted(lacking, key=lambda one: not one.silent)
    ]
    return text_table("Rules that lack fields here", ("Rule", "So it", "Fields that no touch has"), rows)


def _show_rows(stream: Stream) -> str:
    shown = stream.table.slice(0, _ROWS)
    names = [
        name
        for name in (*TOUCH_FIELDS, *stream.names)
        if name in stream.names and name not in DERIVED_FIELDS and shown.column(name).null_count < len(shown)
    ]
    names = list(dict.fromkeys(names))
    columns = [[_short(cell_text(value)) for value in shown.column(name).to_pylist()] for name in names]
    rows = list(zip(*columns, strict=True)) if names else []
    return f'<div class="jp-touchrules-wide">{text_table("The first rows as touches", names, rows)}</div>'


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
