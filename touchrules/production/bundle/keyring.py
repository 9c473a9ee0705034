"""The folder of one's own keys, and of the public keys of those that one trusts."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from platformdirs import user_config_path

from touchrules.errors import ArgumentError, Problem
from touchrules.language.nodes import quoted
from touchrules.language.words import allowed
from touchrules.production.bundle.keys import (
    PublicKey,
    SigningKey,
    make_signing_key,
    read_public_key,
    read_signing_key,
)

FOLDER: Final = "TOUCHRULES_KEYS"
"""Names the folder of keys, in the place of the user's own."""
OWN_NAME: Final = "own"
_PRIVATE: Final = ".private.pem"
_PUBLIC: Final = ".public.pem"
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")
_MOST_BYTES: Final = 10_000
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldKey:
    """A key in the folder: a private one of one's own, or a public one that is trusted."""

    key: PublicKey
    file: Path
    own: bool


class Keyring:
    """Keys in a folder; one's own are trusted too. Nothing in it is ever written over."""

    def __init__(self, folder: Path | None = None) -> None:
        named = os.environ.get(FOLDER)
        chosen = Path(named) if named else user_config_path("touchrules", appauthor=False) / "keys"
        self.folder = chosen if folder is None else folder

    def create(self, name: str = OWN_NAME) -> HeldKey:
        """Make a new pair of keys. Raises ArgumentError if the name is taken."""
        key = make_signing_key()
        file = self._write(name, _PRIVATE, key.pem())
        return HeldKey(key=_named(key.public, name), file=file, own=True)

    def trust(self, key: PublicKey, name: str) -> HeldKey:
        """Have a public key trusted. Raises ArgumentError if the name is taken, or the key is there."""
        there = next((one for one in self.held() if one.key == key), None)
        if there is not None:
            _refuse(f"The key {there.key.label} is trusted already.", "There is nothing to do.")
        file = self._write(name, _PUBLIC, key.pem())
        return HeldKey(key=_named(key, name), file=file, own=False)

    def distrust(self, name: str) -> HeldKey:
        """Take a trusted key out, by its name or id. Raises ArgumentError if there is none, or it is own."""
        held = self.find(name)
        if held.own:
            remedy = f"To part with it for good, delete the file {held.file} yourself."
            _refuse(f"The key {held.key.label} is your own, which is always trusted.", remedy)
        held.file.unlink()
        return held

    def held(self) -> tuple[HeldKey, ...]:
        """Return all keys, one's own first. Raises ArgumentError where one cannot be read."""
        if not self.folder.is_dir():
            return ()
        files = sorted(self.folder.iterdir())
        own = [_held(file, _PRIVATE) for file in files if file.name.endswith(_PRIVATE)]
        return (*own, *(_held(file, _PUBLIC) for file in files if file.name.endswith(_PUBLIC)))

    def trusted(self) -> tuple[PublicKey, ...]:
        """Return the keys whose bundles are trusted."""
        return tuple(one.key for one in self.held())

    def find(self, name: str) -> HeldKey:
        """Return the key of a name or an id. Raises ArgumentError if there is none."""
        held = self.held()
        found = next((one for one in held if name in {one.key.name, one.key.id}), None)
        if found is None:
            names = [one.key.name for one in held]
            remedy = allowed(name, names, label="Keys") if names else "There are no keys yet."
            _refuse(f"There is no key {quoted(name)}.", remedy)
        return found

    def own(self, name: str | None = None) -> HeldKey:
        """Return the key of one's own that is called so, or the only one. Raises ArgumentError."""
        own = [one for one in self.held() if one.own and name in {None, one.key.name, one.key.id}]
        if not own:
            which = "There is no key of your own." if name is None else f"You have no key {quoted(name)}."
            _refuse(which, "`touchrules keys create` makes one.")
        if len(own) > 1:
            names = ", ".join(one.key.name for one in own)
            _refuse("There are several keys of your own.", f"Name one of them: {names}.")
        return own[0]

    def signing_key(self, name: str | None = None) -> SigningKey:
        """Return the private key of that name, or the only one. Raises ArgumentError."""
        return read_private_file(self.own(name).file)

    def _write(self, name: str, ending: str, pem: str) -> Path:
        if not _NAME.fullmatch(name):
            _refuse(f"{quoted(name)} cannot be the name of a key.", "Use letters, digits, - and _.")
        if any((self.folder / (name + one)).exists() for one in (_PRIVATE, _PUBLIC)):
            _refuse(f"There is a key {quoted(name)} already.", "Choose another name: --name NAME.")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.folder / (name + ending)
        mode = 0o600 if ending == _PRIVATE else 0o644
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as opened:
            opened.write(pem)
        return file


def read_private_file(file: Path) -> SigningKey:
    """Read a private key from its file, which nobody else may read. Raises ArgumentError."""
    pem = _read(file)
    if os.name == "posix" and file.stat().st_mode & _OTHERS:
        _refuse(f"Others may read the private key {file}.", f"Make it yours alone: chmod 600 {file}")
    return read_signing_key(pem, str(file))


def read_public(file_or_text: str) -> PublicKey:
    """Read a public key from a file, or from the text itself. Raises ArgumentError."""
    if "-----BEGIN" in file_or_text or not os.path.exists(file_or_text):  # noqa: PTH110 - any text may come
        return read_public_key(file_or_text, quoted(file_or_text))
    return read_public_key(_read(Path(file_or_text)).decode("utf-8", "replace"), file_or_text)


def _held(file: Path, ending: str) -> HeldKey:
    own = ending == _PRIVATE
    if own:
        key = read_private_file(file).public
    else:
        key = read_public_key(_read(file).decode("utf-8", "replace"), str(file))
    return HeldKey(key=_named(key, file.name.removesuffix(ending)), file=file, own=own)


def _named(key: PublicKey, name: str) -> PublicKey:
    return PublicKey(raw=key.raw, name=name)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES)
    except OSError as error:
        message = f"The key {file} cannot be read: {error.strerror or error}."
        raise ArgumentError(Problem(message=message, remedy="Check its path and its permissions.")) from error


def _refuse(message: str, remedy: str) -> NoReturn:
    raise ArgumentError(Problem(message=message, remedy=remedy))
