"""Turns what stands on the command line into rulebooks, touches and instants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from touchrules.cli.options import BadRowsChoice
from touchrules.errors import ArgumentError, Problem
from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.language.settings import read_setting
from touchrules.model.rules import Rulebook
from touchrules.replay.run import EngineName
from touchrules.streams.instants import TIME_REMEDY, find_zone, read_instant, why_no_instant
from touchrules.streams.mapping import TouchMapping
from touchrules.streams.mappingfile import read_mapping
from touchrules.streams.prepared import zone_of_prepared
from touchrules.streams.reader import Reading, prepared_among, read_touches

Tell = Callable[[str, int, int | None], None]
"""Called with what is being done, how far it is, and how far it goes if that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where touches come from and how they are read. `zone` is the one for times that name none."""

    files: Sequence[str]
    mapping: TouchMapping | None
    zone: str
    bad_rows: BadRowsChoice = BadRowsChoice.STOP


def open_source(
    files: Sequence[str],
    mapping: Path | None,
    timezone: str | None,
    bad_rows: BadRowsChoice = BadRowsChoice.STOP,
) -> Source:
    """Read the mapping and check the time zone. Raises ArgumentError and DataError."""
    rules = None if mapping is None else read_mapping(mapping)
    folder = prepared_among(files)
    zone = timezone or (rules and rules.timezone) or (folder and zone_of_prepared(folder)) or "UTC"
    return Source(files=files, mapping=rules, zone=check_zone(zone), bad_rows=bad_rows)


def check_zone(zone: str) -> str:
    """Return the zone. Raises ArgumentError if there is none of that name."""
    if find_zone(zone) is None:
        remedy = 'Use a name like "Europe/Berlin" or "UTC".'
        raise ArgumentError(Problem(message=f'--timezone: "{zone}" is no IANA time zone.', remedy=remedy))
    return zone


def read_source(source: Source, rulebooks: Sequence[Rulebook] = (), tell: Tell | None = None) -> Reading:
    """Read the touches; fields that the rulebooks declare have the types that these say."""
    return read_touches(
        source.files,
        mapping=source.mapping,
        timezone=source.zone,
        declared=declared_types(rulebooks),
        bad_rows=source.bad_rows.value,
        progress=None if tell is None else lambda rows, total: tell("Reading touches", rows, total),
    )


def read_rulebooks(paths: Sequence[str], settings: Sequence[str] = ()) -> tuple[Rulebook, ...]:
    """Load rulebooks with parameters set by `rulebook.parameter=value`."""
    return load_rulebooks(paths, read_settings(settings))


def read_settings(settings: Sequence[str]) -> dict[str, Any]:
    """Read what stands behind each `--set`. Raises ArgumentError."""
    values: dict[str, Any] = {}
    for text in settings:
        name, value = read_setting(text)
        if name in values:
            raise ArgumentError(Problem(message=f"--set: {name} is set twice.", remedy="Set it once."))
        values[name] = value
    return values


def read_as_of(text: str | None, zone: str) -> int | None:
    """Return the instant of `--as-of`, in microseconds since 1970 UTC; without an offset it is in `zone`."""
    if text is None:
        return None
    instant = read_instant(text, zone)
    if instant is None:
        message = f'--as-of: "{text}" {why_no_instant(text)}.'
        raise ArgumentError(Problem(message=message, remedy=TIME_REMEDY))
    return instant


def check_engine(name: str) -> EngineName:
    """Return the engine of that name. Raises ArgumentError if this version has none."""
    engines: tuple[EngineName, ...] = get_args(EngineName)
    for engine in engines:
        if engine == name:
            return engine
    message = f'--engine: this version of touchrules has no engine "{name}".'
    raise ArgumentError(Problem(message=message, remedy=f"Engines: {', '.join(engines)}."))
