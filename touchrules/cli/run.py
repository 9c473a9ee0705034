"""The command `run`: decides touches as they come, and answers each at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchrules.cli.options import AllowNewer, AllowUnsigned, AllowUntrusted, BundleFile, TrustedKey
from touchrules.errors import ArgumentError, DataError, Problem

if TYPE_CHECKING:
    from touchrules.production.bundle.keys import Trust
    from touchrules.production.live.conversation import Conversation, Plain
    from touchrules.production.live.engine import LiveEngine
    from touchrules.production.live.feed import Stop

State = Annotated[
    Path | None,
    typer.Option(
        "--state",
        metavar="FOLDER",
        help="Where all that was decided is kept: the next run goes on from it, and neither a kill nor a loss"
        " of power takes away what was answered. By default it is forgotten at the end.",
        show_default=False,
    ),
]
Touches = Annotated[
    Path | None,
    typer.Option(
        "--touches",
        metavar="FILE",
        help="A JSON Lines file of touches. By default the lines come on standard input.",
        show_default=False,
    ),
]
Follow = Annotated[
    bool, typer.Option("--follow", help="Go on reading the file of --touches as it grows, until Ctrl-C.")
]
Lateness = Annotated[
    str,
    typer.Option(
        "--lateness",
        metavar="TIME",
        help="How much later than it should a touch may come, such as 15m; each is answered once the time of"
        " the touches is so far ahead. With 0s touches come in the order of `at`, then `touch_id`, and are"
        " answered at once.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="At the end of the lines let time go on to TIME: tell what is broken by then, and refuse touches"
        " up to then from now on. By default the time of the last touch, or not at all with --state.",
        show_default=False,
    ),
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Judge all touches as planned ones: tell what would be found, record none."),
]


def run(  # noqa: PLR0913 - one for each option
    *,
    file: BundleFile,
    state: State = None,
    touches: Touches = None,
    follow: Follow = False,
    lateness: Lateness = "0s",
    as_of: AsOf = None,
    check: Check = False,
    key: TrustedKey = None,
    allow_unsigned: AllowUnsigned = False,
    allow_untrusted: AllowUntrusted = False,
    allow_newer: AllowNewer = False,
) -> None:
    """Decide touches as they come by a bundle, and answer each.

    Lines of JSON come in, one touch each, and an answer for each goes to standard output: the findings, the
    facts that began and ended, and the expectations that were opened, met, cancelled and broken. With
    --state, what was answered is kept whatever happens; send again what was not.

    \b
    A line may also ask:
    {"check": TOUCH}  what would be found if that were done next
    {"due": TIME}     what is broken and what is open by then
    {"clock": TIME}   what breaks as time goes on without touches

    A line that cannot be taken is answered with the reason, and the exit code is 4 then. RUNNING.md in
    touchrules/production tells every key of the answers.
    """
    from touchrules.cli.trust import make_trust
    from touchrules.production.live.conversation import Conversation

    _check_options(touches, follow=follow, beside_as_of=as_of is not None and (follow or check))
    trust = make_trust(key, unsigned=allow_unsigned, untrusted=allow_untrusted, newer=allow_newer)
    with _stopped_by_signals() as stop, _load(file, state, lateness, trust) as engine:
        if as_of is not None:
            engine.read_time(as_of)  # a wrong one is told before anything is recorded
        conversation = Conversation(engine, plans=check)
        for answers in _answer_all(conversation, touches, follow, stop):
            _write(answers)
        if not stop.is_set() and not check and (as_of is not None or state is None):
            _write(conversation.finish(as_of))
    _tell(conversation)


def _check_options(touches: Path | None, *, follow: bool, beside_as_of: bool) -> None:
    """Raise ArgumentError where options do not go together."""
    if follow and touches is None:
        message = "--follow needs a file to follow."
        raise ArgumentError(Problem(message=message, remedy="Name it with --touches."))
    if beside_as_of:
        message = (
            "--as-of goes neither with --check, which records nothing, nor with --follow, which has no end."
        )
        raise ArgumentError(
            Problem(message=message, remedy='Leave --as-of out, or say a line {"clock": TIME}.')
        )


def _load(bundle: Path, state: Path | None, lateness: str, trust: Trust) -> LiveEngine:
    from datetime import timedelta

    from touchrules import production
    from touchrules.cli.screen import notify
    from touchrules.model.durations import read_duration

    late = read_duration(lateness)
    if late is None:
        remedy = "Say how much as 90s, 15m or 2h."
        raise ArgumentError(Problem(message=f'"{lateness}" is no lateness.', remedy=remedy))
    return production.load(
        bundle, state=state, lateness=timedelta(microseconds=late), trust=trust, notify=notify
    )


def _answer_all(
    conversation: Conversation, touches: Path | None, follow: bool, stop: Stop
) -> Iterator[Iterator[Plain]]:
    """Yield the answers to what comes in, batch by batch."""
    from touchrules.production.live.feed import follow_batches, read_batches

    if touches is None:
        for lines in read_batches(_standard_input(), stop):
            yield conversation.answer(lines)
    elif not follow:
        with touches.open("rb") as file:
            for lines in read_batches(file.fileno(), stop):
                yield conversation.answer(lines)
    else:
        for lines, end in follow_batches(touches, conversation.engine.place_in(touches), stop):
            yield conversation.answer(lines)
            if not conversation.plans:
                conversation.engine.note_place(touches, end)


def _standard_input() -> int:
    if sys.stdin is None:
        message = "Standard input is closed."
        raise ArgumentError(Problem(message=message, remedy="Send the touches there, or name --touches."))
    return sys.stdin.fileno()


def _write(answers: Iterator[Plain]) -> None:
    from touchrules.production.live.conversation import write_line

    lines = "".join(map(write_line, answers))
    try:
        sys.stdout.buffer.write(lines.encode())  # JSON Lines are UTF-8, whatever the terminal's encoding is
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is buffered has no reader
        message = "Whoever read the answers is gone."
        remedy = "What was answered is recorded. Send the other touches again."
        raise DataError(Problem(message=message, remedy=remedy)) from error


@contextmanager
def _stopped_by_signals() -> Iterator[Stop]:
    """Let Ctrl-C and a polite end stop the reading, not the work: what was read is answered."""
    from touchrules.production.live.feed import Stop

    stop = Stop()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _tell(conversation: Conversation) -> None:
    """Tell the end on standard error. Raises DataError if anything was refused."""
    from touchrules.cli.screen import notify
    from touchrules.model.wording import counted

    told = f"{counted(conversation.touches, 'touch')} recorded, {counted(conversation.findings, 'finding')}"
    waiting = conversation.engine.waiting
    notify(f"{told}, {waiting:,} not decided yet: send them again." if waiting else f"{told}.")
    if conversation.refused:
        message = f"Of {counted(conversation.lines, 'line')}, {conversation.refused:,} could not be taken."
        raise DataError(Problem(message=message, remedy="Their answers tell why."))
