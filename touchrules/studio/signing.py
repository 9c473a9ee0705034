"""The keys that a manager may sign an export with, and what it means to sign it with none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.errors import TouchrulesError
from touchrules.production.bundle.keyring import OWN_NAME, HeldKey, Keyring
from touchrules.production.bundle.keys import SigningKey

UNSIGNED: Final = "unsigned"
"""Stands for no key among the ids of keys."""
NOT_CHOSEN: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """The user's own keys, and the folder that they lie in. `error`: why they cannot be read."""

    keys: tuple[HeldKey, ...]
    folder: Path
    error: TouchrulesError | None = None

    def choices(self) -> dict[str, str]:
        """Return what may be chosen, by what it is called: ids of keys, and `UNSIGNED`."""
        named = {f"Your key {one.key.label}": one.key.id for one in self.keys}
        first = {} if self.choice() else {"Please choose": NOT_CHOSEN}
        return {**first, **named, "No key: unsigned": UNSIGNED}

    def choice(self) -> str:
        """Return the key to propose: the only one. Nothing else is chosen for anybody."""
        return self.keys[0].key.id if len(self.keys) == 1 else NOT_CHOSEN

    def find(self, chosen: str) -> HeldKey | None:
        """Return a key by its id."""
        return next((one for one in self.keys if one.key.id == chosen), None)

    def say(self, chosen: str) -> str:
        """Return what a choice means."""
        key = self.find(chosen)
        if key is not None:
            return (
                "Whoever trusts your public key sees that it is yours, and whether a byte of it was changed."
                f" The private key lies in {key.file} and stays there."
            )
        if chosen == UNSIGNED:
            return (
                "Unsigned: nobody can tell whose it is, or whether somebody changed it on its way. It is "
                "loaded only by those who say --allow-unsigned."
            )
        if self.keys:
            return "You have several keys: choose the one that its readers trust."
        return (
            "You have no key yet. One can be made now: a private key for you alone, in the folder "
            f"{self.folder}, and a public key to hand on to those who run your rulebooks."
        )


def find_keys() -> OwnKeys:
    """Return the user's own keys; never raises for one that cannot be read."""
    ring = Keyring()
    try:
        return OwnKeys(keys=tuple(one for one in ring.held() if one.own), folder=ring.folder)
    except TouchrulesError as error:
        return OwnKeys(keys=(), folder=ring.folder, error=error)


def make_key() -> HeldKey:
    """Make a key of the user's own. Raises ArgumentError where there is one of that name, and OSError."""
    return Keyring().create(OWN_NAME)


def read_key(chosen: str) -> SigningKey | None:
    """Return the private key of an id; None for `UNSIGNED`. Raises ArgumentError."""
    return None if chosen == UNSIGNED else Keyring().signing_key(chosen)
