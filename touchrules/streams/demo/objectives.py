"""Why a rep of the demo gets in touch and what the rep wants from it."""

from __future__ import annotations

from typing import Final

OBJECTIVES: Final = (
    "learn how they plan today",
    "find out who owns the topic",
    "hear what they have tried so far",
    "agree on a date for the next talk",
    "get the name of their planner",
    "understand what last year looked like",
)
REASONS: Final = (
    "they opened a second site this year",
    "their annual report names the topic",
    "they hire for a role that deals with it",
    "a customer of ours nearby solved the same",
    "new rules for their trade apply from summer",
    "their competitor moved first in spring",
)
FOLLOW_UPS: Final = (
    "they agreed to talk about it today",
    "they wanted to hear what others do",
    "the numbers that they asked about are in",
)
