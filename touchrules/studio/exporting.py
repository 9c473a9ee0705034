"""Exports what stands in the studio as one file for where reps work, and verifies that file."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from touchrules.errors import ArgumentError, BundleError, Cancelled, Problem, TouchrulesError
from touchrules.model.durations import SECOND
from touchrules.production.bundle.exporting import ENDING, Provenance, export_bundle
from touchrules.production.bundle.keyring import Keyring
from touchrules.production.bundle.keys import Allowance, Trust
from touchrules.production.bundle.manifest import Manifest, UntestedRule
from touchrules.production.bundle.report import Report
from touchrules.production.bundle.verifying import verify_bundle
from touchrules.replay.run import Progress
from touchrules.replay.writing import check_folder
from touchrules.studio.exportpreview import Preview
from touchrules.studio.signing import UNSIGNED, read_key


def place_of(name: str, folder: Path) -> Path:
    """Return where a file of that name goes, with the ending of bundles.

    >>> place_of("voicemail", Path("/rules")).as_posix()
    '/rules/voicemail.touchrules'
    """
    place = folder / Path(name.strip()).expanduser()
    return place if place.name.endswith(ENDING) else place.with_name(place.name + ENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An export that is wanted. `key`: the id of one's own key, or `UNSIGNED`.

    `untested`: the rules that may pass without a test. `replaceable`: the file that may be written over, if
    it is there.
    """

    preview: Preview
    out: Path
    key: str
    by: str = ""
    note: str = ""
    untested: Collection[UntestedRule] = ()
    replaceable: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an export. `manifest`: None, nothing was written. `report`: None, it was not verified.

    `error`: why it ended before its end. `untested`: rules that nobody has allowed to pass without a test.
    """

    order: Order
    manifest: Manifest | None = None
    report: Report | None = None
    error: TouchrulesError | None = None
    untested: tuple[UntestedRule, ...] = ()


def carry_out(order: Order, progress: Progress, now: Callable[[], float] = time.time) -> Outcome:
    """Write the bundle, and verify what was written; never raises for what a user can mend.

    `progress` raises Cancelled to stop it: what is not finished is not written.
    """
    outcome = Outcome(order=order)
    untested: list[UntestedRule] = []
    try:
        check_place(order)
        key = read_key(order.key)
        provenance = Provenance(
            created=int(now()) * SECOND,
            by=order.by,
            note=order.note,
            timezone=order.preview.timezone,
            replay=order.preview.figures,
        )
        judge = partial(_judge, order.untested, untested)
        written = export_bundle(
            order.preview.tuned, order.out, provenance, key=key, judge_untested=judge, progress=progress
        )
        outcome = replace(outcome, manifest=written)
        report = verify_bundle(order.out, trust_of(order), progress)
        stopped = isinstance(report.error, Cancelled)
        return replace(outcome, error=report.error) if stopped else replace(outcome, report=report)
    except TouchrulesError as error:
        return replace(outcome, error=error, untested=tuple(untested))


def trust_of(order: Order) -> Trust:
    """Return whose bundles the verification takes: those of one's own keys and of the trusted ones."""
    allowed: frozenset[Allowance] = frozenset(("unsigned",) if order.key == UNSIGNED else ())
    return Trust(keys=Keyring().trusted(), allowed=allowed)


def check_place(order: Order) -> None:
    """Raise ArgumentError if the file cannot be written, or is there and may not be written over."""
    check_folder(order.out.parent, [order.out.name])
    if order.out.exists() and order.out != order.replaceable:
        message = f"There is a file {order.out.name} already."
        raise ArgumentError(Problem(message=message, remedy="Choose another name, or have it replaced."))


def _judge(
    allowed: Collection[UntestedRule], told: list[UntestedRule], untested: Sequence[UntestedRule]
) -> None:
    """Note the rules without a test that nobody allowed to pass, and raise BundleError if there are some."""
    told += [one for one in untested if one not in allowed]
    if told:
        names = ", ".join(one.rule for one in told)
        many = "These rules are in force and have" if len(told) > 1 else "This rule is in force and has"
        remedy = (
            "Write a test for it, switch it off, or let it pass without one, which the bundle then tells."
        )
        raise BundleError(Problem(message=f"{many} no test that fits what is set: {names}.", remedy=remedy))
