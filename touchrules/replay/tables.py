"""The three tables that a replay gives: findings, expectations and facts (language.md, section 12)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from touchrules.engines.durable.clock import Settled
from touchrules.engines.durable.engine import Found
from touchrules.engines.durable.facts import Period
from touchrules.model.rules import Fact, Rule, Rulebook
from touchrules.replay.messages import Messages
from touchrules.streams.stream import NUMBER, TEXT, TIMESTAMP, Stream

FINDINGS: Final = pa.schema(
    {
        "finding_id": TEXT,
        "rulebook": TEXT,
        "rule": TEXT,
        "severity": TEXT,
        "at": TIMESTAMP,
        "touch_id": TEXT,
        "contact_id": TEXT,
        "account_id": TEXT,
        "rep_id": TEXT,
        "value": NUMBER,
        "message": TEXT,
        "advice": TEXT,
    }
)
EXPECTATIONS: Final = pa.schema(
    {
        "rulebook": TEXT,
        "rule": TEXT,
        "touch_id": TEXT,
        "contact_id": TEXT,
        "account_id": TEXT,
        "rep_id": TEXT,
        "opened_at": TIMESTAMP,
        "after": TIMESTAMP,
        "by": TIMESTAMP,
        "status": TEXT,
        "settled_at": TIMESTAMP,
        "settled_by": TEXT,
    }
)
FACTS: Final = pa.schema(
    {"fact": TEXT, "per": TEXT, "key": TEXT, "since": TIMESTAMP, "until": TIMESTAMP, "touch_id": TEXT}
)

Rules = Mapping[str, tuple[Rule, Rulebook]]
"""Each rule by its id, with its rulebook."""


def finding_id(rulebook: str, rule: str, touch_id: str) -> str:
    """Return the id of a finding, the same in every replay.

    >>> finding_id("voicemail", "voicemail-to-a-stranger", "t1")
    '3e828bf69b0582d4'
    """
    return hashlib.sha256(f"{rulebook}/{rule}/{touch_id}".encode()).hexdigest()[:16]


def make_findings(found: Sequence[Found], rules: Rules, stream: Stream) -> pa.Table:
    """Return the table of the findings that rules report; a finding names its touch by its row."""
    by_rule: dict[str, list[Found]] = {}
    for one in found:
        by_rule.setdefault(one.rule, []).append(one)
    who = _Who(stream)
    rows: list[tuple[Any, ...]] = []
    for name, ones in by_rule.items():
        rule, rulebook = rules[name]
        if not rule.report:
            continue
        messages = Messages(rule, rulebook, stream, [one.touch for one in ones])
        for position, one in enumerate(ones):
            touch, *others = who.of(one.touch)
            rows.append(
                (
                    *(finding_id(rulebook.name, name, touch), rulebook.name, name, rule.severity, one.at),
                    *(touch, *others, one.value),
                    *(messages.say(position, one.value), messages.advise(position, one.value)),
                )
            )
    rows.sort(key=lambda row: (row[4], row[5], row[2]))
    return _table(rows, FINDINGS)


def make_expectations(settled: Sequence[Settled], rules: Rules, stream: Stream) -> pa.Table:
    """Return the table of all expectations; those name their touches by their rows."""
    who = _Who(stream)
    rows: list[tuple[Any, ...]] = []
    for one in settled:
        by = None if one.settled_by is None else who.of(one.settled_by)[0]
        rows.append(
            (
                *(rules[one.rule][1].name, one.rule, *who.of(one.trigger)),
                *(one.opened_at, one.after, one.by, one.status, one.settled_at, by),
            )
        )
    rows.sort(key=lambda row: (row[6], row[2], row[1]))
    return _table(rows, EXPECTATIONS)


def make_facts(periods: Sequence[Period], facts: Mapping[str, Fact], stream: Stream) -> pa.Table:
    """Return the table of the periods in which facts stood; those name their touches by their rows."""
    who = _Who(stream)
    rows: list[tuple[Any, ...]] = [
        (one.fact, facts[one.fact].per, one.key, one.since, one.until, who.of(one.touch)[0])
        for one in periods
    ]
    rows.sort(key=lambda row: (row[0], row[2], row[3], row[5]))
    return _table(rows, FACTS)


class _Who:
    """Who a touch concerns, by its row."""

    def __init__(self, stream: Stream) -> None:
        self._columns = [stream.column(name) for name in ("touch_id", "contact_id", "account_id", "rep_id")]

    def of(self, row: Any) -> list[Any]:
        """Return touch_id, contact_id, account_id and rep_id."""
        return [column[row] for column in self._columns]


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
