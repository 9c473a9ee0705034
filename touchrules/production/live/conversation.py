"""Answers lines of JSON: touches to record, touches to judge, and the clock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from touchrules.errors import ArgumentError, DataError, EngineError, Problem
from touchrules.production.live.answers import Answer
from touchrules.production.live.engine import LiveEngine
from touchrules.production.live.touches import BadTouch, LiveTouch
from touchrules.streams.jsonlines import json_cell, read_record

Plain = dict[str, Any]

ORDERS: Final = ("clock", "check", "due")
"""The words that a line may say beside touches, each the only key of its line."""


@dataclass(slots=True)
class Conversation:
    """What was said so far. Every line is answered, in order; with lateness, touches once they are decided.

    `{"clock": TIME}` lets time go on, `{"check": TOUCH}` judges a planned touch and records nothing, as
    every touch with `plans`, and `{"due": TIME}` tells what is broken and open by then.
    """

    engine: LiveEngine
    plans: bool = False
    lines: int = 0
    touches: int = 0
    findings: int = 0
    refused: int = 0
    _touches: list[LiveTouch] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict)

    def answer(self, lines: Sequence[str]) -> Iterator[Plain]:
        """Yield the answers to some lines; what they tell is recorded by then."""
        for line in lines:
            self.lines += 1
            if line.strip():
                yield from self._answer_line(line)
        yield from self._record()

    def finish(self, as_of: str | None) -> Iterator[Plain]:
        """Yield what is left to tell at the end of the touches."""
        for one in self.engine.finish(as_of):
            yield self._count(one)

    def _answer_line(self, line: str) -> Iterator[Plain]:
        record = _read(line.removeprefix("\ufeff") if self.lines == 1 else line)
        if isinstance(record, str):
            yield from self._refuse(BadTouch([record], None).problems[0])
            return
        order = next((word for word in ORDERS if record.keys() == {word}), "check" if self.plans else None)
        if order is not None:
            yield from self._record()
        try:
            if order is None:
                touch = self.engine.reader.read(record)
                self._touches.append(touch)
                self._lines[touch.id] = self.lines
            else:
                yield from self._obey(order, record.get(order, record))
        except (DataError, ArgumentError, EngineError) as error:
            yield from self._refuse(error.problems[0], json_cell(record.get("touch_id")) or None)

    def _obey(self, order: str, about: Any) -> Iterator[Plain]:
        match order:
            case "clock" if self.plans:
                remedy = "Leave it out, or leave out --check."
                raise ArgumentError(Problem(message="Plans do not let the clock go on.", remedy=remedy))
            case "clock":
                for one in self.engine.advance(json_cell(about)):
                    yield self._count(one)
            case "due":
                yield {"due": json_cell(about), **self.engine.due(json_cell(about)).as_json()}
            case _:
                if not isinstance(about, dict):
                    raise BadTouch(["is no JSON object"], None)
                yield {
                    "planned": True,
                    **self.engine.check_read(self.engine.reader.read_plan(about)).as_json(),
                }

    def _record(self) -> Iterator[Plain]:
        touches, self._touches = self._touches, []
        for one in self.engine.record_all(touches):
            told = self._count(one)
            yield told if one.refused is None else {"line": self._lines.get(one.touch_id or ""), **told}
        self._lines.clear()

    def _refuse(self, problem: Problem, touch_id: str | None = None) -> Iterator[Plain]:
        yield from self._record()
        self.refused += 1
        yield {"line": self.lines, "touch_id": touch_id, "refused": problem.message, "remedy": problem.remedy}

    def _count(self, answer: Answer) -> Plain:
        self.refused += answer.refused is not None
        if answer.number is not None and not answer.again:
            self.touches += answer.touch_id is not None
            self.findings += len(answer.findings)
        return answer.as_json()


def _read(line: str) -> dict[str, Any] | str:
    """Return the record, or why the line is none."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return "is no UTF-8"
    return read_record(line)


def write_line(plain: Plain) -> str:
    """Return one answer as a line."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"
