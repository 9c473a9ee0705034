"""Keys, and a bundle that is signed with one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.production.bundle.made import export
from touchrules.production.bundle.keyring import FOLDER
from touchrules.production.bundle.keys import SigningKey, Trust, make_signing_key


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return make_signing_key()


@pytest.fixture(scope="session")
def trust(key: SigningKey) -> Trust:
    return Trust(keys=(key.public,))


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, key: SigningKey) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "manners.touchrules"
    export(path, key, by="Dana", note="One call more")
    return path


@pytest.fixture(autouse=True)
def keys_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the keys of whoever runs the tests out of them."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "keys"))
    return tmp_path / "keys"
