"""Two versions of the shipped voicemail rulebook, as a sales director may get them to approve."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from touchrules.production.comparing.version import Version, make_version

RULEBOOKS: Final = Path(__file__).parents[3] / "rulebooks"
TOUCHES: Final = 6_000
_NEW_RULE: Final = """\
  - id: voicemail-on-friday-evening
    title: Leave no voicemail on a Friday afternoon
    why: A message that waits until Monday morning is heard among twenty others.
    source: gatekeepers
    severity: medium
    when: {kind: voicemail, direction: outbound, weekday: fri, local_hour: {at_least: 14}}
    say: "{rep_id} left a voicemail for {contact_name} on a Friday afternoon"
    advise: Call {contact_name} on Tuesday morning instead.

"""
_EDITS: Final = (
    ("version: 1.0.0", "version: 2.0.0"),
    (
        "{type: integer, default: 3, min: 2, max: 10, step: 1,\n     label: Voicemails to one person",
        "{type: integer, default: 4, min: 2, max: 10, step: 1,\n     label: Voicemails to one person",
    ),
    ("{type: duration, default: 1h, min: 5m, max: 8h", "{type: duration, default: 30m, min: 5m, max: 8h"),
    ("demo, demos, demonstration, product tour,", "demonstration, product tour, introductory rate,"),
    ("    severity: medium\n    tags: [G8, voicemail", "    severity: high\n    tags: [G8, voicemail"),
    (
        "the hour at which you will try again, and put both in the record.",
        "the hour of your next call, and set an alarm for it.",
    ),
    ("  # G3 to G6", _NEW_RULE + "  # G3 to G6"),
)


@cache
def before() -> Version:
    """The rulebook as it is shipped."""
    return _version("as shipped", _text())


@cache
def after() -> Version:
    """The rulebook with a limit, a window, phrases, a severity, a text, and two rules changed."""
    text = _text()
    for old, new in _EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    start, end = text.index("  - id: referral-not-on-record"), text.index("  - id: voicemail-on-friday")
    return _version("proposed for March", text[:start] + text[end:])


def _text() -> str:
    return (RULEBOOKS / "voicemail.rulebook.yaml").read_text(encoding="utf-8")


def _version(label: str, text: str) -> Version:
    beside = {"relationship.rulebook.yaml": (RULEBOOKS / "relationship.rulebook.yaml").read_bytes()}
    return make_version(label, {"voicemail.rulebook.yaml": text.encode()}, lambda: beside)
