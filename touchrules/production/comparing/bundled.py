"""The rulebooks that a bundle holds, opened to be compared."""

from __future__ import annotations

from pathlib import Path

from touchrules.language.load import ENDING
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.opening import open_bundle
from touchrules.production.comparing.version import Version, make_version
from touchrules.production.comparing.words import say_day


def open_bundled(label: str, path: Path, trust: Trust) -> Version:
    """Return the rulebooks of a bundle. Raises BundleError where it is refused."""
    bundle = open_bundle(path, trust)
    own = {f"{label}/{name}": data for name, data in bundle.files.items() if name.endswith(ENDING)}
    by = f" by {bundle.manifest.by}" if bundle.manifest.by else ""
    return make_version(f"{label}, exported on {say_day(bundle.manifest.created[:10])}{by}", own)
