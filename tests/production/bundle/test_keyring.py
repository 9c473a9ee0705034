"""Keys lie in files that nobody else reads, and that are never written over."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from touchrules.errors import ArgumentError
from touchrules.production.bundle.keyring import Keyring, read_private_file, read_public
from touchrules.production.bundle.keys import make_signing_key


def test_a_private_key_has_mode_0600_in_a_folder_of_mode_0700(keys_folder: Path) -> None:
    held = Keyring().create()
    assert held.file == keys_folder / "own.private.pem"
    assert stat.S_IMODE(held.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_folder.stat().st_mode) == 0o700


def test_a_key_is_never_written_over() -> None:
    ring = Keyring()
    before = ring.create("team").file.read_bytes()
    with pytest.raises(ArgumentError, match='There is a key "team" already'):
        ring.create("team")
    with pytest.raises(ArgumentError, match='There is a key "team" already'):
        ring.trust(make_signing_key().public, "team")
    assert ring.own("team").file.read_bytes() == before


def test_a_key_that_was_read_signs_as_the_one_that_was_made() -> None:
    ring = Keyring()
    held = ring.create()
    signature = ring.signing_key().sign(b"text")
    assert held.key.has_signed(b"text", signature)
    assert not held.key.has_signed(b"test", signature)


def test_ones_own_key_is_trusted() -> None:
    held = Keyring().create()
    assert Keyring().trusted() == (held.key,)


@pytest.mark.parametrize("form", ["pem", "base64", "file"])
def test_a_key_that_was_handed_over_is_trusted_until_it_is_not(tmp_path: Path, form: str) -> None:
    public = make_signing_key().public
    (tmp_path / "handed.pem").write_text(public.pem())
    written = {"pem": public.pem(), "base64": public.text(), "file": str(tmp_path / "handed.pem")}
    ring = Keyring()
    ring.trust(read_public(written[form]), "anna")
    assert [one.label for one in ring.trusted()] == [f"anna ({public.id})"]
    ring.distrust("anna")
    assert ring.trusted() == ()


def test_a_key_is_trusted_once() -> None:
    ring = Keyring()
    own = ring.create()
    with pytest.raises(ArgumentError, match="is trusted already"):
        ring.trust(own.key, "again")


def test_ones_own_key_is_not_distrusted() -> None:
    ring = Keyring()
    file = ring.create().file
    with pytest.raises(ArgumentError, match="is your own, which is always trusted"):
        ring.distrust("own")
    assert file.exists()


@pytest.mark.parametrize("name", ["../out", "", "a b", "a/b", ".hidden", "x" * 65])
def test_a_name_that_leads_elsewhere_is_refused(keys_folder: Path, name: str) -> None:
    with pytest.raises(ArgumentError, match="cannot be the name of a key"):
        Keyring().create(name)
    assert not keys_folder.exists()


@pytest.mark.parametrize(
    "written",
    ["", "no key", "QUJD", "-----BEGIN PUBLIC KEY-----\nQUJD\n-----END PUBLIC KEY-----\n", "x" * 5000],
)
def test_what_is_no_public_key_is_refused(written: str) -> None:
    with pytest.raises(ArgumentError, match="is no public key that can be read"):
        read_public(written)


def test_a_private_key_that_others_may_read_is_not_used() -> None:
    file = Keyring().create().file
    file.chmod(0o644)
    with pytest.raises(ArgumentError, match="Others may read the private key") as raised:
        read_private_file(file)
    assert raised.value.problems[0].remedy == f"Make it yours alone: chmod 600 {file}"


def test_of_several_keys_one_is_named() -> None:
    ring = Keyring()
    ring.create("one")
    other = ring.create("other")
    with pytest.raises(ArgumentError, match="There are several keys of your own"):
        ring.signing_key()
    assert ring.signing_key("other").public == other.key


def test_without_a_key_it_is_told_how_to_make_one() -> None:
    with pytest.raises(ArgumentError) as raised:
        Keyring().signing_key()
    assert raised.value.problems[0].remedy == "`touchrules keys create` makes one."
