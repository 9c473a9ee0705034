"""Opens once more what stood in a studio whose Python was ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchrules.errors import TouchrulesError
from touchrules.studio.opening import Progress, open_state
from touchrules.studio.standing import Standing, read_standing, take_up
from touchrules.studio.state import StudioState

_BACK: Final = "Python started again. What you had set is back; Undo takes all of it back."
_LOST: Final = "Python started again. What you had set could not be brought back:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A state in which what stood before stands, on which touches, and what there is to tell of it."""

    studio: StudioState
    touches: str | None
    told: str


def open_again(path: str | None, told: str, progress: Progress | None = None) -> Again:
    """Return a studio on a rulebook in which stands what another one told of itself.

    Where that cannot be, a fresh one, and why. Raises as opening does.
    """
    try:
        standing = read_standing(told)
    except TouchrulesError as error:
        return Again(studio=open_state(path, None, progress), touches=None, told=f"{_LOST} {error}")
    studio = open_state(path, standing.touches, progress)
    return Again(studio=studio, touches=standing.touches, told=_take_up(studio, standing))


def _take_up(studio: StudioState, standing: Standing) -> str:
    try:
        take_up(studio, standing)
    except TouchrulesError as error:
        return f"{_LOST} {error}"
    return _BACK if standing.is_changed else ""
