"""Making an example smaller while the engine still differs on it."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.differential.examples import Example

Path = tuple[str | int, ...]


def minimise(example: Example, still_fails: Callable[[Example], bool], attempts: int = 3000) -> Example:
    """A smaller example on which `still_fails` is true; it is tried at most so often."""
    left = attempts
    smaller = True
    while smaller and left > 0:
        smaller = False
        for candidate in reductions(example):
            left -= 1
            if fails_soundly(candidate, still_fails):
                example, smaller = candidate, True
                break
            if left <= 0:
                break
    return example


def fails_soundly(candidate: Example, still_fails: Callable[[Example], bool]) -> bool:
    """Whether it fails for the reason looked for, not because it is no valid example any more."""
    try:
        return still_fails(candidate)
    except Exception:  # a cut that the plain evaluator cannot read is no smaller example
        return False


def reductions(example: Example) -> Iterator[Example]:
    """The example with one thing left out, big things first."""
    size = len(example.touches)
    for length in (size // 2, size // 4, 1):
        for start in range(0, size if length else 0, max(length, 1)):
            touches = example.touches[:start] + example.touches[start + length :]
            yield replace(example, touches=touches)
    if example.as_of is not None:
        yield replace(example, as_of=None)
    for path in sorted(paths(example.rulebooks), key=len):
        yield replace(example, rulebooks=without(example.rulebooks, path))
    for path in paths(example.touches):
        if len(path) == 2 and path[1] not in ("touch_id", "at", "contact_id", "kind"):
            yield replace(example, touches=without(example.touches, path))
    for name in example.settings:
        kept = {key: value for key, value in example.settings.items() if key != name}
        yield replace(example, settings=kept)


def paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    """The way to everything inside nested lists and mappings."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(tree, dict):
        inside = list(tree.items())
    if isinstance(tree, list):
        inside = list(enumerate(tree))
    for step, value in inside:
        yield (*path, step)
        yield from paths(value, (*path, step))


def without(tree: Any, path: Path) -> Any:
    """A copy of the tree without the thing at that path."""
    changed = copy.deepcopy(tree)
    place = changed
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return changed
