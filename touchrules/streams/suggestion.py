"""Suggests which column of somebody's export is which field of a touch: by its name, and by what it holds."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from touchrules.model.touches import KNOWN_WORDS, REQUIRED_FIELDS, TOUCH_FIELDS, FieldType
from touchrules.streams.cells import Part
from touchrules.streams.columntypes import read_number
from touchrules.streams.csvfile import find_delimiter
from touchrules.streams.files import format_of
from touchrules.streams.instants import find_zone
from touchrules.streams.likeness import likeness
from touchrules.streams.mapped import find_cells, map_part
from touchrules.streams.mapping import (
    Column,
    FieldMapping,
    FileMapping,
    Joined,
    Literally,
    TouchMapping,
    columns_of,
)
from touchrules.streams.reader import Reading, read_parts
from touchrules.streams.rejects import cell_texts
from touchrules.streams.sampling import columns_of_part, read_sample
from touchrules.streams.timeformats import time_reader
from touchrules.streams.vendorfields import KINDS_BY_NAME, KNOWN, UNITS_BY_NAME, WORDS

TIME_FORMATS: Final = (
    "iso",
    "epoch_ms",
    "epoch_s",
    "rfc2822",
    *(
        f"{day}{clock}"
        for day in ("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y")
        for clock in (" %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", "")
    ),
)
_LOOKED_AT: Final = 300
_ENOUGH: Final = 0.9
"""So large a share of the cells must be readable."""
_ALIKE: Final = 0.84
_MILLISECONDS: Final = 10**11  # from there on a number is no count of seconds since 1970 that anybody means
_LATEST: Final = 10**14
_MOST_KINDS: Final = 40
_PHONE: Final = re.compile(r"[+(]?[0-9][0-9()./ x-]{5,}")
_SURE, _OF_A_SYSTEM = 3.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A column of a file, and the first texts that are present in it. `share`: how many cells are present."""

    column: Column
    texts: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Where a field of a touch probably comes from, and why."""

    field: str
    mapping: FieldMapping
    because: str


def sample_columns(part: Part) -> tuple[Sampled, ...]:
    """Return the columns of some rows with what they hold."""
    rows = np.arange(len(part), dtype=np.int64)
    found = []
    for column in columns_of_part(part):
        cells = find_cells(part, column)
        if cells is not None:
            texts = [text for text in cell_texts(cells, rows) if text]
            share = len(texts) / max(len(part), 1)
            found.append(Sampled(column=column, texts=tuple(texts), share=share))
    return tuple(found)


def suggest_fields(part: Part, columns: Sequence[Sampled], timezone: str = "UTC") -> dict[str, Suggestion]:
    """Return for each field of a touch where it probably comes from; without a likely column it is absent."""
    named = sorted(
        ((score, field, one, why) for one in columns for field, score, why in _fits(one)),
        key=lambda found: -found[0],
    )
    chosen: dict[str, Suggestion] = {}
    used: set[Column] = set()
    for _, field, one, why in named:
        mapping = None if field in chosen or one.column in used else map_column(field, one, timezone)
        if mapping is not None:
            chosen[field] = Suggestion(field=field, mapping=mapping, because=why)
            used.add(one.column)
    chosen |= _without_a_column(part, columns, chosen)
    return {field: chosen[field] for field in TOUCH_FIELDS if field in chosen}


def suggest_mapping(part: Part, path: Path, timezone: str | None = None) -> TouchMapping:
    """Return the mapping that is suggested for a file. `timezone`: the zone of times that name none."""
    suggested = suggest_fields(part, sample_columns(part), timezone or "UTC")
    fields = {field: one.mapping for field, one in suggested.items()}
    return make_mapping(part, path, fields, timezone)


def suggest_for_file(path: Path, timezone: str | None = None) -> TouchMapping:
    """Return the mapping that a file probably needs, by its first rows. Raises as reading them does."""
    delimiter = find_delimiter(path) if format_of(path) == "csv" else None
    part = read_sample(path, FileMapping(delimiter=delimiter))
    suggested = suggest_mapping(part, path, timezone)
    files = tuple(dataclasses.replace(one, delimiter=delimiter) for one in suggested.files)
    return dataclasses.replace(suggested, files=files)


def make_mapping(
    part: Part, path: Path, fields: Mapping[str, FieldMapping], timezone: str | None = None
) -> TouchMapping:
    """Return the mapping that makes fields of a file's columns; others are kept, but for nested ones."""
    columns = columns_of_part(part)
    used = {column for one in fields.values() for column in columns_of(one.origin)}
    plain = tuple(one for one in columns if not one.nested and one not in used and one.name not in fields)
    keep = plain if any(one.nested for one in columns) else None
    return TouchMapping(
        path=path, timezone=timezone, files=(FileMapping(columns=tuple(fields.items()), keep=keep),)
    )


