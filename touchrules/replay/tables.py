"""The three tables that a replay gives: findings, expectations and facts (language.md, section 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.engines.outcome import STATUSES, Outcome
from touchrules.model.rules import Fact, Rule, Rulebook
from touchrules.model.touches import KEYS
from touchrules.replay.columns import LONG_TEXT, Columns, Rows, as_texts
from touchrules.replay.messages import Reported, write_messages
from touchrules.replay.ordering import Order, Ranks, order_by_group, order_by_instant, order_by_row
from touchrules.streams.stream import NUMBER, TEXT, TIMESTAMP

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

_ID_BYTES: Final = 8


def finding_id(rulebook: str, rule: str, touch_id: str) -> str:
    """Return the id of a finding, the same in every replay.

    >>> finding_id("voicemail", "voicemail-to-a-stranger", "t1")
    '3e828bf69b0582d4'
    """
    return _digest(_prefix(rulebook, rule) + touch_id.encode()).hex()


def _prefix(rulebook: str, rule: str) -> bytes:
    return f"{rulebook}/{rule}/".encode()


def _digest(named: bytes) -> bytes:
    return sha256(named).digest()[:_ID_BYTES]


def make_findings(outcome: Outcome, rules: Rules, columns: Columns) -> pa.Table:
    """Return the table of the findings that rules report."""
    found = [
        Reported(rule=rules[name][0], rulebook=rules[name][1], findings=findings)
        for name in sorted(outcome.findings)
        if rules[name][0].report and len((findings := outcome.findings[name]).rows)
    ]
    if not found:
        return _table(FINDINGS, {})
    which = _numbered([len(one.findings.rows) for one in found])
    rows = np.concatenate([one.findings.rows for one in found])
    at = np.concatenate([one.findings.at for one in found])
    order = order_by_instant(at, rows, which, columns)
    told = list(write_messages(found, columns))
    made = {
        "finding_id": _finding_ids(found, rows, order, columns),
        "rulebook": _each([one.rulebook.name for one in found], which[order]),
        "rule": _each([one.rule.id for one in found], which[order]),
        "severity": _each([one.rule.severity for one in found], which[order]),
        "at": pa.array(at[order]),
        "value": _values(found, order),
        "message": _join_texts([one.say for one in told], which, order),
        "advice": _join_texts([one.advise for one in told], which, order),
    }
    return _table(FINDINGS, made | _who(columns, rows[order]))


def _finding_ids(found: Sequence[Reported], rows: Rows, order: Order, columns: Columns) -> pa.Array:
    """Return the ids of findings whose rows are given rule after rule, put in order."""
    names = columns.texts("touch_id", rows).cast(pa.large_binary())
    digests: list[bytes] = []
    start = 0
    for one in found:
        prefix = _prefix(one.rulebook.name, one.rule.id)
        of_rule = names.slice(start, len(one.findings.rows)).to_pylist()
        digests.append(b"".join([sha256(prefix + name).digest()[:_ID_BYTES] for name in of_rule]))
        start += len(of_rule)
    ordered = np.frombuffer(b"".join(digests), np.uint64)[order]
    written = ordered.tobytes().hex().encode()
    ends = np.arange(0, len(written) + 1, 2 * _ID_BYTES, dtype=np.int64)
    return pa.LargeStringArray.from_buffers(len(order), pa.py_buffer(ends), pa.py_buffer(written))


def _values(found: Sequence[Reported], order: Order) -> pa.Array:
    """Return the numbers behind findings, in order; null where there is none."""
    none = np.float64(np.nan)
    parts = [one.findings.values for one in found]
    lengths = [len(one.findings.rows) for one in found]
    filled = [
        np.full(length, none) if part is None else part for part, length in zip(parts, lengths, strict=True)
    ]
    values = np.concatenate(filled)[order]
    return pa.array(values, mask=np.isnan(values))


def _join_texts(told: Sequence[str | pa.Array | None], which: Ranks, order: Order) -> pa.Array:
    """Return what is told of findings, in order: for each rule a text for all of them, or one for each.

    `which`: the position of each finding's rule, ascending.
    """
    places = which.copy()
    parts = [pa.array([one if isinstance(one, str) else None for one in told], LONG_TEXT)]
    known = len(told)
    starts = np.searchsorted(which, np.arange(len(told)))
    for one, start in zip(told, starts, strict=True):
        if isinstance(one, pa.Array):
            parts.append(one)
            places[start : start + len(one)] = np.arange(known, known + len(one))
            known += len(one)
    return pa.concat_arrays(parts).take(pa.array(places[order]))


def make_expectations(outcome: Outcome, rules: Rules, columns: Columns) -> pa.Table:
    """Return the table of all expectations."""
    ones = [(rules[name], one) for name, one in sorted(outcome.expectations.items()) if len(one.rows)]
    if not ones:
        return _table(EXPECTATIONS, {})
    which = _numbered([len(one.rows) for _, one in ones])
    rows = np.concatenate([one.rows for _, one in ones])
    order = order_by_row(rows, which)
    which, rows = which[order], rows[order]
    status = np.concatenate([one.status for _, one in ones])[order]
    settled_at = np.concatenate([one.settled_at for _, one in ones])[order]
    settled_by = np.concatenate([one.settled_by for _, one in ones])[order]
    made = {
        "rulebook": _each([book.name for (_, book), _ in ones], which),
        "rule": _each([rule.id for (rule, _), _ in ones], which),
        "opened_at": pa.array(columns.at[rows]),
        "after": pa.array(np.concatenate([one.after for _, one in ones])[order]),
        "by": pa.array(np.concatenate([one.by for _, one in ones])[order]),
        "status": _each(STATUSES, status),
        "settled_at": pa.array(settled_at, mask=status == STATUSES.index("open")),
        "settled_by": columns.texts("touch_id", settled_by),
    }
    return _table(EXPECTATIONS, made | _who(columns, rows))


def make_facts(outcome: Outcome, facts: Mapping[str, Fact], columns: Columns) -> pa.Table:
    """Return the table of the periods in which facts stood."""
    ones = [(facts[name], one) for name, one in sorted(outcome.periods.items()) if len(one.rows)]
    if not ones:
        return _table(FACTS, {})
    keys = _Keys(columns)
    coded = [keys.codes(KEYS[fact.per], one.rows) for fact, one in ones]
    orders = [
        order_by_group(codes, one.since, one.rows, columns)
        for codes, (_, one) in zip(coded, ones, strict=True)
    ]

    def join(parts: Iterable[npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.concatenate([part[order] for part, order in zip(parts, orders, strict=True)])

    lengths = [len(one.rows) for _, one in ones]
    made = {
        "fact": _repeat([fact.name for fact, _ in ones], lengths),
        "per": _repeat([fact.per for fact, _ in ones], lengths),
        "key": keys.texts.take(pa.array(join(coded))),
        "since": pa.array(join(one.since for _, one in ones)),
        "until": pa.array(join(one.until for _, one in ones), mask=join(one.stands for _, one in ones)),
        "touch_id": columns.texts("touch_id", join(one.rows for _, one in ones)),
    }
    return _table(FACTS, made)


class _Keys:
    """Contacts, accounts and reps by numbers, those of one field in their order by code point."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._ranks: dict[str, Ranks] = {}
        self.texts = pa.array([], LONG_TEXT)

    def codes(self, field: str, rows: Rows) -> Ranks:
        """Return a number for the field at each of some rows, none of which lacks it."""
        codes, texts = self._columns.coded(field)
        if field not in self._ranks:
            order = pc.sort_indices(texts)
            ranks = np.empty(len(order), np.int64)
            ranks[order.to_numpy()] = np.arange(len(self.texts), len(self.texts) + len(order))
            self._ranks[field] = ranks
            self.texts = pa.concat_arrays([self.texts, texts.take(order).cast(LONG_TEXT)])
        return self._ranks[field][codes[rows]]


