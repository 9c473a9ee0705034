"""The files of touches in a folder, the mappings beside them, and the folders to look into."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Final, Literal

from touchrules.errors import ArgumentError, Problem
from touchrules.streams.prepared import is_prepared

MAPPING: Final = ".map.yaml"
_ENDINGS: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
_PACKED: Final = (".gz", ".zst")

Sort = Literal["folder", "touches", "prepared", "mapping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something in a folder that can be looked into or opened."""

    path: Path
    sort: Sort

    @property
    def label(self) -> str:
        """Its name, with what it is where that does not tell."""
        match self.sort:
            case "folder":
                return f"{self.path.name}/"
            case "prepared":
                return f"{self.path.name}/ (prepared touches)"
            case _:
                return self.path.name


def list_folder(folder: Path) -> tuple[Entry, ...]:
    """Return what can be opened in a folder, folders first. Raises ArgumentError if it cannot be read."""
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name.lower())
    except OSError as error:
        message = f"{folder} cannot be looked into: {error.strerror or error}."
        raise ArgumentError(Problem(message=message, remedy="Choose another folder.")) from None
    found = [Entry(path=path, sort=sort) for path in paths if (sort := _sort_of(path))]
    return tuple(sorted(found, key=lambda one: one.sort not in {"folder", "prepared"}))


def _sort_of(path: Path) -> Sort | None:
    if path.name.startswith("."):
        return None
    if path.is_dir():
        return "prepared" if is_prepared(path) else "folder"
    if path.name.endswith(MAPPING):
        return "mapping"
    return "touches" if bare_name(path) != path.name else None


def bare_name(path: Path) -> str:
    """Return the name of a file of touches without its endings; of another file its whole name.

    >>> bare_name(Path("calls.csv.gz")), bare_name(Path("notes.txt"))
    ('calls', 'notes.txt')
    """
    name = path.name.lower()
    packed = next((one for one in _PACKED if name.endswith(one)), "")
    ending = next((one for one in _ENDINGS if name.endswith(f"{one}{packed}")), None)
    return path.name if ending is None else path.name[: -len(ending) - len(packed)]


def free_place(path: Path) -> Path:
    """Return the path, or where something lies there one beside it: `findings-2.csv` for `findings.csv`."""
    places = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(place for place in chain([path], places) if not os.path.lexists(place))


def place_of_mapping(path: Path) -> Path:
    """Return where the mapping of a file of touches lies: beside it, under its name."""
    return path.with_name(f"{bare_name(path)}{MAPPING}")


def find_mapping(path: Path) -> Path | None:
    """Return the mapping that lies beside a file of touches, if one does."""
    place = place_of_mapping(path)
    return place if bare_name(path) != path.name and place.is_file() else None