def try_mapping(
    part: Part, mapping: TouchMapping, declared: Mapping[str, FieldType] | None = None
) -> Reading:
    """Return the touches that a mapping makes of some rows, and the rows that cannot be touches.

    Raises DataError where the file as a whole cannot be read so.
    """
    how, zone = mapping.files[0], mapping.timezone or "UTC"
    nested = {one.name for one in columns_of_part(part) if one.nested} - set(how.paths)
    columns = {name: cells for name, cells in part.columns.items() if name not in nested}
    mapped = map_part(dataclasses.replace(part, columns=columns), how, zone)
    return read_parts([mapped], timezone=zone, declared=declared or {}, bad_rows="skip")


def map_column(field: str, one: Sampled, timezone: str = "UTC") -> FieldMapping | None:
    """Return how a column becomes a field, by what it holds; None: it holds nothing that the field can."""
    kind = TOUCH_FIELDS[field]
    some = one.texts[:_LOOKED_AT]
    if kind == "timestamp":
        form = find_time_format(some, timezone)
        usual = None if form == "iso" else form
        return None if form is None else FieldMapping(origin=one.column, format=usual)
    if not _can_be(field, one, some):
        return None
    unit = UNITS_BY_NAME.get(plain_name(one.column.name)) if field == "duration_s" else None
    lower, values = _translate(field, one.texts)
    return FieldMapping(origin=one.column, unit=unit, lower=lower, values=values)


def find_time_format(texts: Sequence[str], timezone: str = "UTC") -> str | None:
    """Return the format in which nearly all texts are times; None: there is none.

    >>> find_time_format(["13.01.2025 09:30", "14.01.2025 10:00"]), find_time_format(["soon"])
    ('%d.%m.%Y %H:%M', None)
    """
    best, most = None, 0
    for form in TIME_FORMATS:
        read = time_reader(form, timezone)
        count = sum(_is_meant(form, text) and read(text) is not None for text in texts)
        if count > most:
            best, most = form, count
        if most == len(texts):
            break
    return best if most and most >= _ENOUGH * len(texts) else None


def plain_name(name: str) -> str:
    """Return the name of a column in lower case letters and digits, the last part of a path alone.

    >>> plain_name("Call Duration (in seconds)"), plain_name("data.dialedAt"), plain_name("data.prospect.0")
    ('calldurationinseconds', 'dialedat', 'prospect')
    """
    parts = [part for part in name.split(".") if not part.isdecimal()]
    return re.sub(r"[^a-z0-9]", "", (parts[-1] if parts else name).lower())


def _is_meant(form: str, text: str) -> bool:
    """Whether a number would be a time of this century rather than any number."""
    number = read_number(text)
    if form not in {"epoch_s", "epoch_ms"}:
        return number is None
    if number is None:
        return False
    least = _MILLISECONDS if form == "epoch_ms" else _MILLISECONDS // 1000
    return least <= number < (_LATEST if form == "epoch_ms" else _MILLISECONDS)


def _fits(one: Sampled) -> Iterator[tuple[str, float, str]]:
    """Yield the fields that a column may be by its name, how sure that is, and why."""
    name = plain_name(one.column.name)
    for field in TOUCH_FIELDS:
        own = plain_name(field)
        if name == own:
            yield field, _SURE, "has the name of the field"
            continue
        for place, (known, system) in enumerate(KNOWN.get(field, ())):
            if name == known:
                why = f"is what {system} calls it" if system else "is a usual name for it"
                yield field, _OF_A_SYSTEM - place / 100, why
                break
        else:
            alike, near = max((likeness(name, other), other) for other in (own, *_names(field)))
            if alike >= _ALIKE:
                yield field, alike, f"is nearly called {near}"


