"""The report of what was checked of a bundle, in the order of the checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from touchrules.errors import TouchrulesError
from touchrules.production.bundle.keys import Allowance
from touchrules.production.bundle.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was checked. `told`: what there is, or why it is refused; `remedy`: what to do then."""

    name: str
    passed: bool
    told: str
    remedy: str = ""


@dataclass(slots=True)
class Sheet:
    """Where checks are noted as they are made; after one that fails there is no other."""

    checks: list[Check] = field(default_factory=list)

    @contextmanager
    def check(self, name: str) -> Iterator[list[str]]:
        """Note a check: what is put into the list is told of it, an error fails it and goes on."""
        said: list[str] = []
        try:
            yield said
        except TouchrulesError as error:
            told = " ".join(problem.message for problem in error.problems[:3])
            remedy = error.problems[0].remedy if error.problems else ""
            self.checks.append(Check(name=name, passed=False, told=told, remedy=remedy))
            raise
        self.checks.append(Check(name=name, passed=True, told=" ".join(said)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a verification. `allowed`: what was let through though it should not be.

    `manifest`: what the bundle says of itself, None where it cannot be believed. `error`: why it is refused.
    """

    file: str
    checks: tuple[Check, ...]
    allowed: tuple[Allowance, ...]
    manifest: Manifest | None
    error: TouchrulesError | None

    @property
    def passed(self) -> bool:
        """Whether all was as it should be."""
        return self.error is None

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "file": self.file,
            "passed": self.passed,
            "allowed": list(self.allowed),
            "checks": [dataclasses.asdict(one) for one in self.checks],
            "manifest": None if self.manifest is None else dataclasses.asdict(self.manifest),
        }
