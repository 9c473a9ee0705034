"""The command `replay`: which rules were broken, by whom and when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import (
    AsJson,
    AsOf,
    BadRows,
    BadRowsChoice,
    EngineChoice,
    Map,
    Rulebooks,
    Settings,
    Timezone,
    TouchesOrDemo,
)
from touchrules.errors import ArgumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from touchrules.replay.run import EngineName, Replay
    from touchrules.replay.verify import Verification
    from touchrules.streams.reader import Reading

Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Where findings.parquet, expectations.parquet, facts.parquet and summary.json are written,"
        " and rejects.csv with --bad-rows skip.",
    ),
]


Verify = Annotated[
    int | None,
    typer.Option(
        "--verify",
        metavar="N",
        min=1,
        help="Decide the touches of N contacts, drawn at random, anew with the durable engine, and compare."
        " If anything differs nothing is written, and the exit code is 1.",
    ),
]
VerifySeed = Annotated[
    int, typer.Option("--verify-seed", metavar="S", help="Another seed draws other contacts.")
]
VerifyTouches = Annotated[
    int,
    typer.Option(
        "--verify-touches",
        metavar="M",
        min=1,
        help="A rule for which more than M touches would have to be decided anew is verified for fewer"
        " of these contacts, or not at all; which rules these are is told.",
    ),
]
Memory = Annotated[
    str | None,
    typer.Option(
        "--memory",
        metavar="SIZE",
        help="Replay Parquet files, or a folder of them, part by part within so much memory, such as 4GB,"
        " which is what a folder gets without it. Rules that look at the whole desk need a few columns of"
        " all touches at once, whatever SIZE says. Meanwhile about as much disk as the unpacked touches"
        " take is needed beside --out.",
        show_default=False,
    ),
]
ExplainPlan = Annotated[
    bool, typer.Option("--explain-plan", help="Tell what work the rules share, and where the time went.")
]


def replay(  # noqa: PLR0913 - one for each option
    *,
    rulebooks: Rulebooks,
    out: Out,
    touches: TouchesOrDemo = [],
    map_file: Map = None,
    timezone: Timezone = None,
    as_of: AsOf = None,
    settings: Settings = [],
    engine: EngineChoice = "columnar",
    bad_rows: BadRows = BadRowsChoice.STOP,
    verify: Verify = None,
    verify_seed: VerifySeed = 1,
    verify_touches: VerifyTouches = 20_000,
    explain_plan: ExplainPlan = False,
    memory: Memory = None,
    as_json: AsJson = False,
) -> None:
    """Replay rulebooks over past touches, and tell what they find.

    Writes all findings, expectations and facts, and shows what a manager reads first. Without --touches it
    replays the year of a made-up company.
    """
    from touchrules.cli import inparts, inputs
    from touchrules.cli.screen import notify, progress_bars
    from touchrules.cli.verification import refuse_differences, verify_sample
    from touchrules.replay import run, writing

    chosen = _choose_engine(engine, {"--verify": verify is not None, "--explain-plan": explain_plan})
    source = inputs.open_source(touches or _choose_demo(map_file), map_file, timezone, bad_rows)
    end = inputs.read_as_of(as_of, source.zone)
    writing.check_folder(out)
    if inparts.is_in_parts(touches, memory):
        beside = {"--map": map_file, "--verify": verify, "--explain-plan": explain_plan}
        inparts.refuse_beside({**beside, "--engine durable": chosen == "durable"})
        books = inputs.read_rulebooks(rulebooks, settings)
        inparts.replay_in_parts(books, source, memory, end, out, as_json=as_json)
        return
    books = inputs.read_rulebooks(rulebooks, settings)
    with progress_bars() as tell:
        reading = inputs.read_source(source, books, tell)
        done = run.replay(
            books, reading.stream, as_of=end, engine=chosen, report=explain_plan, progress=tell, notify=notify
        )
        verified = verify_sample(done.decision, verify, verify_seed, verify_touches, tell)
    refuse_differences(verified, as_json=as_json)
    rejects = reading.rejects if bad_rows is BadRowsChoice.SKIP else None
    paths = writing.write_replay(done, out, rejects=rejects, unselected=reading.unselected)
    summary = writing.write_summary(done.summary, rejects, reading.unselected)
    typer.echo(_as_json(summary, done, verified)) if as_json else _show(done, verified, reading, paths)


def _choose_engine(name: str, columnar_only: Mapping[str, bool]) -> EngineName:
    """Return the engine of that name. Raises ArgumentError beside an option that only columnar has."""
    from touchrules.cli.inputs import check_engine

    engine = check_engine(name)
    asked = [option for option, given in columnar_only.items() if given]
    if asked and engine != "columnar":
        message = f"{' and '.join(asked)} and --engine {engine} do not go together."
        remedy = "Leave --engine out: only columnar shares work, and it is what durable verifies."
        raise ArgumentError(Problem(message=message, remedy=remedy))
    return engine


def _as_json(summary: str, done: Replay, verified: Verification | None) -> str:
    """Return the summary, and beside it what else was asked for."""
    told: dict[str, object] = {}
    if verified is not None:
        told["verified"] = verified.as_json()
    if done.report is not None:
        told["plan"] = done.report.as_json()
    return json.dumps({**json.loads(summary), **told}, indent=2)


def _show(done: Replay, verified: Verification | None, reading: Reading, paths: Sequence[Path]) -> None:
    from touchrules.cli.planreport import show_plan_report
    from touchrules.cli.screen import make_console
    from touchrules.cli.summary import show_files, show_summary
    from touchrules.cli.verification import show_verification

    console = make_console()
    show_summary(console, done.summary)
    if done.report is not None:
        show_plan_report(console, done.report)
    if verified is not None:
        show_verification(console, verified)
    show_files(console, paths, set_aside=len(reading.rejects), unselected=reading.unselected)


def _choose_demo(map_file: Path | None) -> list[str]:
    """Return the shipped demo as the touches to replay, and say so. Raises ArgumentError beside a mapping."""
    from touchrules.cli.screen import notify
    from touchrules.errors import ArgumentError, Problem
    from touchrules.streams.demo.shipped import SHIPPED

    if map_file is not None:
        message = "--map tells how to read a file of touches, and there is none."
        raise ArgumentError(Problem(message=message, remedy="Name the file by --touches."))
    notify(f"No --touches are given: this is the year of a made-up company, {SHIPPED}.")
    return [str(SHIPPED)]
