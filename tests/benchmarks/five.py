"""Five rules of four sorts of people: as a rulebook, as SQL, and as an analyst would write them in pandas.

Each gives the same touches for the same rules, to the row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

RULEBOOK: Final = """
rulebook: five
language: 1
facts:
  known: {from: {any: [{outcome: connected}, {kind: meeting}, {direction: inbound}]}, for: 180d}
  wrong_person: {from: {outcome: wrong_person}, until: {direction: inbound}}
rules:
  - id: cap-in-a-window
    title: At most three calls in a week
    severity: medium
    when: {kind: call, direction: outbound}
    where: [{count: {kind: call, direction: outbound}, within: 7d, more_than: 3}]
    say: "{value} calls in a week"
  - id: strangers-voicemail
    title: No voicemail for a stranger
    severity: high
    when: {kind: voicemail, direction: outbound}
    unless: known
  - id: touch-after-wrong-person
    title: They told us that they are the wrong person
    severity: high
    when: {direction: outbound}
    given: wrong_person
  - id: broken-promise
    title: Call back when you said
    severity: high
    when: {direction: outbound, promised_at: {exists: true}}
    expect:
      touch: {direction: outbound}
      after: promised_at - 1h
      by: promised_at + 1d
      cancel: {direction: inbound}
  - id: walk-away
    title: Walk away after six touches without an answer
    severity: low
    when: {direction: outbound}
    where:
      - count: {direction: outbound}
        since_last: {any: [{direction: inbound}, {outcome: connected}]}
        more_than: 6
    say: "{value} touches without an answer"
