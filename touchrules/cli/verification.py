"""Tells what was verified with the durable engine, and refuses a replay that the engines do not agree on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

import typer
from rich.console import Console

from touchrules.cli.screen import Tell, make_console, notify, show
from touchrules.errors import EnginesDiffer, Problem
from touchrules.replay.compare import Difference
from touchrules.replay.run import Decision
from touchrules.replay.verify import Sample, Unverified, Verification, verify_replay

_MOST_SHOWN: Final = 50


def verify_sample(
    decision: Decision, contacts: int | None, seed: int, most: int, tell: Tell | None
) -> Verification | None:
    """Verify a decision for so many contacts (see `Sample`); None: that was not asked for."""
    if contacts is None:
        return None
    return verify_replay(decision, Sample(contacts, seed, most), progress=tell, notify=notify)


def show_verification(console: Console, verified: Verification) -> None:
    """Show what was compared, whether it differs, and which rules and facts could not be verified."""
    console.print()
    console.print("Verified with the durable engine", style="bold")
    for line in _say(verified):
        console.print(show(line), soft_wrap=True)


def refuse_differences(verified: Verification | None, *, as_json: bool) -> None:
    """Raise EnginesDiffer if there are differences, after telling what was verified."""
    if verified is None or not verified.differences:
        return
    differences = verified.differences
    if as_json:
        typer.echo(json.dumps({"verified": verified.as_json()}, indent=2))
    else:
        show_verification(make_console(), verified)
    problems = [_problem(one) for one in differences[:_MOST_SHOWN]]
    more = len(differences) - len(problems)
    end = f"touchrules itself failed: the engines differ {_count(len(differences), 'time')}"
    end += f", of which {more:,} are not shown." if more else "."
    remedy = (
        "Nothing was written. Please report this. --engine durable decides touch by touch, much more slowly."
    )
    raise EnginesDiffer([*problems, Problem(message=end, remedy=remedy)])


def _problem(one: Difference) -> Problem:
    what = f"{'fact' if one.sort == 'fact' else 'rule'} {one.name}, touch {one.touch_id}"
    return Problem(message=f"columnar: {one.columnar}", remedy=f"durable:  {one.durable}", context=what)


def _say(verified: Verification) -> Iterator[str]:
    if not verified.contacts:
        yield "There are no touches to verify."
        return
    yield (
        f"{_count(len(verified.contacts), 'contact')} of {verified.of_contacts:,}, drawn with seed "
        f"{verified.seed}, with {_count(verified.touches, 'touch', 'touches')}. To decide them anew, "
        f"{_count(verified.replayed, 'touch', 'touches')} were replayed: all that can matter for them."
    )
    compared = verified.compared
    yield (
        f"{_count(verified.rules, 'rule')} and {_count(verified.facts, 'fact')} for all of them. Compared: "
        f"{_count(compared.findings, 'finding')} (unreported ones too), "
        f"{_count(compared.expectations, 'expectation')}, {_count(compared.periods, 'period')} of facts."
    )
    yield f"{_count(len(verified.differences), 'difference')}." if verified.differences else "No difference."
    yield from _say_unverified(verified)


def _say_unverified(verified: Verification) -> Iterator[str]:
    if not verified.unverified:
        return
    why = f"more than {verified.most:,} touches would have to be replayed"
    for contacts in sorted({one.contacts for one in verified.unverified}, reverse=True):
        some = [one for one in verified.unverified if one.contacts == contacts]
        yield (
            f"Not verified, as {why} for a single contact: {_name(some)}."
            if not contacts
            else f"For {contacts:,} of these contacts only, as {why}: {_name(some)}."
        )
    yield "--verify-touches with a higher number verifies more of them, and takes longer."


def _name(some: Sequence[Unverified]) -> str:
    """Name rules and facts, those that look at other touches by the same keys together."""
    by_keys: dict[str, list[str]] = {}
    for one in some:
        keys = ", ".join("+".join(key) for key in one.keys)
        by_keys.setdefault(keys, []).append(f"fact {one.name}" if one.is_fact else one.name)
    return "; ".join(f"{', '.join(names)} (per {keys})" for keys, names in by_keys.items())


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
