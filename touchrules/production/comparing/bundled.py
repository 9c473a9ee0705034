"""The rulebooks that a bundle holds, opened to be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from touchrules.production.bundle.archive import BEGINNING
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.opening import Bundle, open_bundle, read_bundle
from touchrules.production.comparing.version import Version, make_version
from touchrules.production.comparing.words import say_day

BUNDLE: Final = ".touchrules"


def is_bundle(path: Path) -> bool:
    """Say whether a file is a bundle, or claims to be one by its name."""
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return path.name.endswith(BUNDLE) or opened.read(len(BEGINNING)) == BEGINNING


def open_bundled(label: str, path: Path, trust: Trust) -> Version:
    """Return the rulebooks of a bundle. Raises BundleError where it is refused."""
    return _version_of(label, open_bundle(path, trust))


def read_bundled(label: str, data: bytes, trust: Trust) -> Version:
    """Return the rulebooks of a bundle that no disk holds. Raises BundleError where it is refused."""
    return _version_of(label, read_bundle(data, label, trust))


def _version_of(label: str, bundle: Bundle) -> Version:
    manifest = bundle.manifest
    own = {f"{label}/{one.member}": bundle.files[one.member] for one in manifest.rulebooks}
    by = f" by {manifest.by}" if manifest.by else ""
    return make_version(f"{label}, exported on {say_day(manifest.created[:10])}{by}", own)