def _names(field: str) -> list[str]:
    return [known for known, _ in KNOWN.get(field, ()) if len(known) > 3]


def _can_be(field: str, one: Sampled, some: Sequence[str]) -> bool:
    """Whether what a column holds can be what the field holds."""
    if not some:
        return field not in REQUIRED_FIELDS
    match field:
        case "touch_id":
            return one.share == 1 and len(set(one.texts)) == len(one.texts)
        case "duration_s" | "step":
            return _share(some, lambda text: read_number(text) is not None)
        case "icp":
            return _share(some, lambda text: text.lower() in {"true", "false"})
        case "timezone":
            return _share(some, lambda text: find_zone(text) is not None)
        case "from_number" | "to_number":
            return _share(some, lambda text: _PHONE.fullmatch(text) is not None)
        case "direction":
            known = {*KNOWN_WORDS[field], *WORDS[field]}
            return any(text.lower() in known for text in some)
        case "kind" | "level":
            return len({text.lower() for text in some}) <= _MOST_KINDS
        case _:
            return True


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, texts)) >= _ENOUGH * len(texts)


def _translate(field: str, texts: Sequence[str]) -> tuple[bool, tuple[tuple[str, str | None], ...]]:
    """Return whether a field's words are put into lower case, and which are called otherwise here."""
    if field not in WORDS:
        return False, ()
    seen = {text.lower() for text in texts}
    known: Mapping[str, str] = WORDS[field]
    return any(text != text.lower() for text in texts), tuple(
        (one, known[one]) for one in known if one in seen
    )


def _without_a_column(
    part: Part, columns: Sequence[Sampled], chosen: Mapping[str, Suggestion]
) -> dict[str, Suggestion]:
    """Return what can be said of required fields that no column is: one kind for all, an id of others."""
    found = {}
    if "kind" not in chosen and (kind := _kind_by_name(part, columns, chosen)):
        mapping = FieldMapping(origin=Literally(text=kind))
        found["kind"] = Suggestion(
            field="kind", mapping=mapping, because=f"the file seems to hold {kind}s only"
        )
    at, contact = chosen.get("at"), chosen.get("contact_id")
    if "touch_id" not in chosen and at and contact:
        origins = (at.mapping.origin, contact.mapping.origin)
        if all(isinstance(one, Column) for one in origins) and _tell_apart(columns, origins):
            made = Joined(pieces=(origins[0], Literally(text="/"), origins[1]))  # type: ignore[arg-type]  # columns
            because = "no column is an id, and no two rows have the same time and contact"
            found["touch_id"] = Suggestion(
                field="touch_id", mapping=FieldMapping(origin=made), because=because
            )
    return found


def _tell_apart(columns: Sequence[Sampled], origins: Sequence[object]) -> bool:
    texts = [one.texts for origin in origins for one in columns if one.column == origin and one.share == 1]
    return len(texts) == len(origins) and len(set(zip(*texts, strict=True))) == len(texts[0])


def _kind_by_name(part: Part, columns: Sequence[Sampled], chosen: Mapping[str, Suggestion]) -> str | None:
    """Return what all touches of a file are, if its name or the names of its columns say one thing.

    Columns that are other fields say nothing: an address is where somebody is mailed, not that they were.
    """
    told = _kinds_in(Path(part.file).stem.lower())
    if not told:
        taken = [one.mapping.origin for one in chosen.values()]
        contacts = {known for known, _ in KNOWN["contact_id"]}
        names = {plain_name(one.column.name) for one in columns if one.column not in taken} - contacts
        told = {kind for name in names for kind in _kinds_in(name)}
    return told.pop() if len(told) == 1 else None


def _kinds_in(name: str) -> set[str]:
    """Return the kinds of touches that a name speaks of, each stretch of it by its longest word."""
    found = set()
    for word in sorted(KINDS_BY_NAME, key=len, reverse=True):
        if word in name:
            found.add(KINDS_BY_NAME[word])
            name = name.replace(word, " ")
    return found
