"""Whose bundles a command loads: those of its `--key`, else of all keys that the user trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchrules.production.bundle.keys import Allowance, Trust


def make_trust(key: str | None, *, unsigned: bool, untrusted: bool, newer: bool) -> Trust:
    """Return whose bundles are loaded, and what is let through though it should not be."""
    from touchrules.production.bundle.keyring import Keyring, read_public
    from touchrules.production.bundle.keys import Trust

    flags: dict[Allowance, bool] = {"unsigned": unsigned, "untrusted": untrusted, "newer": newer}
    keys = Keyring().trusted() if key is None else (read_public(key),)
    return Trust(keys=keys, allowed=frozenset(name for name, given in flags.items() if given))
