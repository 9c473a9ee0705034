"""Ed25519 keys: the private one signs a bundle, the public one tells whose it is."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NoReturn

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from touchrules.errors import ArgumentError, Problem

Allowance = Literal["unsigned", "untrusted", "newer"]
"""What is loaded though it should not be; each by a flag that says so."""

_RAW: Final = 32
_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key, `raw` in its 32 bytes. `name`: what it is called here; empty: nothing."""

    raw: bytes
    name: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """The id of the key: the first 16 hex digits of the SHA-256 of its bytes."""
        return hashlib.sha256(self.raw).hexdigest()[:_ID_DIGITS]

    @property
    def label(self) -> str:
        """Its name and its id."""
        return f"{self.name} ({self.id})" if self.name else self.id

    def pem(self) -> str:
        """Return the key as PEM, to be handed on."""
        key = Ed25519PublicKey.from_public_bytes(self.raw)
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def text(self) -> str:
        """Return the key in base64, on one line."""
        return base64.b64encode(self.raw).decode("ascii")

    def has_signed(self, data: bytes, signature: bytes) -> bool:
        """Return whether a signature is this key's, of these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; it is written nowhere but by `pem`."""

    _key: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """The public key that belongs to it."""
        return PublicKey(raw=self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def pem(self) -> str:
        """Return the key as PEM (PKCS 8), for its own file."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")

    def sign(self, data: bytes) -> bytes:
        """Return the signature of these bytes, the same each time."""
        return self._key.sign(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whose bundles are loaded: those signed with one of some keys, and what is allowed beside."""

    keys: Sequence[PublicKey] = ()
    allowed: frozenset[Allowance] = frozenset()

    def find(self, key: PublicKey) -> PublicKey | None:
        """Return the key under the name that it has here; None: it is not trusted."""
        return next((one for one in self.keys if one.raw == key.raw), None)


def make_signing_key() -> SigningKey:
    """Make a new private key."""
    return SigningKey(Ed25519PrivateKey.generate())


def read_signing_key(pem: bytes, name: str) -> SigningKey:
    """Read a private key; `name` is what errors call it. Raises ArgumentError."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        _refuse(f"{name} holds no private key that can be read.", "It is PEM (PKCS 8) without a password.")
    if not isinstance(key, Ed25519PrivateKey):
        _refuse(f"{name} holds a private key of another sort than Ed25519.")
    return SigningKey(key)


def read_public_key(written: str, name: str) -> PublicKey:
    """Read a public key, as PEM or in base64; `name` is what errors call it. Raises ArgumentError."""
    try:
        key = load_pem_public_key(written.encode()) if "-----BEGIN" in written else _from_base64(written)
    except (ValueError, UnsupportedAlgorithm):
        _refuse(f"{name} is no public key that can be read.", "`touchrules keys show` prints one.")
    if not isinstance(key, Ed25519PublicKey):
        _refuse(f"{name} is a public key of another sort than Ed25519.")
    return PublicKey(raw=key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def _from_base64(written: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(written.strip(), validate=True))


def decode_base64(written: str) -> bytes | None:
    """Return the bytes of a text in base64 that is written as `base64.b64encode` does; None: it is not."""
    try:
        data = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode("ascii") == written else None


def public_key_of(raw: bytes) -> PublicKey | None:
    """Return the public key of these bytes; None: they are none."""
    return PublicKey(raw=raw) if len(raw) == _RAW else None


def _refuse(message: str, remedy: str = "`touchrules keys create` makes a pair of keys.") -> NoReturn:
    raise ArgumentError(Problem(message=message, remedy=remedy))
