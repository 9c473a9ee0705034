"""Checks rulebooks that are read: what they name, whether their tests fit, whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from touchrules.errors import Problem
from touchrules.language.checks_facts import (
    check_facts_agree,
    check_facts_are_asserted,
    check_facts_are_declared,
)
from touchrules.language.checks_names import (
    check_field_names,
    check_field_types,
    check_rule_ids,
    check_rulebook_names,
    check_signal_names,
    check_signals_of_signals,
    check_sources,
)
from touchrules.language.checks_stages import check_found_expects_nothing, check_found_is_known, check_loops
from touchrules.language.fits import check_types, known_types
from touchrules.language.proof import Mentions
from touchrules.model.rules import Rulebook

Check = Callable[[Sequence[Rulebook], Mentions], Iterable[Problem]]


def check_fits(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterable[Problem]:
    """Return a problem for each test that does not fit the type of its field, where that is known."""
    return check_types(rulebooks, known_types(rulebooks))


# What can be said even if some other file could not be read.
SURE_CHECKS: Final[tuple[Check, ...]] = (
    check_rulebook_names,
    check_rule_ids,
    check_sources,
    check_signal_names,
    check_signals_of_signals,
    check_field_names,
    check_field_types,
    check_facts_agree,
    check_found_expects_nothing,
    check_loops,
    check_fits,
)

# What needs all files, since any of them may hold the name.
ALL_CHECKS: Final[tuple[Check, ...]] = (
    *SURE_CHECKS,
    check_facts_are_declared,
    check_facts_are_asserted,
    check_found_is_known,
)


def check(rulebooks: Sequence[Rulebook], mentions: Mentions, checks: Iterable[Check]) -> list[Problem]:
    """Return what the checks say, in their order."""
    return [problem for one in checks for problem in one(rulebooks, mentions)]
