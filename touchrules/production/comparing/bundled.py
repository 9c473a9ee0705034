"""The rulebooks that a bundle holds, read to be compared."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from touchrules.errors import ArgumentError, Problem
from touchrules.language.load import ENDING
from touchrules.language.source import MOST_BYTES
from touchrules.production.comparing.version import Texts

_FOLDER: Final = "rulebooks/"
_MANIFEST: Final = "manifest.json"
_MOST_MANIFEST: Final = 16_000_000


def texts_of_bundle(path: Path) -> Texts:
    """Return the rulebooks of a bundle, as its manifest names them and with the checksums that it tells.

    Nothing is unpacked, and nothing is run. Raises ArgumentError where it is no bundle, or was changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            files = json.loads(_member(archive, path, _MANIFEST, _MOST_MANIFEST))["files"]
            names = sorted(name for name in files if name.startswith(_FOLDER) and name.endswith(ENDING))
            texts = {name: _member(archive, path, name, MOST_BYTES) for name in names}
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refusal(path, "It is no bundle of rulebooks.") from error
    for name, data in texts.items():
        if _checksum(files[name]) != sha256(data).hexdigest():
            raise _refusal(path, f"{name} was changed since the export.")
    if not texts:
        raise _refusal(path, "It holds no rulebook.")
    return {f"{path.name}/{name.removeprefix(_FOLDER)}": data for name, data in texts.items()}


def _member(archive: zipfile.ZipFile, path: Path, name: str, most: int) -> bytes:
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 or info.file_size > most:
        raise _refusal(path, f"{name} is packed or too large, as no export writes it.")
    return archive.read(info)


def _checksum(told: Any) -> Any:
    return told["sha256"]


def _refusal(path: Path, why: str) -> ArgumentError:
    remedy = f"`touchrules verify {path}` tells more; `touchrules export` writes bundles."
    return ArgumentError(Problem(message=f"{path} cannot be compared. {why}", remedy=remedy))
