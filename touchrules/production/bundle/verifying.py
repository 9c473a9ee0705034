"""Verifies a bundle: whole, whose it is, and that it still finds what was found at its export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

from touchrules import __version__
from touchrules.errors import BundleError, Problem, TouchrulesError
from touchrules.language.load import RulebookTexts
from touchrules.language.source import read_source
from touchrules.production.bundle.archive import AGAIN
from touchrules.production.bundle.decoding import write_json
from touchrules.production.bundle.exporting import plan_of
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.manifest import MANIFEST, RULESETS, TOUCHES
from touchrules.production.bundle.opening import Bundle, open_bundle
from touchrules.production.bundle.report import Report, Sheet
from touchrules.production.bundle.rulesets import write_rulesets
from touchrules.production.bundle.sample import ENGINES, decide_sample, read_sample
from touchrules.replay.run import Progress
from touchrules.replay.testing import judge_tests
from touchrules.streams.instants import read_instant


def verify_bundle(path: Path | str, trust: Trust, progress: Progress | None = None) -> Report:
    """Return the report of all checks: those of `open_bundle`, the rulesets, the tests and the sample.

    Tests and sample are run with both engines. A bundle that is refused is told by the report; it never
    raises for one.
    """
    sheet, bundle, failure = Sheet(), None, None
    try:
        bundle = open_bundle(path, trust, sheet)
        with sheet.check("rulesets") as said:
            said.append(_check_rulesets(bundle))
        with sheet.check("tests") as said:
            said.append(_check_tests(bundle, progress))
        with sheet.check("sample") as said:
            said.append(_check_sample(bundle, progress))
    except TouchrulesError as error:
        failure = error
    return Report(
        file=str(path),
        checks=tuple(sheet.checks),
        allowed=tuple(sorted(trust.allowed)),
        manifest=None if bundle is None else bundle.manifest,
        error=failure,
    )


def _check_rulesets(bundle: Bundle) -> str:
    """Compare the rulesets with what this very version compiles; another version may compile others."""
    manifest = bundle.manifest
    if manifest.engine != __version__:
        return f"Compiled by touchrules {manifest.engine}; this one, {__version__}, compiles its own."
    made = write_json(write_rulesets(plan_of(bundle.rulebooks, manifest.timezone)))
    if made != bundle.files[RULESETS]:
        _refuse(bundle, f"{RULESETS} is not what its rulebooks give.")
    return "What the rulebooks give."


def _check_tests(bundle: Bundle, progress: Progress | None) -> str:
    sources = [
        read_source(bundle.files[one.member].decode("utf-8"), one.member) for one in bundle.manifest.rulebooks
    ]
    verdicts = judge_tests(bundle.tests, RulebookTexts(sources).make, progress=progress)
    failed = [one for one in verdicts if not one.passed]
    if failed:
        first = failed[0].test
        _refuse(
            bundle,
            f"Of its {len(verdicts):,} tests {len(failed):,} failed, the first of them {first.name!r} of"
            f" {first.rule}.",
        )
    rules = len({(test.rulebook, test.rule) for test in bundle.tests})
    left_out = len(bundle.manifest.left_out)
    more = f" Left out at export: {left_out:,}; the manifest tells which." if left_out else ""
    return f"{len(verdicts):,} tests of {rules:,} rules passed with both engines.{more}"


def _check_sample(bundle: Bundle, progress: Progress | None) -> str:
    manifest = bundle.manifest
    as_of = None if manifest.sample.as_of is None else read_instant(manifest.sample.as_of, "UTC")
    try:
        stream = read_sample(bundle.files[TOUCHES], bundle.rulebooks, manifest.timezone)
    except (ValueError, TypeError, AttributeError, RecursionError):
        _refuse(bundle, f"{TOUCHES} cannot be read.")
    if len(stream) != manifest.sample.touches or (as_of is None) != (manifest.sample.as_of is None):
        _refuse(bundle, f"{TOUCHES} is not the sample that {MANIFEST} tells of.")
    for engine in ENGINES:
        decided = decide_sample(bundle.rulebooks, stream, as_of, engine, progress)
        for name, told in decided.items():
            if told != bundle.files[name]:
                _refuse(bundle, _say_other(name, told, bundle.files[name], engine))
    sample = manifest.sample
    return (
        f"{sample.touches:,} touches gave the same {sample.findings:,} findings, {sample.expectations:,}"
        f" expectations and {sample.facts:,} periods of facts with both engines."
    )


def _say_other(name: str, now: bytes, was: bytes, engine: str) -> str:
    ours, theirs = set(now.splitlines()), set(was.splitlines())
    differing = sorted(ours ^ theirs)
    first = _name_of(differing[0]) if differing else "their order"
    return f"The {engine} engine makes something else of the sample: {name} differs, first at {first}."


def _name_of(line: bytes) -> str:
    try:
        row = json.loads(line)
        return " ".join(str(row[key]) for key in ("rule", "fact", "touch_id") if row.get(key))
    except (ValueError, AttributeError):
        return "a line that is none"


def _refuse(bundle: Bundle, message: str, remedy: str = AGAIN) -> NoReturn:
    raise BundleError(Problem(message=message, remedy=remedy, context=f"bundle {bundle.file}"))
