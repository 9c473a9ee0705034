"""The tables of a replay: what stands in them and in which order."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow as pa
import pytest

from tests.replay.findings import (
    START,
    random_expectations,
    random_findings,
    random_periods,
    random_stream,
    stream_of,
    with_dictionaries,
)
from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.language.load import parse_rulebook
from touchrules.model.touches import KEYS
from touchrules.replay import columns as replay_columns
from touchrules.replay.columns import Columns, as_texts
from touchrules.replay.tables import (
    EXPECTATIONS,
    FACTS,
    FINDINGS,
    finding_id,
    make_expectations,
    make_facts,
    make_findings,
)
from touchrules.streams.stream import Stream

RULEBOOK = """
rulebook: tables
language: 1
facts:
  Known: {from: {kind: call}}
  about-account: {from: {kind: call}, per: account}
  about-rep: {from: {kind: call}, per: rep}
  empty: {from: {kind: call}}
rules:
  - {id: b-late, title: Late, severity: high, when: {}, say: "{contact_name}", expect: {touch: {}, by: 1d}}
  - {id: a-late, title: Late too, severity: low, when: {}, advise: "{kind}", expect: {touch: {}, by: 1d}}
  - {id: hidden, title: Hidden, severity: low, when: {}, report: false}
  - {id: at-once, title: At once, severity: info, when: {}, say: "{at}", advise: "Wait."}
  - {id: never, title: Never, severity: info, when: {}}
"""
BOOK = parse_rulebook(RULEBOOK)
RULES = {rule.id: (rule, BOOK) for rule in BOOK.rules}
WHO = ("touch_id", "contact_id", "account_id", "rep_id")


def random_outcome(seed: int, stream: Stream) -> Outcome:
    """Anything that could come out."""
    random = Random(seed)
    facts = [fact for name, fact in BOOK.facts.items() if name != "empty"]
    return Outcome(
        findings={
            name: random_findings(random, stream, late=name.endswith("late"))
            for name in RULES
            if name != "never"
        },
        expectations={name: random_expectations(random, stream) for name in ("b-late", "a-late")},
        periods={
            fact.name: random_periods(random, stream, KEYS[fact.per], late=fact.name == "Known")
            for fact in facts
        },
    )


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table, their instants in microseconds."""
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(pa.int64()))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def who(stream: Stream, row: int) -> dict[str, Any]:
    """Whom a touch concerns."""
    return {name: stream.column(name)[row] for name in WHO}


@pytest.fixture(params=range(12))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=[False, True], ids=["plain", "coded"])
def stream(request: pytest.FixtureRequest, seed: int) -> Stream:
    made = random_stream(seed)
    return with_dictionaries(made) if request.param else made


def test_findings_are_those_of_rules_that_report_by_at_touch_and_rule(seed: int, stream: Stream) -> None:
    plain = random_stream(seed)
    outcome = random_outcome(seed, plain)
    table = make_findings(outcome, RULES, Columns(stream))
    rows = rows_of(table)
    expected = [
        {
            "rulebook": "tables",
            "rule": name,
            "severity": RULES[name][0].severity,
            "at": at,
            **who(plain, row),
            "value": None if value != value else value,  # noqa: PLR0124 - NaN
            "finding_id": finding_id("tables", name, plain.column("touch_id")[row]),
        }
        for name, found in outcome.findings.items()
        if name != "hidden"
        for row, at, value in zip(
            found.rows.tolist(),
            found.at.tolist(),
            [float("nan")] * len(found.rows) if found.values is None else found.values.tolist(),
            strict=True,
        )
    ]
    expected.sort(key=lambda row: (row["at"], row["touch_id"], row["rule"]))
    told = [(row.pop("message"), row.pop("advice")) for row in rows]
    assert rows == expected
    assert (table.schema, {column.num_chunks for column in table.columns}) == (FINDINGS, {1})
    assert {one for one, row in zip(told, rows, strict=True) if row["rule"] == "a-late"} <= {
        ("Late too", "call"),
        ("Late too", "email"),
    }
    names = dict(zip(plain.column("touch_id"), plain.column("contact_name"), strict=True))
    for (message, advice), row in zip(told, rows, strict=True):
        if row["rule"] == "b-late":
            name = names[row["touch_id"]]
            assert (message, advice) == ("?" if name is None else name, None)


def test_expectations_are_by_opening_touch_and_rule(seed: int, stream: Stream) -> None:
    plain = random_stream(seed)
    outcome = random_outcome(seed, plain)
    ids = [*plain.column("touch_id"), None]
    expected = []
    for name, one in outcome.expectations.items():
        for place, row in enumerate(one.rows.tolist()):
            status = STATUSES[one.status[place]]
            expected.append(
                {
                    "rulebook": "tables",
                    "rule": name,
                    **who(plain, row),
                    "opened_at": plain.column("at")[row],
                    "after": one.after[place],
                    "by": one.by[place],
                    "status": status,
                    "settled_at": None if status == "open" else one.settled_at[place],
                    "settled_by": ids[one.settled_by[place]],
                }
            )
    expected.sort(key=lambda row: (row["opened_at"], row["touch_id"], row["rule"]))
    table = make_expectations(outcome, RULES, Columns(stream))
    assert rows_of(table) == expected
    assert (table.schema, {column.num_chunks for column in table.columns}) == (EXPECTATIONS, {1})


def test_facts_are_by_name_key_since_and_touch(seed: int, stream: Stream) -> None:
    plain = random_stream(seed)
    outcome = random_outcome(seed, plain)
    expected = [
        {
            "fact": name,
            "per": BOOK.facts[name].per,
            "key": plain.column(KEYS[BOOK.facts[name].per])[row],
            "since": one.since[place],
            "until": None if one.stands[place] else one.until[place],
            "touch_id": plain.column("touch_id")[row],
        }
        for name, one in outcome.periods.items()
        for place, row in enumerate(one.rows.tolist())
    ]
    expected.sort(key=lambda row: (row["fact"], row["key"], row["since"], row["touch_id"]))
    table = make_facts(outcome, BOOK.facts, Columns(stream))
    assert rows_of(table) == expected
    assert (table.schema, {column.num_chunks for column in table.columns}) == (FACTS, {1})


def test_nothing_gives_tables_without_rows() -> None:
    columns = Columns(random_stream(1))
    tables = (
        make_findings(Outcome(), RULES, columns),
        make_expectations(Outcome(), RULES, columns),
        make_facts(Outcome(), BOOK.facts, columns),
    )
    assert [table.schema for table in tables] == [FINDINGS, EXPECTATIONS, FACTS]
    assert [len(table) for table in tables] == [0, 0, 0]


def test_a_stream_without_accounts_and_reps_has_findings() -> None:
    stream = stream_of([{"touch_id": "a", "at": START, "contact_id": "c", "kind": "call"}])
    outcome = Outcome(findings={"at-once": random_findings(Random(5), stream)})
    (row,) = make_findings(outcome, RULES, Columns(stream)).to_pylist()
    assert (row["touch_id"], row["account_id"], row["rep_id"]) == ("a", None, None)


def test_more_text_than_one_array_holds_is_several_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_columns, "_FULL", 20)
    monkeypatch.setattr(replay_columns, "_PIECE", 6)
    texts = ["a", None, "bcde", "fghijklmnop", "", "qr", "stu", "v", None]
    made = as_texts(pa.array(texts, pa.large_string()))
    assert made.type == pa.string()
    assert made.to_pylist() == texts
    assert [len(piece) for piece in made.chunks] == [3, 1, 5]
