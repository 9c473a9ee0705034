"""A studio on two small rulebooks and some touches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from touchrules.streams.records import read_records
from touchrules.streams.stream import Stream
from touchrules.studio import Studio
from touchrules.studio.later import AtOnce
from touchrules.studio.state import StudioState

BOOK = """\
# Written by hand.
rulebook: manners
language: 1
version: 1.0.0
parameters:
  cap: {type: integer, default: 2, min: 1, max: 9, label: Calls to one contact, unit: calls}  # per week
  window: {type: duration, default: 7d, min: 1d, max: 30d, step: 1d, label: Within}
  openers: {type: phrases, default: ["just checking in"]}
signals:
  idle: {phrases: $openers}
rules:
  - id: too-many-calls
    title: Call no more than twice a week
    severity: high
    when: {kind: call}
    where: [{count: {kind: call}, within: $window, more_than: $cap}]
    say: "{rep_id} called {contact_id} {value} times"
  - {id: idle-opener, title: Say why you call, severity: low, when: {idle: {at_least: 1}}}
  - id: answer
    title: Answer what they ask
    severity: medium
    when: {direction: inbound}
    expect: {touch: {direction: outbound}, by: 2d}
"""


def touches() -> Stream:
    """Five calls to c1 and three to c2, one a day, and a question that nobody answers."""
    rows = [(f"a{day}", "c1", day, "call", "outbound") for day in range(1, 6)]
    rows += [(f"b{day}", "c2", day, "call", "outbound") for day in range(1, 4)]
    rows += [("q", "c3", 1, "email", "inbound"), ("z", "c9", 20, "note", "internal")]
    return read_records(
        [
            {
                "touch_id": name,
                "contact_id": contact,
                "at": f"2025-03-{day:02} 10:00",
                "kind": kind,
                "direction": direction,
                "rep_id": "ann" if day % 2 else "bob",
                "text": "Just checking in" if name == "a1" else "Hello",
            }
            for name, contact, day, kind, direction in rows
        ]
    )


class WhenTold:
    """Does work when a test says so. Of two pieces of work for one place the later is done, as in a loop."""

    def __init__(self) -> None:
        self.asked: dict[str, tuple[Callable[[], Any], Callable[[Any], None]]] = {}
        self.others: list[WhenTold] = []

    def do(self, place: str, work: Callable[[], Any], tell: Callable[[Any], None], wait: float = 0.0) -> None:
        self.asked.pop(place, None)
        self.asked[place] = (work, tell)

    def drop(self) -> None:
        self.asked.clear()

    def beside(self) -> WhenTold:
        self.others.append(WhenTold())
        return self.others[-1]

    def go_on(self, place: str = "") -> None:
        """Do what was asked for at a place, by default all that waits, and what follows from it."""
        while self.asked if not place else place in self.asked:
            work, tell = self.asked.pop(place or next(iter(self.asked)))
            tell(work())
        for other in self.others if not place else ():
            other.go_on()


def write_touches(folder: Path) -> Path:
    """Write the touches into a file of a folder."""
    path = folder / "touches.parquet"
    pq.write_table(touches().table.drop_columns(["local_hour", "weekday", "local_date"]), path)
    return path


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests keep nothing among what is the user's."""
    monkeypatch.setenv("TOUCHRULES_CACHE", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "manners.rulebook.yaml"
    path.write_text(BOOK)
    return path


@pytest.fixture
def studio(file: Path) -> StudioState:
    return StudioState([str(file)], touches())


@pytest.fixture
def app(file: Path, tmp_path: Path) -> Studio:
    """The whole studio on them; all work is done at once."""
    return Studio(str(file), str(write_touches(tmp_path)), later=AtOnce())