def _who(columns: Columns, rows: Rows) -> dict[str, pa.Array]:
    """Return whom the touches at some rows concern."""
    names = ("touch_id", "contact_id", "account_id", "rep_id")
    return {name: columns.texts(name, rows) for name in names}


def _numbered(lengths: Sequence[int]) -> Ranks:
    """Return the position of each length, as many times as it says."""
    return np.repeat(np.arange(len(lengths)), lengths)


def _each(texts: Sequence[str], which: npt.NDArray[np.integer[Any]]) -> pa.Array:
    """Return the text at each position."""
    return pa.array(texts, LONG_TEXT).take(pa.array(which))


def _repeat(texts: Sequence[str], lengths: Sequence[int]) -> pa.Array:
    """Return each text as many times as its length says."""
    ends = pa.array(np.cumsum(lengths))
    return pc.run_end_decode(pa.RunEndEncodedArray.from_arrays(ends, pa.array(texts, LONG_TEXT)))


def _table(schema: pa.Schema, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Return columns as a table of that schema; without columns it is empty."""
    arrays = [columns.get(field.name, pa.array([], field.type)) for field in schema]
    typed = [
        as_texts(array) if pa.types.is_large_string(array.type) else array.cast(field.type)
        for array, field in zip(arrays, schema, strict=True)
    ]
    return pa.Table.from_arrays(typed, schema=schema)
