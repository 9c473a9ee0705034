"""Decides touches as they come, and answers only for what is written down."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

from touchrules.engines.columns import Touch
from touchrules.engines.durable.engine import Decided, Engine
from touchrules.engines.durable.worker import Step
from touchrules.engines.onetouch import compile_touch
from touchrules.engines.plan import make_plan
from touchrules.errors import ArgumentError, DataError, EngineError, Problem
from touchrules.language.fits import declared_types
from touchrules.model.rules import Rulebook
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS
from touchrules.production.live.answers import Answer, Told, read_told, told_of_due
from touchrules.production.live.judge import Judge, Verdict
from touchrules.production.live.store import Entry, Store, write_touch
from touchrules.production.live.telling import Teller
from touchrules.production.live.touches import LiveTouch, TouchReader
from touchrules.production.live.waiting import BEFORE_ALL, Place, Waiting
from touchrules.streams.instants import EARLIEST, TIME_REMEDY, read_instant, write_instant

_AT_ONCE: Final = 50
_SNAPSHOT_EVERY: Final = 5_000
_MICROSECOND: Final = timedelta(microseconds=1)


class TouchRefused(DataError):
    """A touch that cannot be recorded: it comes too late, or its touch_id was used for another one."""


class LiveEngine:
    """Rulebooks that decide touch after touch, as a replay over all of them would.

    `bundle` names what the rulebooks came from. `state`: the folder where all that was decided is kept;
    without it, it is forgotten at the end. `lateness`: touches may come so much after later ones; they are
    decided, and answered, once the time of the touches is so far ahead. With none, touches come in the
    order of the stream, and each is answered at once. `notify` is told of what should be known though
    nothing is lost. One thread at a time.
    """

    def __init__(
        self,
        rulebooks: Sequence[Rulebook],
        *,
        bundle: str,
        timezone: str = "UTC",
        state: Path | str | None = None,
        lateness: timedelta = timedelta(),
        notify: Callable[[str], None] = lambda _: None,
    ) -> None:
        if lateness < timedelta():
            message = "The lateness is less than nothing."
            raise ArgumentError(Problem(message=message, remedy="Give 0 or more."))
        declared = declared_types(rulebooks)
        types = {**TOUCH_FIELDS, **DERIVED_FIELDS, **declared}
        plan = make_plan(rulebooks, types, timezone)
        self.reader: Final = TouchReader(
            declared, frozenset(name for book in rulebooks for name in book.signals), timezone
        )
        self._timezone = timezone
        self._notify = notify
        self._take = compile_touch(plan, Engine(plan).columns)
        with ExitStack() as opened:
            if state is None:
                state = opened.enter_context(tempfile.TemporaryDirectory(prefix="touchrules-"))
            self._store = Store(Path(state), bundle)
            opened.callback(self._store.close)
            self._judge = Judge(plan, self._store, self._step_of, notify)
            opened.callback(self._judge.close)
            self._teller = Teller(rulebooks, plan, types, self._recorded)
            self._waiting = Waiting(lateness // _MICROSECOND, self._last_place())
            self._ready: dict[str, LiveTouch] = {}
            self._saved = self.recorded
            opened.callback(self._save)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def recorded(self) -> int:
        """How many steps were recorded: touches, and instants to which the clock went on."""
        last = self._store.last
        return 0 if last is None else last.number

    @property
    def waiting(self) -> int:
        """How many touches wait for earlier ones; they are not recorded yet."""
        return len(self._waiting)

    def record(self, touch: Mapping[str, object]) -> tuple[Answer, ...]:
        """Record a touch, and return what can be answered by now: with no lateness, just that touch.

        Times are texts as in a file of touches, or datetimes. A touch that was recorded before is answered
        again. Raises BadTouch or TouchRefused; then nothing was recorded.
        """
        read = self.reader.read_mapping(touch)
        answers = tuple(self.record_all([read]))
        for one in answers:
            if one.touch_id == read.id and one.refused is not None:
                raise TouchRefused(one.refused)
        return answers

    def record_all(self, touches: Sequence[LiveTouch]) -> list[Answer]:
        """Record touches, as `record` does one; all that is answered is written down by then, in one go."""
        answers: list[Answer] = []
        for touch in touches:
            if touch.id in self._ready:
                answers += self._decide_ready()
            known = self._answer_known(touch)
            if known is not None:
                answers += [*self._decide_ready(), *known]
                continue
            self._ready.update((one.id, one) for one in self._waiting.admit(touch))
        return answers + self._decide_ready()

    def check(self, touch: Mapping[str, object]) -> Answer:
        """Return what would be answered if a touch were recorded next; nothing is.

        It needs no `touch_id`. Raises BadTouch, or TouchRefused if it is earlier than what was recorded.
        """
        return self.check_read(self.reader.read_planned(touch))

    def check_read(self, touch: LiveTouch) -> Answer:
        """Return what `check` returns, for a touch that was read."""
        if touch.at < self._waiting.last[0]:
            raise TouchRefused(self._late(touch))
        if self._store.find(touch.id) or self._waiting.find(touch.id):
            message = f'touch_id "{touch.id}" was recorded: it cannot be planned any more.'
            raise TouchRefused(
                Problem(message=message, remedy="Leave the touch_id out, or give another one.")
            )
        before = self._waiting.before(touch.at)
        steps: list[Step] = [*map(self._take_in, before), touch.at, self._take_in(touch)]
        reply = self._judge.rehearse(steps)
        told = self._teller.tell(reply.each[-1], {one.id: one for one in (*before, touch)})
        return Answer(touch_id=touch.id, told=told)

    def due(self, as_of: datetime | str) -> Told:
        """Return what is broken by an instant if nothing more comes, and what is open then.

        Nothing is recorded. The findings are those of the expectations that are broken.
        """
        instant = self.read_time(as_of)
        if instant < self._waiting.last[0]:
            message = f"{as_of} is earlier than the last touch that was recorded."
            raise ArgumentError(Problem(message=message, remedy="Ask for that instant or a later one."))
        before = self._waiting.before(instant)
        reply = self._judge.rehearse([self._take_in(one) for one in before], instant)
        touches = {one.id: one for one in before}
        return told_of_due([self._teller.tell(one, touches) for one in (*reply.each, reply.results)])

    def advance(self, now: datetime | str) -> list[Answer]:
        """Let time go on: no touch earlier than that, less the lateness, comes any more.

        Returns what can be answered by now, and what broke.
        """
        instant = self.read_time(now)
        self._ready.update((one.id, one) for one in self._waiting.advance(instant))
        return [*self._decide_ready(), *self._go_on(max(instant - self._waiting.lateness, EARLIEST))]

    def finish(self, as_of: datetime | str | None = None) -> list[Answer]:
        """Decide all that waits, and break what is due by an instant, by default that of the last touch.

        Touches up to then are refused from now on, as a replay with that `as_of` is complete.
        """
        self._ready.update((one.id, one) for one in self._waiting.release())
        answers = self._decide_ready()
        if as_of is not None:
            return [*answers, *self._go_on(self.read_time(as_of) + 1)]
        last, touch_id = self._waiting.last
        after = last + 1 if touch_id else last  # the clock stands there already
        return answers if self._waiting.last == BEFORE_ALL else [*answers, *self._go_on(after)]

    def place_in(self, file: Path) -> str | None:
        """Return up to which place of a file all was answered, as it was noted."""
        return self._store.about(f"place in {file.resolve()}")

    def note_place(self, file: Path, place: str) -> None:
        """Note up to which place of a file all was answered, unless something of it waits."""
        if not self.waiting:
            self._store.note(f"place in {file.resolve()}", place)

    def close(self) -> None:
        """Write a snapshot, and end; what waits is not recorded."""
        self._opened.close()

    def read_time(self, time: datetime | str) -> int:
        """Return an instant; raises ArgumentError if it is no time."""
        text = time if isinstance(time, str) else time.isoformat()
        instant = read_instant(text, self._timezone)
        if instant is None:
            raise ArgumentError(Problem(message=f'"{text}" is no time.', remedy=TIME_REMEDY))
        return instant

    def _answer_known(self, touch: LiveTouch) -> list[Answer] | None:
        """Return what is answered to a touch that is not to be decided; None if it is."""
        entry = self._store.find(touch.id)
        known = self._waiting.find(touch.id) if entry is None else entry.touch
        if known is not None and write_touch(known) != write_touch(touch):
            message = f'touch_id "{touch.id}" was used for another touch.'
            problem = Problem(message=message, remedy="Give every touch a touch_id of its own.")
            return [Answer(touch_id=touch.id, refused=problem)]
        if entry is not None:
            return [Answer(touch_id=touch.id, number=entry.number, told=_told(entry), again=True)]
        if known is not None:
            return []  # it waits, and is answered when it is decided
        return (
            [Answer(touch_id=touch.id, refused=self._late(touch))] if self._waiting.is_late(touch) else None
        )

    def _answer_clock(self, instant: int) -> Answer:
        """Return what is answered to an instant at which the clock was, or past which it went."""
        entry = self._store.find_clock(instant)
        if entry is None:
            return Answer(touch_id=None, clock=instant)
        return Answer(touch_id=None, clock=instant, number=entry.number, told=_told(entry), again=True)

    def _late(self, touch: LiveTouch) -> Problem:
        last = write_instant(self._waiting.last[0])
        message = f"The touch of {write_instant(touch.at)} comes after one of {last} was decided."
        remedy = "Send touches in the order of `at`, then `touch_id`, or allow for more lateness."
        return Problem(message=message, remedy=remedy)

    def _decide_ready(self) -> list[Answer]:
        """Decide what is ready, write it down, and answer."""
        touches, self._ready = self._ready, {}
        every = list(touches.values())
        parts = [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)]
        steps = ([self._take_in(one) for one in part] for part in parts)
        answers: list[Answer] = []
        try:
            for part, verdicts in zip(parts, self._judge.decide(steps), strict=True):
                answers += self._write_down([*zip(part, verdicts, strict=True)], touches)
        except BaseException:
            self._go_back()
            if self._waiting.lateness:
                self._waiting.put_back(one for one in every if self._store.find(one.id) is None)
            raise
        if self.recorded >= self._saved + _SNAPSHOT_EVERY:
            self._save()
        return answers

    def _go_on(self, instant: int) -> list[Answer]:
        """Let the clock go on to an instant, unless it is there already, and write down what came of it."""
        if instant <= self._waiting.last[0]:
            return [self._answer_clock(instant)]
        try:
            [[verdict]] = self._judge.decide([[instant]])
            if isinstance(verdict, EngineError):
                raise verdict
            answers = self._write_down([(instant, verdict)], {})
        except BaseException:
            self._go_back()
            raise
        self._waiting.pass_by(instant)
        return answers

    def _write_down(
        self,
        decided: Sequence[tuple[LiveTouch | int, Verdict | EngineError]],
        touches: Mapping[str, LiveTouch],
    ) -> list[Answer]:
        answers: list[Answer] = []
        entries: list[Entry] = []
        number = self.recorded
        for step, verdict in decided:
            touch = None if isinstance(step, int) else step
            name = None if touch is None else touch.id
            clock = step if isinstance(step, int) else None
            if isinstance(verdict, EngineError):
                answers.append(Answer(touch_id=name, clock=clock, refused=verdict.problems[0]))
                continue
            number += 1
            told = self._teller.tell(verdict.results, touches)
            at = step if isinstance(step, int) else step.at
            entries.append(_entry(number, at, touch, verdict.decided, told))
            answers.append(Answer(touch_id=name, clock=clock, number=number, told=told))
        self._store.append(entries)
        return answers

    def _save(self) -> None:
        """Write a snapshot if there is anything new; without it a start takes longer, and no more is lost."""
        if self._saved == self.recorded:
            return
        self._saved = self.recorded
        try:
            self._judge.save(self._saved)
        except (EngineError, OSError) as error:
            self._notify(f"No snapshot was written, so the next start takes longer. {error}")

    def _go_back(self) -> None:
        """Go back to what is written down."""
        self._judge.drop()
        self._waiting.last = self._last_place()

    def _last_place(self) -> Place:
        last = self._store.last
        return BEFORE_ALL if last is None else (last.at, "" if last.touch is None else last.touch.id)

    def _recorded(self, touch_id: str) -> LiveTouch:
        entry = self._store.find(touch_id)
        if entry is None or entry.touch is None:
            msg = f"{touch_id} is not in the log"
            raise RuntimeError(msg)
        return entry.touch

    def _take_in(self, touch: LiveTouch) -> Touch:
        return self._take(touch.fields, touch.zone, touch.id)

    def _step_of(self, entry: Entry) -> Step:
        return entry.at if entry.touch is None else self._take_in(entry.touch)


def _told(entry: Entry) -> Told:
    return read_told(json.loads(entry.answer))


def _entry(number: int, at: int, touch: LiveTouch | None, decided: Decided, told: Told) -> Entry:
    answer = json.dumps(told.as_json(), ensure_ascii=False)
    return Entry(number=number, at=at, touch=touch, decided=tuple(sorted(decided)), answer=answer)
