"""Opens once more what stood in a studio whose Python was ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from touchrules.errors import Cancelled, TouchrulesError
from touchrules.studio.opening import Asked, Data, Progress, open_state
from touchrules.studio.standing import Standing, read_standing, take_up
from touchrules.studio.state import StudioState

_BACK: Final = "Python started again. What you had set is back; Undo takes all of it back."
_LOST: Final = "Python started again. What you had set could not be brought back:"
_OTHERS: Final = "The touches could not be opened again:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A state in which what stood before stands, on which touches, and what there is to tell of it."""

    studio: StudioState
    data: Data
    told: str


def open_again(path: str | None, told: str, progress: Progress | None = None) -> Again:
    """Return a studio on a rulebook in which stands what another one told of itself.

    What cannot be brought back is told. Raises as opening does.
    """
    try:
        standing = read_standing(told)
    except TouchrulesError as error:
        return _open_afresh(path, f"{_LOST} {error}", progress)
    data = Data(path=standing.touches, bad_rows=standing.bad_rows)
    try:
        studio = open_state(Asked(path=path, data=data), progress, standing.scope)
    except Cancelled:
        raise
    except TouchrulesError as error:
        afresh = _open_afresh(path, f"{_OTHERS} {error}", progress)
        return replace(afresh, told=f"{_take_up(afresh.studio, standing)} {afresh.told}".strip())
    return Again(studio=studio, data=data, told=_take_up(studio, standing))


def _open_afresh(path: str | None, told: str, progress: Progress | None) -> Again:
    return Again(studio=open_state(Asked(path=path), progress), data=Data(), told=told)


def _take_up(studio: StudioState, standing: Standing) -> str:
    try:
        take_up(studio, standing)
    except TouchrulesError as error:
        return f"{_LOST} {error}"
    return _BACK if standing.is_changed else ""
