"""What a touch is: its fields and their types."""

from __future__ import annotations

from typing import Final, Literal

FieldType = Literal["text", "number", "boolean", "timestamp"]

# Fields of language.md, section 1, in its order.
TOUCH_FIELDS: Final[dict[str, FieldType]] = {
    "touch_id": "text",
    "at": "timestamp",
    "contact_id": "text",
    "account_id": "text",
    "rep_id": "text",
    "kind": "text",
    "direction": "text",
    "outcome": "text",
    "duration_s": "number",
    "subject": "text",
    "text": "text",
    "topic": "text",
    "reason": "text",
    "objective": "text",
    "campaign": "text",
    "step": "number",
    "promised_at": "timestamp",
    "referred_by": "text",
    "referred_to": "text",
    "from_number": "text",
    "to_number": "text",
    "timezone": "text",
    "contact_name": "text",
    "company_name": "text",
    "title": "text",
    "level": "text",
    "icp": "boolean",
    "stage": "text",
}
REQUIRED_FIELDS: Final = ("touch_id", "at", "contact_id", "kind")

# Worked out for every touch in the contact's own zone; they override columns of the same name.
DERIVED_FIELDS: Final[dict[str, FieldType]] = {
    "local_hour": "number",
    "weekday": "text",
    "local_date": "text",
}
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Words of the filter language that no column and no signal may be called.
RESERVED_NAMES: Final = frozenset({"any", "not", "found"})

# The short names of `per`.
KEYS: Final[dict[str, str]] = {"contact": "contact_id", "account": "account_id", "rep": "rep_id"}
