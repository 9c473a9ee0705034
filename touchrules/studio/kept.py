"""Touches that were opened once are kept ready, so that the studio opens them in a moment from then on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

import touchrules
from touchrules.errors import DataError
from touchrules.model.touches import FieldType
from touchrules.streams.prepared import MANIFEST, VERSION, is_prepared
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream
from touchrules.studio.beside import run_beside

CACHE: Final = "TOUCHRULES_CACHE"
"""Names the folder where touches are kept; empty: none are."""
_MOST: Final = 6
"""Of so many files touches are kept; those that were not opened for the longest go first."""
_ENDING: Final = ".touches"


def open_kept(path: str, timezone: str | None, declared: Mapping[str, FieldType]) -> Stream | None:
    """Return the touches of a file as they were kept, or None where they are not, or are of another file."""
    place = _place_of(path, timezone, declared)
    if place is None or not is_prepared(place):
        return None
    try:
        stream = read_touches(place, declared=declared).stream
    except DataError:  # damaged, or of an earlier version: the file itself is there
        return None
    with suppress(OSError):
        (place / MANIFEST).touch()
    return stream


def keep(path: str, files: Sequence[str], timezone: str | None, declared: Mapping[str, FieldType]) -> None:
    """Have touches and the signals of rulebooks kept, by a process of its own that nobody waits for."""
    place = _place_of(path, timezone, declared)
    if place is None or is_prepared(place):
        return
    with suppress(OSError):  # what cannot be kept is read from its file each time
        place.parent.mkdir(parents=True, exist_ok=True)
        _forget(place.parent)
        zone = ["--timezone", timezone] if timezone else []
        told = [*files, "--touches", str(Path(path).resolve()), *zone, "--out", str(place)]
        run_beside(["-m", "touchrules", "prepare", *told])


def _place_of(path: str, timezone: str | None, declared: Mapping[str, FieldType]) -> Path | None:
    """Return where the touches of a file are kept as it is now; None: they are not."""
    folder = os.environ.get(CACHE)
    file = Path(path).resolve()
    if folder == "" or not file.is_file():
        return None
    state = file.stat()
    told = (str(file), state.st_size, state.st_mtime_ns, timezone, sorted(declared.items()))
    versions = (touchrules.__version__, VERSION)
    name = hashlib.sha256(json.dumps((told, versions)).encode()).hexdigest()[:20]
    root = Path(folder) if folder else user_cache_path("touchrules", appauthor=False)
    return root / f"{name}{_ENDING}"


def _forget(folder: Path) -> None:
    """Make room for one more."""
    kept = [one for one in folder.glob(f"*{_ENDING}") if is_prepared(one)]
    kept.sort(key=lambda one: (one / MANIFEST).stat().st_mtime, reverse=True)
    for one in kept[_MOST - 1 :]:
        shutil.rmtree(one, ignore_errors=True)
