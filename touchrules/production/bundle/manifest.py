"""What a bundle says of itself: its manifest, field by field."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from touchrules.production.bundle.decoding import write_json

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
RULESETS: Final = "rulesets.json"
TOUCHES: Final = "sample/touches.jsonl"
FINDINGS: Final = "sample/findings.jsonl"
EXPECTATIONS: Final = "sample/expectations.jsonl"
FACTS: Final = "sample/facts.jsonl"
SAMPLE: Final = (TOUCHES, FINDINGS, EXPECTATIONS, FACTS)
ALGORITHM: Final = "Ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledRulebook:
    """One rulebook. `file`: the name of the file that it came from; `sha256`: of that file as it was."""

    name: str
    version: str
    title: str
    file: str
    sha256: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedParameter:
    """A parameter that is not at the default of its source. `told`: the change in plain words."""

    rulebook: str
    parameter: str
    label: str
    unit: str
    was: bool | int | float | str | tuple[str, ...]
    now: bool | int | float | str | tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchedRule:
    """A rule that was switched on or off beside what its source says."""

    rulebook: str
    rule: str
    title: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFigures:
    """One rule in the replay: the touches that it looked at, and those that it found."""

    rulebook: str
    rule: str
    looked_at: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayFigures:
    """The replay at export. `first`, `last`, `as_of`: times in UTC; null where there were no touches."""

    files: tuple[str, ...]
    touches: int
    contacts: int
    first: str | None
    last: str | None
    as_of: str | None
    findings: int
    rules: tuple[RuleFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedRule:
    """How many tests of a rule the bundle holds."""

    __test__ = False

    rulebook: str
    rule: str
    tests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutTest:
    """A test that passes for the sources, but does not fit what was changed elsewhere; `why`."""

    rulebook: str
    rule: str
    test: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UntestedRule:
    """A rule in force that was let through without a test."""

    rulebook: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFigures:
    """How much the golden sample holds; `as_of`: when its replay ends, null without touches."""

    touches: int
    findings: int
    expectations: int
    facts: int
    as_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledFile:
    """The checksum and the length of a member, in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that a bundle says of itself; FORMAT.md tells each field."""

    format: int
    language: int
    engine: str
    created: str
    by: str
    note: str
    timezone: str
    rulebooks: tuple[BundledRulebook, ...]
    parameters: tuple[ChangedParameter, ...]
    switched: tuple[SwitchedRule, ...]
    replay: ReplayFigures | None
    tests: tuple[TestedRule, ...]
    left_out: tuple[LeftOutTest, ...]
    untested: tuple[UntestedRule, ...]
    sample: SampleFigures
    files: Mapping[str, BundledFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Whose a bundle is. `key`: the id of the key; `public_key`, `signature`: base64."""

    algorithm: str
    key: str
    public_key: str
    signed: str
    signature: str


def write_record(record: Manifest | Signature) -> bytes:
    """Return a manifest or a signature as JSON in its one form."""
    return write_json(dataclasses.asdict(record))
