"""The tests that lie beside the small rulebook of the studio's tests, and exports of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from touchrules.studio.exporting import Order
from touchrules.studio.exportpreview import Preview, look_ahead
from touchrules.studio.signing import UNSIGNED
from touchrules.studio.state import StudioState

TESTS = """\
rulebook: manners
tests:
  too-many-calls:
    - name: the third of a week
      touches:
        - {at: 2025-03-03 09:00, kind: call}
        - {at: 2025-03-03 10:00, kind: call}
        - {at: 2025-03-03 11:00, kind: call}
      finds: [3]
  idle-opener:
    - name: nothing to say
      touches: [{at: 2025-03-03 09:00, kind: call, text: Just checking in}]
      finds: [1]
"""
MORE_TESTS = """\
  answer:
    - name: nobody answers
      touches: [{at: 2025-03-03 09:00, kind: email, direction: inbound}]
      as_of: 2025-03-10
      finds: [1]
"""


def write_tests(file: Path, text: str = TESTS + MORE_TESTS) -> None:
    """Write tests beside a rulebook."""
    file.with_name(file.name.replace(".rulebook.", ".tests.")).write_text(text)


def ahead(studio: StudioState) -> Preview:
    return look_ahead(studio, "touches.parquet")


def order(studio: StudioState, out: Path, **others: Any) -> Order:
    return Order(preview=ahead(studio), out=out, **{"key": UNSIGNED, **others})


def unheard(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody listens to."""
