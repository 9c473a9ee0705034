"""Exports tuned rulebooks as one file that whoever receives it can check by itself."""

from __future__ import annotations

import getpass
import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from touchrules import __version__
from touchrules.engines.plan import Plan, make_plan
from touchrules.errors import ArgumentError, BundleError, Problem
from touchrules.language.fits import declared_types
from touchrules.language.reader import LANGUAGE
from touchrules.model.rules import Rulebook
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS
from touchrules.production.bundle.archive import BEGINNING, read_archive, write_archive
from touchrules.production.bundle.carried import carry_tests
from touchrules.production.bundle.decoding import write_json
from touchrules.production.bundle.keys import SigningKey
from touchrules.production.bundle.manifest import (
    ALGORITHM,
    FORMAT,
    MANIFEST,
    RULESETS,
    SIGNATURE,
    BundledFile,
    Manifest,
    ReplayFigures,
    RuleFigures,
    Signature,
    UntestedRule,
    write_record,
)
from touchrules.production.bundle.rulesets import write_rulesets
from touchrules.production.bundle.sample import make_sample
from touchrules.production.bundle.tuned import (
    Tuned,
    list_changed,
    list_rulebooks,
    list_switched,
    make_editions,
    writable,
)
from touchrules.replay.run import Progress
from touchrules.replay.summary import Summary
from touchrules.replay.writing import check_folder, write_file
from touchrules.streams.instants import write_instant

ENDING: Final = ".touchrules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a bundle comes from. `created`: microseconds since 1970 UTC; `by`: who exports it.

    `timezone`: that of touches that name none. `replay`: what a replay found before the export.
    """

    created: int
    by: str = ""
    note: str = ""
    timezone: str = "UTC"
    replay: ReplayFigures | None = None


def export_bundle(
    tuned: Tuned,
    out: Path,
    provenance: Provenance,
    *,
    key: SigningKey | None,
    judge_untested: Callable[[Sequence[UntestedRule]], None] | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write a bundle, whole or not at all, and return its manifest.

    All its tests and its golden sample are run with both engines first. `key`: None leaves it unsigned.
    `judge_untested` is told of the rules in force without a test, and raises unless they may pass; by
    default they may not. The same rulebooks, provenance and key give the same bytes. Raises RulebookError,
    ArgumentError, FailedTests, BundleError and EnginesDiffer.
    """
    check_out(out)
    editions = make_editions(tuned)
    carried = carry_tests(tuned, editions, progress)
    if carried.untested:
        (judge_untested or refuse_untested)(carried.untested)
    sample, figures = make_sample(editions.rulebooks, carried.tests, provenance.timezone, progress)
    texts = {**editions.texts, **carried.texts()}
    rulesets = write_rulesets(plan_of(editions.rulebooks, provenance.timezone))
    files = {name: text.encode() for name, text in texts.items()} | sample | {RULESETS: write_json(rulesets)}
    manifest = Manifest(
        format=FORMAT,
        language=LANGUAGE,
        engine=__version__,
        created=write_instant(provenance.created),
        by=writable(provenance.by),
        note=writable(provenance.note),
        timezone=provenance.timezone,
        rulebooks=list_rulebooks(tuned, editions),
        parameters=list_changed(editions),
        switched=list_switched(tuned, editions),
        replay=provenance.replay,
        tests=carried.counts(),
        left_out=carried.left_out,
        untested=carried.untested,
        sample=figures,
        files=_checksums(files),
    )
    data = write_archive(_members(manifest, files, key), provenance.created)
    read_archive(data, str(out))  # refuses what nobody could open
    write_file(out, partial(_write, data=data))
    return manifest


def check_out(out: Path) -> None:
    """Raise ArgumentError where a bundle cannot be written, or not without the loss of another file."""
    check_folder(out.parent, [out.name])
    if not out.is_file():
        return
    with out.open("rb") as opened:
        begins = opened.read(len(BEGINNING))
    if begins and begins != BEGINNING:
        message = f"There is a file {out} already, and it is no bundle."
        remedy = f"Choose another name, such as {out.with_suffix(ENDING).name}, or delete the file yourself."
        raise ArgumentError(Problem(message=message, remedy=remedy))


def plan_of(rulebooks: Sequence[Rulebook], timezone: str) -> Plan:
    """Return the plan of rulebooks in production, where fields are the language's and the declared ones."""
    return make_plan(rulebooks, {**declared_types(rulebooks), **TOUCH_FIELDS, **DERIVED_FIELDS}, timezone)


def refuse_untested(untested: Sequence[UntestedRule]) -> None:
    """Raise BundleError that names the rules in force without a test."""
    names = ", ".join(one.rule for one in untested)
    many = "These rules are in force and have no test" if len(untested) > 1 else "A rule in force has no test"
    remedy = "Write a test for each beside its rulebook, or switch it off; --allow-untested lets it pass."
    raise BundleError(Problem(message=f"{many}: {names}.", remedy=remedy))


def allow_untested(_untested: Sequence[UntestedRule]) -> None:
    """Let rules without a test through; the manifest names them."""


def find_login() -> str:
    """Return the name of the login; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def figures_of(summary: Summary, files: Sequence[str]) -> ReplayFigures:
    """Return what the manifest says of a replay; of `files` only the names."""
    moments = {"first": summary.first, "last": summary.last, "as_of": summary.as_of}
    return ReplayFigures(
        files=tuple(writable(Path(file).name) for file in files),
        touches=summary.touches,
        contacts=summary.contacts,
        findings=summary.findings,
        **{name: None if at is None else write_instant(at) for name, at in moments.items()},
        rules=tuple(
            RuleFigures(rulebook=one.rulebook, rule=one.rule, looked_at=one.looked_at, found=one.found)
            for one in summary.rules
            if one.enabled
        ),
    )


def _checksums(files: Mapping[str, bytes]) -> dict[str, BundledFile]:
    return {name: checksum_of(data) for name, data in sorted(files.items())}


def checksum_of(data: bytes) -> BundledFile:
    """Return the checksum and the length of a member."""
    return BundledFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _members(manifest: Manifest, files: Mapping[str, bytes], key: SigningKey | None) -> dict[str, bytes]:
    """Return all members in their order: the manifest first, the signature last, the others by name."""
    told = write_record(manifest)
    signed = {} if key is None else {SIGNATURE: write_record(sign(told, key))}
    return {MANIFEST: told, **dict(sorted(files.items())), **signed}


def sign(manifest: bytes, key: SigningKey) -> Signature:
    """Return the signature of a manifest, which holds the checksums of all other members."""
    return Signature(
        algorithm=ALGORITHM,
        key=key.public.id,
        public_key=key.public.text(),
        signed=MANIFEST,
        signature=b64encode(key.sign(manifest)).decode("ascii"),
    )


def _write(path: Path, *, data: bytes) -> None:
    path.write_bytes(data)
