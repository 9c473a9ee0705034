"""The plain words of a description: numbers, durations, fields, keys and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from touchrules.model.durations import DAY, HOUR, MINUTE, SECOND, write_time_of_day
from touchrules.model.filters import Comparison, Constant, Number, Text, Truth
from touchrules.model.lookbacks import Threshold

# A kind of touch: one, several, and how a trigger of it is told when we made it and when they made it.
KINDS: Final[dict[str, tuple[str, str, str, str]]] = {
    "call": ("a call", "calls", "a rep calls", "the contact calls"),
    "voicemail": ("a voicemail", "voicemails", "a rep leaves a voicemail", "the contact leaves a voicemail"),
    "email": ("an e-mail", "e-mails", "a rep sends an e-mail", "the contact sends an e-mail"),
    "sms": (
        "a text message",
        "text messages",
        "a rep sends a text message",
        "the contact sends a text message",
    ),
    "social": (
        "a social message",
        "social messages",
        "a rep sends a social message",
        "the contact sends a social message",
    ),
    "meeting": ("a meeting", "meetings", "a rep holds a meeting", "the contact holds a meeting"),
    "gatekeeper": (
        "a talk with a gatekeeper",
        "talks with a gatekeeper",
        "a rep talks with a gatekeeper",
        "a gatekeeper calls",
    ),
    "referral": ("a referral", "referrals", "a rep passes on a referral", "the contact is referred to us"),
    "form": ("a form", "forms", "a rep fills in a form", "the contact fills in a form"),
    "download": ("a download", "downloads", "a rep downloads something", "the contact downloads something"),
    "visit": ("a visit", "visits", "a rep makes a visit", "the contact visits us"),
    "note": ("a note", "notes", "a rep writes a note", "the contact leaves a note"),
    "stage": (
        "a change of stage",
        "changes of stage",
        "a rep changes the stage",
        "the contact changes the stage",
    ),
    "opt_out": ("an opt-out", "opt-outs", "a rep records an opt-out", "the contact opts out"),
}
OUTREACH: Final = frozenset({"call", "voicemail", "email", "sms", "social"})
"""The kinds that together are told as reaching out."""
REACHING_OUT: Final = (
    "an attempt to reach out",
    "attempts to reach out",
    "a rep reaches out",
    "the contact reaches out",
)
REACHING_OUT_MEANS: Final = (
    "To reach out is to call, or to leave or send a voicemail, an e-mail, a text message or a social message."
)
# How the person stands behind what a rep does.
TOWARDS: Final = {
    "a rep calls": "",
    "a rep leaves a voicemail": "for ",
    "a rep sends an e-mail": "to ",
    "a rep sends a text message": "to ",
    "a rep sends a social message": "to ",
    "a rep reaches out": "to ",
}
DIRECTIONS: Final = {"outbound": "by us", "inbound": "from them", "internal": "among ourselves"}

FIELDS: Final = {
    "at": "the time",
    "touch_id": "the touch",
    "contact_id": "the contact",
    "account_id": "the account",
    "rep_id": "the rep",
    "kind": "the kind",
    "direction": "the direction",
    "outcome": "the outcome",
    "duration_s": "the duration",
    "subject": "the subject",
    "text": "the text",
    "topic": "the topic",
    "reason": "the reason",
    "objective": "the objective",
    "campaign": "the campaign",
    "step": "the step",
    "promised_at": "the promised time",
    "referred_by": "the referrer",
    "referred_to": "the person referred to",
    "from_number": "the caller's number",
    "to_number": "the number called",
    "timezone": "the contact's time zone",
    "contact_name": "the contact's name",
    "company_name": "the company's name",
    "title": "the contact's title",
    "level": "the contact's level",
    "stage": "the stage",
    "local_hour": "the contact's local time",
    "weekday": "the weekday",
    "local_date": "the contact's local date",
}
PLURALS: Final = {
    "contact_id": "contacts",
    "account_id": "accounts",
    "rep_id": "reps",
    "kind": "kinds of touch",
    "outcome": "outcomes",
    "text": "texts",
    "subject": "subjects",
    "topic": "topics",
    "reason": "reasons",
    "campaign": "campaigns",
    "step": "steps",
    "local_date": "days",
}
_DAYS: Final = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_LEVELS: Final = {"ic": "individual contributor", "vp": "VP", "c_level": "C level"}
_PLAIN_FIELDS: Final = frozenset({"kind", "direction", "outcome", "level", "stage", "weekday"})
SCOPES: Final = {
    "contact_id": "with the same contact",
    "account_id": "with the same account",
    "rep_id": "of the same rep",
}
COMPARISONS: Final[dict[Comparison, str]] = {
    "more_than": "more than",
    "at_least": "at least",
    "less_than": "less than",
    "at_most": "at most",
    "exactly": "exactly",
}
_TIMES: Final[dict[Comparison, str]] = {
    "more_than": "after",
    "at_least": "at or after",
    "less_than": "before",
    "at_most": "at or before",
    "exactly": "exactly",
}


def say_list(words: Iterable[str], last: str = "and") -> str:
    """Join words as one says them.

    >>> say_list(["a", "b", "c"], "or")
    'a, b or c'
    """
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def say_clauses(clauses: Sequence[str], last: str = "and") -> str:
    """Join clauses, with a comma before each joining word where there are more than two.

    >>> say_clauses(["a is b", "c is d"])
    'a is b and c is d'
    """
    return f" {last} ".join(clauses) if len(clauses) < 3 else f", {last} ".join(clauses)


def say_number(number: float) -> str:
    """Print a number, integral ones without a point.

    >>> say_number(3.0), say_number(0.25)
    ('3', '0.25')
    """
    return f"{int(number):,}" if float(number).is_integer() else repr(float(number))


def say_duration(microseconds: int) -> str:
    """Print a duration in words.

    >>> say_duration(90 * MINUTE)
    '1 hour 30 minutes'
    """
    rest = abs(microseconds)
    parts = []
    for unit, size in (("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        count, rest = divmod(rest, size)
        parts += [say_count(count, unit)] if count else []
    if rest or not parts:
        parts.append(say_count(rest / SECOND, "second"))
    return " ".join(parts)


def say_last(microseconds: int) -> str:
    """Print how far back one looks.

    >>> say_last(DAY), say_last(2 * DAY)
    ('in the last day', 'in the last 2 days')
    """
    said = say_duration(microseconds)
    return f"in the last {said.removeprefix('1 ') if said.count(' ') == 1 else said}"


def say_count(count: float, unit: str) -> str:
    """Print a count with its unit.

    >>> say_count(1, "day"), say_count(2, "day")
    ('1 day', '2 days')
    """
    return f"{say_number(count)} {unit}{'' if count == 1 else 's'}"


def say_word(word: str) -> str:
    """Print a name of the rulebook as words.

    >>> say_word("walked_away")
    'walked away'
    """
    return word.replace("_", " ")


def say_constant(field: str, constant: Constant) -> str:
    """Print a literal as the field's readers say it; free texts in quotes."""
    match constant:
        case Number(value):
            return say_amount(field, value)
        case Truth(value):
            return "true" if value else "false"
        case Text(value) if field in _PLAIN_FIELDS:
            return _DAYS.get(value) or _LEVELS.get(value) or say_word(value)
        case Text(value):
            return f'"{value}"'


def say_amount(field: str, value: float) -> str:
    """Print a number as that field means it: a duration, a time of day, or just the number."""
    if field == "duration_s":
        return say_duration(round(value * SECOND))
    if field == "local_hour" and 0 <= value <= 24:
        return write_time_of_day(round(value * HOUR))
    return say_number(value)


def say_comparison(field: str, how: Comparison) -> str:
    """Print a compare: a time is before or after another, a number more or less."""
    return _TIMES[how] if field == "local_hour" else COMPARISONS[how]


def say_thresholds(field: str, compare: Sequence[Threshold]) -> str:
    """Print what a value is compared with.

    >>> say_thresholds("", [Threshold(how="at_least", value=3), Threshold(how="less_than", value=6)])
    'at least 3 and less than 6'
    """
    return say_list(f"{say_comparison(field, one.how)} {say_amount(field, one.value)}" for one in compare)
