"""The number that the next version of a rulebook gets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, assert_never

from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    ParameterChanged,
    PartChanged,
    PhrasesChanged,
    RuleAdded,
    RulebookAdded,
    RulebookGone,
    RuleChanged,
    RuleGone,
    RuleRenamed,
    RuleSwitched,
    SeverityChanged,
    TextChanged,
)

Bump = Literal["patch", "minor", "major"]
BUMPS: Final[tuple[Bump, ...]] = ("patch", "minor", "major")

_NUMBERED: Final = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_LOOKS_ELSEWHERE: Final = frozenset({"applies_to", "holidays", "business_hours"})


def propose_bump(differences: Iterable[Difference]) -> Bump:
    """Return which number of the version grows, by a rule of thumb.

    Major: a rule is gone, or something has another name, on which others may build. Minor: a rule is new, or
    finds by other words. Patch: all else, such as values of parameters, phrases and messages.
    """
    return max((_bump_for(one) for one in differences), key=BUMPS.index, default="patch")


def _bump_for(one: Difference) -> Bump:
    match one:
        case RuleGone() | RuleRenamed() | RulebookGone():
            return "major"
        case PartChanged(now=None) if one.block in {"parameters", "facts"}:
            return "major"
        case FrameChanged(key="rulebook"):
            return "major"
        case RuleAdded() | RulebookAdded() | RuleChanged() | PartChanged():
            return "minor"
        case FrameChanged() if one.key in _LOOKS_ELSEWHERE:
            return "minor"
        case ParameterChanged() | PhrasesChanged() | RuleSwitched() | SeverityChanged() | TextChanged():
            return "patch"
        case FrameChanged() | LayoutChanged():
            return "patch"
        case _:
            assert_never(one)


def next_version(version: str, bump: Bump) -> str | None:
    """Return the version after one of the form 1, 1.2 or 1.2.3; None where it has another form.

    >>> next_version("1.2.3", "patch"), next_version("1.2.3", "minor"), next_version("1.2", "patch")
    ('1.2.4', '1.3.0', '1.2.1')
    """
    found = _NUMBERED.fullmatch(version)
    if found is None:
        return None
    major, minor, patch = (int(part or 0) for part in found.groups())
    match bump:
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case "patch":
            return f"{major}.{minor}.{patch + 1}"
        case _:
            assert_never(bump)
