"""Messages that are written for all findings at once are those that are written for each."""

from __future__ import annotations

import math
import re
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.replay.findings import random_findings, random_stream, stream_of, with_dictionaries
from touchrules.engines.outcome import RuleFindings
from touchrules.language.load import parse_rulebook
from touchrules.model.durations import SECOND, write_duration
from touchrules.model.lookbacks import Gap
from touchrules.replay.columns import LONG_TEXT, Columns
from touchrules.replay.messages import (
    Reported,
    write_local_time,
    write_messages,
    write_number,
    write_parameter,
)
from touchrules.streams.signals import compute_signal
from touchrules.streams.stream import Stream

RULEBOOK = """
rulebook: messages
language: 1
parameters:
  cap: {type: integer, default: 3}
  window: {type: duration, default: 2w}
  opening: {type: time_of_day, default: "08:00"}
  openers: {type: phrases, default: [a, b]}
signals:
  asks: {questions: true}
  words: {words: true, first: 10}
  prefix: {phone_prefix: from_number}
rules:
  - {id: plain, title: "{kind}", severity: low, when: {}}
  - {id: empty, title: One, severity: low, when: {}, say: "", advise: ""}
  - {id: constant, title: One, severity: low, when: {}, say: "{param.cap} {param.window} {param.opening}
      {param.openers} {param.none} {nothing} {topic} {{} {1}", advise: "Wait."}
  - {id: texts, title: One, severity: low, when: {}, say: "{contact_name}", advise: "{rep_id}{text}{kind}!"}
  - {id: times, title: One, severity: low, when: {}, say: "{at}/{promised_at}", advise: "{local_hour} {at}"}
  - {id: numbers, title: One, severity: low, when: {}, say: "{step} {icp} {value}", where: [{count: {},
      within: 7d, at_least: 1}]}
  - {id: gaps, title: One, severity: low, when: {}, advise: "{value} {kind}", where: [{gap: {}, at_least: 0}]}
  - {id: signals, title: One, severity: low, when: {}, say: "{asks} {words} {prefix} {contact_name}"}
"""
BOOK = parse_rulebook(RULEBOOK)
RULES = {rule.id: rule for rule in BOOK.rules}


def write_each(template: str, one: Reported, stream: Stream) -> list[str]:
    """A template filled in for each finding by itself."""
    zones, types = stream.zones(), stream.types

    def blank(name: str, place: int, row: int) -> str:
        if name == "value":
            values = one.findings.values
            if values is None or math.isnan(values[place]):
                return "?"
            is_gap = isinstance(one.rule.where[0], Gap) if one.rule.where else False
            return write_duration(int(values[place] * SECOND)) if is_gap else write_number(values[place])
        if name.startswith("param."):
            parameter = BOOK.parameters.get(name.removeprefix("param."))
            return "?" if parameter is None else write_parameter(parameter)
        if name in BOOK.signals:
            held: Any = compute_signal(BOOK.signals[name], stream.column)[row]
        else:
            held = stream.column(name)[row]
        if held is None:
            return "?"
        if types.get(name) == "timestamp":
            return write_local_time(held, zones[row])
        if isinstance(held, bool):
            return "true" if held else "false"
        return write_number(held) if isinstance(held, float) else str(held)

    return [
        re.sub(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}", lambda name: blank(name[1], place, row), template)  # noqa: B023
        for place, row in enumerate(one.findings.rows.tolist())
    ]


def spread(told: str | pa.Array | None, count: int) -> list[str | None]:
    """What is told, for each finding."""
    if isinstance(told, pa.Array):
        assert told.type == LONG_TEXT
        texts: list[str | None] = told.to_pylist()
        return texts
    return [told] * count


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_messages_of_all_findings_are_those_of_each(seed: int, coded: bool) -> None:
    random, plain = Random(seed), random_stream(seed)
    stream = with_dictionaries(plain) if coded else plain
    found = [
        Reported(rule=rule, rulebook=BOOK, findings=random_findings(random, plain)) for rule in BOOK.rules
    ]
    for one, told in zip(found, write_messages(found, Columns(stream)), strict=True):
        count = len(one.findings.rows)
        say, advise = one.rule.say, one.rule.advise
        expected = [one.rule.title] * count if say is None else write_each(say, one, plain)
        assert spread(told.say, count) == expected
        assert spread(told.advise, count) == (
            [None] * count if advise is None else write_each(advise, one, plain)
        )


def test_a_template_that_is_the_same_for_all_is_one_text() -> None:
    stream = random_stream(1)
    found = [
        Reported(rule=RULES[name], rulebook=BOOK, findings=random_findings(Random(1), stream))
        for name in ("plain", "empty", "constant")
    ]
    plain, empty, constant = write_messages(found, Columns(stream))
    assert (plain.say, plain.advise) == ("{kind}", None)
    assert (empty.say, empty.advise) == ("", "")
    assert (constant.say, constant.advise) == ("3 14d 08:00 a, b ? ? ? {{} {1}", "Wait.")


def test_a_time_of_a_zone_that_was_off_by_seconds_is_cut_to_the_minute() -> None:
    who = {"touch_id": "a", "contact_id": "c", "kind": "call", "timezone": "Africa/Monrovia"}
    stream = stream_of([{**who, "at": -59_000_000}])
    rule = RULES["times"]
    findings = RuleFindings(rows=np.array([0]), at=np.array([-59_000_000]))
    (told,) = write_messages([Reported(rule=rule, rulebook=BOOK, findings=findings)], Columns(stream))
    assert spread(told.say, 1) == ["1969-12-31 23:14/?"]
