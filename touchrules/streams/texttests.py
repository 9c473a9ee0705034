"""Tests of a text in a filter: whether it contains some words or matches an expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from touchrules.expressions import compile_search
from touchrules.model.filters import Contains, Matches
from touchrules.streams.folding import ignore_case


def compile_text_test(test: Contains | Matches) -> Callable[[str], bool]:
    """Return the test as a function of one text that is present.

    Raises ValueError if the expression of `matches` is no RE2 expression.

    >>> compile_text_test(Contains(field="text", text="FREE trial"))("a Free Trial")
    True
    """
    match test:
        case Contains():
            wanted = ignore_case(test.text)
            return lambda text: wanted in ignore_case(text)
        case Matches():
            return compile_search(test.pattern)
        case _:
            assert_never(test)


def text_test(test: Contains | Matches, values: Sequence[str | None]) -> list[bool]:
    """Say for each value whether it passes; a missing one (None or the empty text) does not.

    Each distinct text is read once.

    >>> text_test(Matches(field="text", pattern="[0-9]"), ["7 days", None, "soon"])
    [True, False, False]
    """
    passes = compile_text_test(test)
    known = {text: passes(text) for text in set(values) if text}
    return [known.get(text, False) if text else False for text in values]
