"""Tells what a stream holds, and which rules can say nothing on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS, FieldType
from touchrules.streams.cells import Rows
from touchrules.streams.instants import write_instant
from touchrules.streams.stream import Stream
from touchrules.streams.texts import decode_texts, encode_texts

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentRule:
    """A rule that reads fields which no touch has."""

    rule: str
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a stream holds.

    `first` and `last` are in microseconds since 1970 UTC, None for an empty stream. Counts are (value,
    touches), the most frequent first; `missing` is the share of touches without the field, 1.0 where no
    touch has it; `ties` counts the touches that share their instant with another, `contact_ties` those that
    share it with another of the same contact; `further` are the fields beyond those of the language with
    their types, None where no touch has a value.
    """

    rows: int
    first: int | None
    last: int | None
    contacts: int
    accounts: int
    reps: int
    kinds: Counts
    outcomes: Counts
    directions: Counts
    zones: Counts
    missing: tuple[tuple[str, float], ...]
    ties: int
    contact_ties: int
    further: tuple[tuple[str, FieldType | None], ...]
    silent_rules: tuple[SilentRule, ...] = ()


def profile(stream: Stream, fields_read: Mapping[str, Collection[str]] | None = None) -> Profile:
    """What the stream holds; `fields_read` says for each rule id which fields the rule reads.

    A rule is silent here if one of those fields is absent, or missing on every touch.
    """
    at = stream.table.column("at").cast(pa.int64()).to_numpy()
    types = stream.types
    absent = {name for name in (*TOUCH_FIELDS, *types) if types.get(name) is None}
    return Profile(
        rows=len(stream),
        first=int(at[0]) if len(at) else None,
        last=int(at[-1]) if len(at) else None,
        contacts=_distinct(stream, "contact_id"),
        accounts=_distinct(stream, "account_id"),
        reps=_distinct(stream, "rep_id"),
        kinds=_counts(stream, "kind"),
        outcomes=_counts(stream, "outcome"),
        directions=_counts(stream, "direction"),
        zones=_zones(stream),
        missing=_missing(stream),
        ties=_ties(np.zeros_like(at), at),
        contact_ties=_ties(_contact_codes(stream), at),
        further=tuple((name, types[name]) for name in _further(stream)),
        silent_rules=_silent(stream, absent, fields_read or {}),
    )


def as_json(told: Profile) -> dict[str, Any]:
    """The profile as plain JSON values; times as text, counts and shares as mappings."""
    plain = dataclasses.asdict(told)
    for name in ("first", "last"):
        plain[name] = None if plain[name] is None else write_instant(plain[name])
    for name in ("kinds", "outcomes", "directions", "zones", "missing", "further"):
        plain[name] = dict(plain[name])
    plain["silent_rules"] = {each.rule: list(each.absent) for each in told.silent_rules}
    return plain


def _column(stream: Stream, name: str) -> pa.ChunkedArray | None:
    return stream.table.column(name) if stream.types.get(name) is not None else None


def _distinct(stream: Stream, name: str) -> int:
    column = _column(stream, name)
    return 0 if column is None else int(pc.count_distinct(_codes(column), mode="only_valid").as_py())


def _counts(stream: Stream, name: str) -> Counts:
    column = _column(stream, name)
    if column is None:
        return ()
    values = decode_texts(column).drop_null()
    counted = [(each["values"], each["counts"]) for each in pc.value_counts(values).to_pylist()]
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0])))


def _zones(stream: Stream) -> Counts:
    named = dict(_counts(stream, "timezone"))
    unnamed = len(stream) - sum(named.values())
    if unnamed:
        named[stream.timezone] = named.get(stream.timezone, 0) + unnamed
    return tuple(sorted(named.items(), key=lambda each: (-each[1], each[0])))


def _missing(stream: Stream) -> tuple[tuple[str, float], ...]:
    if not len(stream):
        return ()
    return tuple((name, _missing_share(stream, name)) for name in (*TOUCH_FIELDS, *_further(stream)))


def _further(stream: Stream) -> list[str]:
    return [name for name in stream.names if name not in TOUCH_FIELDS and name not in DERIVED_FIELDS]


def _missing_share(stream: Stream, name: str) -> float:
    column = _column(stream, name)
    return 1.0 if column is None else column.null_count / len(stream)


def _contact_codes(stream: Stream) -> Rows:
    codes: Rows = _codes(stream.table.column("contact_id")).to_numpy()
    return codes


def _codes(texts: pa.ChunkedArray) -> pa.Array:
    """Return a number for each distinct text of a column; null where it is missing."""
    return encode_texts(texts).chunk(0).indices


def _ties(keys: Rows, at: Rows) -> int:
    """How many rows have the same key and instant as another."""
    order = np.lexsort((at, keys))
    keys, at = keys[order], at[order]
    same = np.concatenate([[False], (at[1:] == at[:-1]) & (keys[1:] == keys[:-1]), [False]])
    return int(np.count_nonzero((same[1:] | same[:-1])[: len(at)]))


def _silent(
    stream: Stream, absent: Collection[str], fields_read: Mapping[str, Collection[str]]
) -> tuple[SilentRule, ...]:
    known = set(stream.names) - set(absent)
    found = ((rule, tuple(sorted(set(fields) - known))) for rule, fields in sorted(fields_read.items()))
    return tuple(SilentRule(rule=rule, absent=lacking) for rule, lacking in found if lacking)
