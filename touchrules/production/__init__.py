"""Rulebooks where reps work: a bundle that carries its own proof, and the engine that runs it.

`load` gives the engine; `touchrules.production.bundle` holds what makes, opens and verifies bundles.
"""

from touchrules.production.live.answers import Answer, ExpectationChange, FactChange, Finding, Told
from touchrules.production.live.engine import LiveEngine, TouchRefused
from touchrules.production.live.touches import BadTouch
from touchrules.production.loading import load

__all__ = [
    "Answer",
    "BadTouch",
    "ExpectationChange",
    "FactChange",
    "Finding",
    "LiveEngine",
    "Told",
    "TouchRefused",
    "load",
]
