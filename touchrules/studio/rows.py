"""The rules as the list on the left shows them."""

from __future__ import annotations

from typing import Any

import numpy as np

from touchrules.engines.outcome import Outcome
from touchrules.replay.columns import Rows
from touchrules.studio.impact import Impacts
from touchrules.studio.state import StudioState


def rule_rows(studio: StudioState, impacts: Impacts) -> list[dict[str, Any]]:
    """Return the rules that report, with what they find now and found as saved."""
    now, saved = studio.tuning.outcome(), studio.tuning.outcome(studio.saved)
    return [
        {
            "id": rule.id,
            "title": rule.title,
            "rulebook": book.title or book.name,
            "severity": rule.severity,
            "enabled": rule.enabled,
            "looked": now.looked.get(rule.id, 0),
            "found": now.found(rule.id),
            "saved_found": saved.found(rule.id),
            "weeks": impacts.by_week(_rows_of(now, rule.id)).tolist(),
            "marks": [],
        }
        for book in studio.state.rulebooks
        for rule in book.rules
        if rule.report
    ]


def _rows_of(outcome: Outcome, rule: str) -> Rows:
    return outcome.findings[rule].rows if rule in outcome.findings else np.zeros(0, np.int64)
