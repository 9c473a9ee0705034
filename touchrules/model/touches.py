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

# What each field holds, as an editor tells it.
ABOUT_FIELDS: Final[dict[str, str]] = {
    "touch_id": "the name of this touch, unique in the stream",
    "at": "when the touch was",
    "contact_id": "the person touched",
    "account_id": "the person's company",
    "rep_id": "who made or received the touch",
    "kind": "what kind of touch it was",
    "direction": "who touched whom",
    "outcome": "what came of it",
    "duration_s": "how long it took, in seconds",
    "subject": "the subject line",
    "text": "the body, transcript or notes",
    "topic": "what it was about",
    "reason": "why this person, and why now",
    "objective": "what the rep wanted from it",
    "campaign": "the sequence or cadence",
    "step": "the step in its sequence",
    "promised_at": "when the rep promised, in this touch, to be back in touch",
    "referred_by": "who referred us to this contact",
    "referred_to": "the contact_id of the person we were sent to",
    "from_number": "the number that called",
    "to_number": "the number that was called",
    "timezone": "the contact's time zone, such as Europe/Berlin",
    "contact_name": "the contact's name",
    "company_name": "the company's name",
    "title": "the contact's title",
    "level": "how high the contact stands",
    "icp": "whether the contact fits the ideal customer profile",
    "stage": "the opportunity's stage after this touch",
    "local_hour": "the hour on the contact's clock; half past nine is 9.5",
    "weekday": "the day of the week where the contact is",
    "local_date": "the date where the contact is, as YYYY-MM-DD",
}

# The words that these fields hold as a rule; kinds and outcomes may be others.
KNOWN_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "kind": (
        *("call", "voicemail", "email", "sms", "social", "meeting", "gatekeeper", "referral"),
        *("form", "download", "visit", "note", "stage", "opt_out"),
    ),
    "direction": ("outbound", "inbound", "internal"),
    "outcome": (
        *("connected", "no_answer", "wrong_person", "not_interested", "no_project", "callback_agreed"),
        *("meeting_booked", "replied", "bounced", "in_meeting", "away", "assistant", "do_not_contact"),
    ),
    "level": ("ic", "manager", "director", "vp", "c_level"),
    "weekday": WEEKDAYS,
}

# The short names of `per`.
KEYS: Final[dict[str, str]] = {"contact": "contact_id", "account": "account_id", "rep": "rep_id"}
