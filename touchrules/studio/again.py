"""Opens once more what stood in a studio whose Python was ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchrules.errors import TouchrulesError
from touchrules.studio.opening import Asked, Progress, open_or_tell
from touchrules.studio.standing import read_standing, take_up
from touchrules.studio.state import StudioState
from touchrules.studio.trouble import Trouble

_BACK: Final = "Python started again. What you had set is back; Undo takes all of it back."
_LOST: Final = "Python started again. What you had set could not be brought back:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A state in which what stood before stands, and what there is to tell of it."""

    studio: StudioState
    told: str


def asked_before(path: str | None, told: str) -> Asked:
    """Return what a studio on a rulebook was asked to open, from what it told of itself."""
    try:
        standing = read_standing(told)
    except TouchrulesError:
        return Asked(path=path)  # what is wrong with it is told when it is taken up
    return Asked(path=path, data=standing.data, leave_out=standing.left_out, scope=standing.scope)


def open_again(asked: Asked, told: str | None, progress: Progress | None = None) -> Again | Trouble:
    """Return a studio in which stands what another one told of itself, or why there can be none.

    `told`: None where nothing stood before. What cannot be brought back is told.
    """
    opened = open_or_tell(asked, progress=progress)
    if isinstance(opened, Trouble):
        return opened
    return Again(studio=opened, told="" if told is None else _take_up(opened, told))


def _take_up(studio: StudioState, told: str) -> str:
    try:
        standing = read_standing(told)
        take_up(studio, standing)
    except TouchrulesError as error:
        return f"{_LOST} {error}"
    return _BACK if standing.is_changed else ""
