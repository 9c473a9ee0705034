"""Makes an engine of a bundle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from touchrules.production.bundle.keyring import Keyring
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.manifest import MANIFEST
from touchrules.production.bundle.opening import open_bundle
from touchrules.production.live.engine import LiveEngine


def load(
    bundle: Path | str,
    *,
    state: Path | str | None = None,
    lateness: timedelta = timedelta(),
    trust: Trust | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> LiveEngine:
    """Return the engine that decides touches by the rulebooks of a bundle.

    `state`: the folder where all that is decided is kept, and taken up again; without it, it is forgotten
    when the engine is closed. `lateness`: touches may come so much after later ones. `trust`: whose bundles
    are loaded, by default one's own and those whose keys one trusts. `notify` is told of what should be
    known though nothing is lost, such as a worker started anew.

    Raises BundleError if the bundle is refused, ArgumentError if the folder is in use or of another bundle.

        with touchrules.production.load("voicemail.touchrules", state="state") as engine:
            [answer] = engine.record({"touch_id": "t1", "at": "2025-03-10 10:00", "contact_id": "c1",
                                      "kind": "voicemail", "direction": "outbound"})
            for finding in answer.findings:
                print(finding.message, finding.advice)
    """
    opened = open_bundle(bundle, Trust(keys=Keyring().trusted()) if trust is None else trust)
    return LiveEngine(
        opened.rulebooks,
        bundle=sha256(opened.files[MANIFEST]).hexdigest(),
        timezone=opened.manifest.timezone,
        state=state,
        lateness=lateness,
        notify=notify,
    )
