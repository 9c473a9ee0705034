"""Two small rulebooks with their tests, bundles of them, and forgeries of these."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from touchrules.production.bundle.archive import read_archive, write_archive
from touchrules.production.bundle.decoding import write_json
from touchrules.production.bundle.exporting import Provenance, export_bundle, sign
from touchrules.production.bundle.keys import SigningKey
from touchrules.production.bundle.manifest import MANIFEST, SIGNATURE, Manifest, write_record
from touchrules.production.bundle.tuned import Tuned

MANNERS = """\
rulebook: manners
language: 1
version: 1.2.0
title: Good manners
parameters:
  cap: {type: integer, default: 2, min: 1, max: 9, label: Calls to one contact, unit: calls}
  memory: {type: duration, default: 30d, label: How long a no is remembered}
signals:
  price_talk: {phrases: [price]}
facts:
  refused: {about: They said no, from: {outcome: not_interested}, for: $memory}
rules:
  - id: too-many-calls  # as the team agreed
    title: Do not call too often
    severity: high
    when: {kind: call}
    where: [{count: {kind: call}, more_than: $cap}]
    say: "{rep_id} called {contact_id} {value} times"
  - id: call-back
    title: Call back when promised
    severity: medium
    when: {promised_at: {exists: true}}
    expect: {touch: {kind: call}, by: promised_at}
"""
MANNERS_TESTS = """\
rulebook: manners
tests:
  too-many-calls:
    - name: the third
      touches:
        - {at: 2025-03-03 09:00, kind: call}
        - {at: 2025-03-03 10:00, kind: call}
        - {at: 2025-03-03 11:00, kind: call}
      finds: [3]
    - name: one alone
      touches: [{at: 2025-03-03 09:00, kind: call}]
      finds: []
  call-back:
    - name: it never came
      touches: [{at: 2025-03-03 09:00, kind: call, promised_at: 2025-03-04 09:00}]
      as_of: 2025-03-10
      finds: [1]
"""
PATIENCE = """\
rulebook: patience
language: 1
rules:
  - id: called-after-a-no
    title: Do not call after a no
    severity: high
    when: {kind: call}
    given: refused
"""
PATIENCE_TESTS = """\
rulebook: patience
tests:
  called-after-a-no:
    - name: the next day
      touches:
        - {at: 2025-03-03 09:00, kind: call, outcome: not_interested}
        - {at: 2025-03-04 09:00, kind: call}
      finds: [2]
    - name: three weeks later
      touches:
        - {at: 2025-03-03 09:00, kind: call, outcome: not_interested}
        - {at: 2025-03-24 09:00, kind: call}
      finds: [2]
"""
CREATED = 1_741_613_400_000_000
"""2025-03-10 13:30, in microseconds since 1970 UTC."""
BOTH = Tuned(
    texts={"team/manners.rulebook.yaml": MANNERS, "team/patience.rulebook.yaml": PATIENCE},
    tests={"team/manners.tests.yaml": MANNERS_TESTS, "team/patience.tests.yaml": PATIENCE_TESTS},
    settings={"manners.cap": 3},
)
ALONE = Tuned(
    texts={"manners.rulebook.yaml": MANNERS}, tests={"manners.tests.yaml": MANNERS_TESTS}, settings={}
)

Change = Callable[[dict[str, Any], dict[str, bytes]], None]
"""Changes the plain manifest and the other members of a bundle."""


def export(out: Path, key: SigningKey | None, tuned: Tuned = BOTH, **told: Any) -> Manifest:
    """Export a bundle at a time that is always the same."""
    return export_bundle(tuned, out, Provenance(**{"created": CREATED, **told}), key=key)


def tuned_by(**settings: Any) -> Tuned:
    """Return both rulebooks with parameters of manners set."""
    return dataclasses.replace(BOTH, settings={f"manners.{name}": one for name, one in settings.items()})


def members(bundle: Path) -> dict[str, bytes]:
    """Return the members of a bundle, in their order."""
    return dict(read_archive(bundle.read_bytes(), str(bundle)).files)


def forge(bundle: Path, out: Path, key: SigningKey | None, change: Change) -> Path:
    """Write a bundle that was changed by somebody who can sign; its checksums are those of the changes."""
    files = members(bundle)
    manifest = json.loads(files.pop(MANIFEST))
    files.pop(SIGNATURE, None)
    change(manifest, files)
    for name, data in files.items():
        manifest["files"].setdefault(name, {})
        manifest["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    told = write_json(manifest)
    signed = {} if key is None else {SIGNATURE: write_record(sign(told, key))}
    out.write_bytes(write_archive({MANIFEST: told, **dict(sorted(files.items())), **signed}, CREATED))
    return out
