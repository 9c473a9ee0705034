"""The rules as the list on the left shows them."""

from __future__ import annotations

from typing import Any

from touchrules.studio.impact import Impacts
from touchrules.studio.state import StudioState


def rule_rows(studio: StudioState, impacts: Impacts) -> list[dict[str, Any]]:
    """Return the rules that report, with what they find now and found as saved, within the scope."""
    looked = impacts.looked(studio.state)
    rows = []
    for book in studio.state.rulebooks:
        for rule in book.rules:
            if rule.report:
                found = impacts.found(rule.id, studio.state)
                rows.append(
                    {
                        "id": rule.id,
                        "title": rule.title,
                        "rulebook": book.title or book.name,
                        "severity": rule.severity,
                        "enabled": rule.enabled,
                        "looked": looked.get(rule.id, 0),
                        "found": len(found),
                        "saved_found": len(impacts.found(rule.id, studio.saved)),
                        "weeks": impacts.by_week(found).tolist(),
                        "marks": [],
                    }
                )
    return rows
