"""A file of touches looked into before it is opened: its columns, and what its mapping makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from touchrules.errors import ArgumentError, Problem
from touchrules.language.fits import declared_types
from touchrules.model.rules import Rulebook
from touchrules.model.touches import REQUIRED_FIELDS, TOUCH_FIELDS
from touchrules.replay.silence import LackingRule, find_lacking_rules
from touchrules.replay.writing import write_file, write_text
from touchrules.streams.cells import Part
from touchrules.streams.mapping import FieldMapping, FileMapping, TouchMapping
from touchrules.streams.mappingfile import read_mapping
from touchrules.streams.mappingwriter import write_mapping
from touchrules.streams.reader import Reading
from touchrules.streams.sampling import read_sample
from touchrules.streams.suggestion import (
    Sampled,
    Suggestion,
    make_mapping,
    sample_columns,
    suggest_fields,
    try_mapping,
)
from touchrules.studio.folders import find_mapping, place_of_mapping

Fields = Mapping[str, FieldMapping]
"""For each field of a touch where it comes from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Inspection:
    """The first rows of a file, with its columns.

    `written`: what the mapping beside it says; None: there is none. `suggested`: what its columns seem to be.
    """

    path: Path
    part: Part
    columns: tuple[Sampled, ...]
    written: TouchMapping | None
    suggested: Mapping[str, Suggestion]

    @property
    def fields(self) -> Fields:
        """Where each field comes from: as written, else as suggested."""
        if self.written is not None:
            return dict(self.written.files[0].columns) | _of_the_same_name(self)
        return {field: one.mapping for field, one in self.suggested.items()}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """What a mapping makes of the first rows. `missing`: required fields that come from nowhere."""

    reading: Reading | None
    missing: tuple[str, ...]
    lacking: tuple[LackingRule, ...]


def inspect_file(path: Path, timezone: str = "UTC") -> Inspection:
    """Look into a file of touches. Raises as reading does.

    A mapping beside it that names several files cannot be changed here: that is an ArgumentError.
    """
    beside = find_mapping(path)
    written = None if beside is None else read_mapping(beside)
    if written is not None and written.files[0].pattern is not None:
        message = f"{beside} names several files, so it can only be opened as it is."
        raise ArgumentError(Problem(message=message, remedy=f"Open {beside}, or edit it as text."))
    part = read_sample(path, None if written is None else written.files[0])
    columns = sample_columns(part)
    suggested = suggest_fields(part, columns, (written and written.timezone) or timezone)
    return Inspection(path=path, part=part, columns=columns, written=written, suggested=suggested)


def mapping_of(looked: Inspection, fields: Fields, timezone: str | None) -> TouchMapping:
    """Return the mapping of a file with other fields; what else the one beside it says stays."""
    place = place_of_mapping(looked.path)
    if looked.written is None:
        return make_mapping(looked.part, place, fields, timezone)
    old = looked.written.files[0]
    how = FileMapping(
        columns=tuple(fields.items()),
        keep=old.keep,
        where=old.where,
        encoding=old.encoding,
        delimiter=old.delimiter,
    )
    return TouchMapping(path=place, timezone=timezone, files=(how,))


def try_fields(looked: Inspection, mapping: TouchMapping, rulebooks: Sequence[Rulebook] = ()) -> Trial:
    """Return what a mapping makes of the first rows. Raises DataError where they cannot be read so."""
    mapped = dict(mapping.files[0].columns)
    missing = tuple(field for field in REQUIRED_FIELDS if field not in mapped)
    if missing:
        present = {field: TOUCH_FIELDS[field] for field in mapped if field in TOUCH_FIELDS}
        return Trial(reading=None, missing=missing, lacking=find_lacking_rules(rulebooks, present))
    reading = try_mapping(looked.part, mapping, declared_types(rulebooks))
    types = dict(reading.stream.types)
    types |= {field: TOUCH_FIELDS[field] for field in mapped if field in TOUCH_FIELDS}
    return Trial(reading=reading, missing=(), lacking=find_lacking_rules(rulebooks, types))


def save_mapping(mapping: TouchMapping) -> Path:
    """Write a mapping to its place, whole or not at all. Raises ArgumentError if it cannot be written."""
    write_file(mapping.path, partial(write_text, write_mapping(mapping)))
    return mapping.path


def _of_the_same_name(looked: Inspection) -> dict[str, FieldMapping]:
    """Return the fields that are columns by their own names, which a mapping need not mention."""
    written = dict(looked.written.files[0].columns) if looked.written else {}
    named = {one.column.name: one.column for one in looked.columns if not one.column.nested}
    return {
        field: FieldMapping(origin=named[field])
        for field in TOUCH_FIELDS
        if field in named and field not in written
    }