"""

SQL: Final[Mapping[str, str]] = {
    # The fourth call in a week: the third one before it is not a week old.
    "cap-in-a-window": """
        SELECT touch_id FROM touches WHERE kind = 'call' AND direction = 'outbound'
        QUALIFY lag(moment, 3) OVER (PARTITION BY contact_id ORDER BY moment, touch_id)
            > moment - INTERVAL 7 DAY
    """,
    "strangers-voicemail": """
        SELECT touch_id FROM (
            SELECT touch_id, kind, direction, moment, max(moment) FILTER (
                WHERE outcome = 'connected' OR kind = 'meeting' OR direction = 'inbound'
            ) OVER (
                PARTITION BY contact_id ORDER BY moment, touch_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS known_at
            FROM touches
            WHERE kind IN ('voicemail', 'meeting') OR outcome = 'connected' OR direction = 'inbound'
        )
        WHERE kind = 'voicemail' AND direction = 'outbound'
        AND coalesce(moment >= known_at + INTERVAL 180 DAY, true)
    """,
    "touch-after-wrong-person": """
        SELECT touch_id FROM (
            SELECT touch_id, direction, last_value(
                CASE WHEN outcome = 'wrong_person' THEN true WHEN direction = 'inbound' THEN false END
                IGNORE NULLS
            ) OVER (
                PARTITION BY contact_id ORDER BY moment, touch_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS wrong
            FROM touches
            WHERE contact_id IN (SELECT contact_id FROM touches WHERE outcome = 'wrong_person')
        )
        WHERE wrong AND direction = 'outbound'
    """,
    "broken-promise": """
        SELECT touch_id FROM touches AS promise
        WHERE direction = 'outbound' AND promised_at + INTERVAL 1 DAY >= moment
        AND promised_at + INTERVAL 1 DAY <= (SELECT max(moment) FROM touches)
        AND NOT EXISTS (
            FROM touches AS later
            WHERE later.contact_id = promise.contact_id
            AND (later.moment, later.touch_id) > (promise.moment, promise.touch_id)
            AND later.moment <= promise.promised_at + INTERVAL 1 DAY
            AND (
                later.direction = 'inbound'
                OR (later.direction = 'outbound' AND later.moment >= promise.promised_at - INTERVAL 1 HOUR)
            )
        )
    """,
    # Tries so far, without those up to the last answer before this touch.
    "walk-away": """
        SELECT touch_id FROM (
            SELECT touch_id, direction, tried, max(tried) FILTER (WHERE answered) OVER (
                PARTITION BY contact_id ORDER BY moment, touch_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS before
            FROM (
                SELECT touch_id, contact_id, moment, direction,
                direction = 'inbound' OR coalesce(outcome = 'connected', false) AS answered,
                count(*) FILTER (WHERE direction = 'outbound') OVER (
                    PARTITION BY contact_id ORDER BY moment, touch_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS tried
                FROM touches
            )
        )
        WHERE direction = 'outbound' AND tried - coalesce(before, 0) > 6
    """,
}
"""On a table `touches` with the fields by their names, but `moment` for `at`, a word of SQL."""

TUNED_SQL: Final[Mapping[str, str]] = {
    "cap-in-a-window": """
        SELECT touch_id FROM touches WHERE kind = 'call' AND direction = 'outbound'
        QUALIFY lag(moment, 3) OVER (PARTITION BY contact_id ORDER BY row) > moment - INTERVAL 7 DAY
    """,
    "strangers-voicemail": """
        SELECT touch_id FROM touches AS message
        WHERE kind = 'voicemail' AND direction = 'outbound' AND NOT EXISTS (
            FROM touches AS told
            WHERE told.contact_id = message.contact_id AND told.row < message.row
            AND told.moment > message.moment - INTERVAL 180 DAY
            AND (told.outcome = 'connected' OR told.kind = 'meeting' OR told.direction = 'inbound')
        )
    """,
    "touch-after-wrong-person": SQL["touch-after-wrong-person"].replace("moment, touch_id", "row"),
    "broken-promise": SQL["broken-promise"].replace(
        "(later.moment, later.touch_id) > (promise.moment, promise.touch_id)", "later.row > promise.row"
    ),
    # The sixth try before this one is later than the last answer.
    "walk-away": """
        SELECT touch_id FROM (
            SELECT touch_id, contact_id, row, lag(row, 6) OVER (PARTITION BY contact_id ORDER BY row) AS sixth
            FROM touches WHERE direction = 'outbound' QUALIFY sixth IS NOT NULL
        ) AS try ASOF LEFT JOIN (
            SELECT contact_id, row FROM touches WHERE direction = 'inbound' OR outcome = 'connected'
        ) AS answer ON answer.contact_id = try.contact_id AND answer.row < try.row
        WHERE coalesce(answer.row < sixth, true)
    """,
}
"""On a table as above, with `row`, the place of a touch in the stream; contacts are integers, words ENUM."""

Found = Mapping[str, pa.ChunkedArray]
"""The touch_id of each touch that a rule found, in any order."""


def find_by_pandas(touches: pd.DataFrame, *, tuned: bool = False) -> Found:
    """Return what the pandas code finds in touches that stand in stream order, numbered from 0.

    `tuned`: a slow window is replaced by what comes to the same.
    """
    outbound = touches["direction"] == "outbound"
    inbound = touches["direction"] == "inbound"
    found = {
        "cap-in-a-window": (_fourth_call_in_a_week if tuned else _cap_in_a_window)(
            touches[outbound & (touches["kind"] == "call")]
        ),
        "strangers-voicemail": _strangers_voicemail(touches, outbound, inbound),
        "touch-after-wrong-person": _touch_after_wrong_person(touches, outbound, inbound),
        "broken-promise": _broken_promise(touches, outbound, inbound),
        "walk-away": _walk_away(touches, outbound, inbound),
    }
    return {rule: pa.chunked_array([pa.array(ids, pa.string())]) for rule, ids in found.items()}


def _cap_in_a_window(calls: pd.DataFrame) -> pd.Series:
    calls = calls.sort_values("contact_id", kind="stable")
    in_a_week = calls.groupby("contact_id").rolling("7D", on="at")["duration_s"].count()
    return calls.loc[(in_a_week > 3).to_numpy(), "touch_id"]


def _fourth_call_in_a_week(calls: pd.DataFrame) -> pd.Series:
    third_before = calls.groupby("contact_id")["at"].shift(3)
    return calls.loc[calls["at"] - third_before < pd.Timedelta("7D"), "touch_id"]


def _strangers_voicemail(touches: pd.DataFrame, outbound: pd.Series, inbound: pd.Series) -> pd.Series:
    told = (touches["outcome"] == "connected") | (touches["kind"] == "meeting") | inbound
    known_at = _latest_before(touches["at"].where(told), touches["contact_id"])
    known = touches["at"] < known_at + pd.Timedelta("180D")
    return touches.loc[(touches["kind"] == "voicemail") & outbound & ~known, "touch_id"]


def _touch_after_wrong_person(touches: pd.DataFrame, outbound: pd.Series, inbound: pd.Series) -> pd.Series:
    wrong = touches["outcome"] == "wrong_person"
    told = pd.Series(np.where(wrong, 1.0, np.where(inbound, 0.0, np.nan)), touches.index)
    return touches.loc[outbound & (_latest_before(told, touches["contact_id"]) == 1), "touch_id"]


def _latest_before(values: pd.Series, contacts: pd.Series) -> pd.Series:
    """Return for each touch the last value that was present before it with its contact."""
    return values.groupby(contacts).shift().groupby(contacts).ffill()


def _broken_promise(touches: pd.DataFrame, outbound: pd.Series, inbound: pd.Series) -> pd.Series:
    row = np.arange(len(touches))
    promises = touches.loc[outbound & touches["promised_at"].notna(), ["touch_id", "contact_id", "at"]]
    promised = touches.loc[promises.index, "promised_at"]
    promises["by"] = promised + pd.Timedelta("1D")
    promises["row"] = row[promises.index] + 1
    promises = promises[(promises["by"] >= promises["at"]) & (promises["by"] <= touches["at"].iloc[-1])]
    due = touches["at"].searchsorted(promised[promises.index] - pd.Timedelta("1h"))
    promises["due_row"] = np.maximum(due, promises["row"])
    later = touches[["contact_id", "at"]].assign(row=row)
    answers = later[inbound].rename(columns={"at": "answered_at"})
    tries = later[outbound].rename(columns={"at": "tried_at", "row": "due_row"})
    promises = pd.merge_asof(promises, answers, on="row", by="contact_id", direction="forward")
    promises = pd.merge_asof(
        promises.sort_values("due_row"), tries, on="due_row", by="contact_id", direction="forward"
    )
    settled = (promises["answered_at"] <= promises["by"]) | (promises["tried_at"] <= promises["by"])
    return promises.loc[~settled, "touch_id"]


def _walk_away(touches: pd.DataFrame, outbound: pd.Series, inbound: pd.Series) -> pd.Series:
    contacts = touches["contact_id"]
    answered = inbound | (touches["outcome"] == "connected")
    answers = answered.groupby(contacts).cumsum() - answered
    in_vain = outbound.groupby([contacts, answers]).cumsum()
    return touches.loc[outbound & (in_vain > 6), "touch_id"]


def digest(found: Found) -> dict[str, str]:
    """Return what tells, for each rule, whether others found the same touches."""
    told = {}
    for rule, ids in found.items():
        joined = "\n".join(sorted(ids.to_pylist()))
        told[rule] = f"{len(ids)} {hashlib.sha256(joined.encode()).hexdigest()[:16]}"
    return told
