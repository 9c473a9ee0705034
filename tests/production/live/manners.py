"""Touches of the manners, and what is found of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from touchrules.production import Answer, LiveEngine, TouchRefused

Open = Callable[..., LiveEngine]


def touch(number: int, clock: str, kind: str = "voicemail", **others: Any) -> dict[str, Any]:
    """A touch of the 10th of March."""
    known = {"touch_id": f"t{number}", "at": f"2025-03-10 {clock}", "contact_id": "c1", "account_id": "a1"}
    return {**known, "kind": kind, "direction": "outbound", **others}


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(TouchRefused, match=words):
        yield


def rules(answer: Answer) -> list[str]:
    return [one.rule for one in answer.findings]
