"""Opens a bundle: nothing in it is believed before its seal, and nothing in it is ever run as code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from touchrules import __version__
from touchrules.errors import BundleError, Problem, TouchrulesError
from touchrules.language.load import parse_rulebooks
from touchrules.language.nodes import clipped, quoted
from touchrules.language.reader import LANGUAGE
from touchrules.language.testfiles import RulebookTest, parse_tests
from touchrules.model.rules import Rulebook
from touchrules.model.wording import counted
from touchrules.production.bundle.archive import AGAIN, MOST_BYTES, Archive, check_layout, read_archive
from touchrules.production.bundle.carried import find_untested, tests_member_of
from touchrules.production.bundle.decoding import decode, read_json
from touchrules.production.bundle.exporting import checksum_of
from touchrules.production.bundle.keys import PublicKey, Trust, decode_base64, public_key_of
from touchrules.production.bundle.manifest import (
    ALGORITHM,
    FORMAT,
    MANIFEST,
    RULESETS,
    SAMPLE,
    SIGNATURE,
    Manifest,
    Signature,
)
from touchrules.production.bundle.report import Sheet
from touchrules.production.bundle.tuned import member_of
from touchrules.streams.instants import find_zone, read_instant

_DIGITS: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bundle:
    """A bundle that may be loaded. `files`: its members; `signed_by`: None where it is unsigned.

    `rulebooks` and `tests` were read from these members, never from a disk.
    """

    file: str
    manifest: Manifest
    signed_by: PublicKey | None
    files: Mapping[str, bytes]
    rulebooks: tuple[Rulebook, ...]
    tests: tuple[RulebookTest, ...]


def open_bundle(path: Path | str, trust: Trust, sheet: Sheet | None = None) -> Bundle:
    """Return a bundle whose seal, checksums and versions are as they should be.

    `trust`: whose bundles are loaded. `sheet`: where each check is noted. Its tests and its golden sample are
    for `verify_bundle` to run. Raises BundleError with the reason if it is refused.
    """
    return _open(lambda: _read(Path(path)), str(path), trust, sheet or Sheet())


def read_bundle(data: bytes, file: str, trust: Trust) -> Bundle:
    """Return a bundle like `open_bundle`, of its bytes; `file` is what errors call it."""
    return _open(lambda: data, file, trust, Sheet())


def _open(read: Callable[[], bytes], file: str, trust: Trust, sheet: Sheet) -> Bundle:
    with sheet.check("archive") as said:
        archive = read_archive(read(), file)
        _check_members(archive, file)
        said.append(f"{len(archive.files):,} members, {len(archive.data):,} bytes, nothing compressed.")
    with sheet.check("signature") as said:
        key = _check_signature(archive, trust, file, said)
    with sheet.check("versions") as said:
        manifest = _read_manifest(archive, trust, file, said)
    with sheet.check("checksums") as said:
        _check_checksums(archive, manifest, file)
        said.append(f"{len(manifest.files):,} members are what the manifest says.")
    with sheet.check("rulebooks") as said:
        rulebooks, tests = _load(archive, manifest, file)
        rules = sum(rule.enabled for book in rulebooks for rule in book.rules)
        said.append(f"{counted(len(rulebooks), 'rulebook')} with {counted(rules, 'rule')} in force.")
        said.extend(_say_untested(manifest))
    return Bundle(
        file=file,
        manifest=manifest,
        signed_by=key,
        files=archive.files,
        rulebooks=rulebooks,
        tests=tests,
    )


def _read(path: Path) -> bytes:
    """Return what a file holds, or the beginning of one that is too large anyway."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
            _refuse(str(path), "It is no file.", "Name the file itself.")
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"It cannot be read: {error.strerror or error}."
        raise BundleError(
            Problem(message=message, remedy="Check its path and its permissions.", context=f"bundle {path}")
        ) from error


def _check_members(archive: Archive, file: str) -> None:
    names = list(archive.files)
    signed = [SIGNATURE] if SIGNATURE in names else []
    inner = sorted({*names} - {MANIFEST, SIGNATURE})
    if MANIFEST not in names:
        _refuse(file, f"It has no {MANIFEST}.")
    if names != [MANIFEST, *inner, *signed]:
        _refuse(file, "Its members are not in the order in which touchrules writes them.")


def _check_signature(archive: Archive, trust: Trust, file: str, said: list[str]) -> PublicKey | None:
    """Return the key that signed the manifest, if it is trusted or need not be; None: it is unsigned."""
    if SIGNATURE not in archive.files:
        if "unsigned" not in trust.allowed:
            remedy = "Ask for a signed one, or load it all the same by --allow-unsigned."
            _refuse(file, "It is unsigned: nobody vouches for what is in it.", remedy)
        said.append("Unsigned, which --allow-unsigned lets through.")
        return None
    signature = decode(Signature, read_json(archive.files[SIGNATURE], SIGNATURE, file), SIGNATURE, file)
    key = _read_key(signature, file)
    sealed = decode_base64(signature.signature)
    if sealed is None or not key.has_signed(archive.files[MANIFEST], sealed):
        _refuse(file, f"Its signature is not that of its manifest: {MANIFEST} or {SIGNATURE} was changed.")
    known = trust.find(key)
    if known is None and "untrusted" not in trust.allowed:
        trusted = ", ".join(one.label for one in trust.keys) or "none"
        remedy = (
            f"Trusted keys: {trusted}. If you know whose it is: `touchrules keys trust FILE` with the public"
            " key that they hand you; or load it all the same by --allow-untrusted."
        )
        _refuse(file, f"It is signed with the key {key.id}, which is not trusted here.", remedy)
    end = "." if known else ", which is not trusted here; --allow-untrusted lets it through."
    said.append(f"Signed with the key {(known or key).label}{end}")
    return known or key


def _read_key(signature: Signature, file: str) -> PublicKey:
    raw = decode_base64(signature.public_key)
    key = None if raw is None else public_key_of(raw)
    if key is None or key.id != signature.key:
        _refuse(file, f"The key in {SIGNATURE} is none, or not the one that it names.")
    if (signature.algorithm, signature.signed) != (ALGORITHM, MANIFEST):
        _refuse(file, f"{SIGNATURE} is no {ALGORITHM} signature of {MANIFEST}.")
    return key


def _read_manifest(archive: Archive, trust: Trust, file: str, said: list[str]) -> Manifest:
    """Return the manifest, if it is of a format, a language and a touchrules that this one knows."""
    told = read_json(archive.files[MANIFEST], MANIFEST, file)
    if not isinstance(told, dict):
        _refuse(file, f"{MANIFEST} is no mapping.")
    newer = [*_check_format(told, trust, file), *_check_engine(told, trust, file)]
    _check_language(told, file)
    manifest = decode(Manifest, told, MANIFEST, file, known="some" if newer else "all")
    created = read_instant(manifest.created, "UTC")
    if created is None or find_zone(manifest.timezone) is None:
        _refuse(file, f"{MANIFEST} names a time or a time zone that does not exist.")
    check_layout(archive, created, file)
    said.append(f"Format {manifest.format}, language {manifest.language}, touchrules {manifest.engine}.")
    said += newer
    return manifest


def _check_format(told: Mapping[str, Any], trust: Trust, file: str) -> list[str]:
    number = told.get("format")
    if type(number) is not int or number < 1:
        _refuse(file, f"{MANIFEST} does not name its format.")
    if number <= FORMAT:
        return []
    if "newer" not in trust.allowed:
        remedy = "Use a newer touchrules, or load it all the same by --allow-newer."
        _refuse(file, f"It has format {number}; this touchrules knows format {FORMAT}.", remedy)
    return ["Its format is newer, which --allow-newer lets through."]


def _check_engine(told: Mapping[str, Any], trust: Trust, file: str) -> list[str]:
    engine = told.get("engine")
    if not isinstance(engine, str) or _version(engine) <= _version(__version__):
        return []
    if "newer" not in trust.allowed:
        remedy = "Use a newer touchrules, or load it all the same by --allow-newer."
        _refuse(file, f"It was written by touchrules {clipped(engine)}; this one is {__version__}.", remedy)
    return ["It was written by a newer touchrules, which --allow-newer lets through."]


def _version(text: str) -> tuple[int, ...]:
    """Return a version as numbers that can be compared.

    >>> _version("0.10.1") > _version("0.9.12")
    True
    """
    return tuple(int(digits[:9]) for digits in _DIGITS.findall(text)[:6])


def _check_language(told: Mapping[str, Any], file: str) -> None:
    language = told.get("language")
    if type(language) is int and language == LANGUAGE:
        return
    remedy = "Use a newer touchrules." if isinstance(language, int) and language > LANGUAGE else AGAIN
    reads = f"this touchrules reads language {LANGUAGE}"
    _refuse(file, f"Its rulebooks are written in language {clipped(str(language))}; {reads}.", remedy)


def _check_checksums(archive: Archive, manifest: Manifest, file: str) -> None:
    held = {name: data for name, data in archive.files.items() if name not in {MANIFEST, SIGNATURE}}
    for name in manifest.files:
        if name not in held:
            _refuse(file, f"Its member {quoted(name)} is missing.")
    for name, data in held.items():
        if name not in manifest.files:
            _refuse(file, f"It has a member {quoted(name)}, of which its manifest knows nothing.")
        if checksum_of(data) != manifest.files[name]:
            _refuse(file, f"Its member {quoted(name)} was changed: its checksum is another.")
    if manifest.format > FORMAT:
        return
    books = [one.name for one in manifest.rulebooks]
    needed = [*SAMPLE, RULESETS, *map(member_of, books)]
    known = {*needed, *map(tests_member_of, books)}
    for name in needed:
        if name not in held:
            _refuse(file, f"Its member {quoted(name)} is missing.")
    for name in held:
        if name not in known:
            _refuse(file, f"It has a member {quoted(name)}, which is no part of a bundle.")


def _load(
    archive: Archive, manifest: Manifest, file: str
) -> tuple[tuple[Rulebook, ...], tuple[RulebookTest, ...]]:
    """Read the rulebooks and their tests, and see that each rule in force has one."""
    try:
        texts = {one.member: archive.files[one.member].decode("utf-8") for one in manifest.rulebooks}
        rulebooks = parse_rulebooks(texts)
        tests = tuple(
            test
            for one in manifest.rulebooks
            if (member := tests_member_of(one.name)) in archive.files
            for test in parse_tests(archive.files[member].decode("utf-8"), member, rulebooks)
        )
    except (TouchrulesError, UnicodeDecodeError, KeyError) as error:
        problems = error.problems if isinstance(error, TouchrulesError) else ()
        first = Problem(
            message="Its rulebooks or their tests cannot be read.", remedy=AGAIN, context=f"bundle {file}"
        )
        raise BundleError([first, *problems]) from error
    if [book.name for book in rulebooks] != [one.name for one in manifest.rulebooks]:
        _refuse(file, "Its rulebooks are not those that its manifest names.")
    untested = [one for one in find_untested(rulebooks, tests) if one not in manifest.untested]
    if untested:
        names = ", ".join(one.rule for one in untested)
        _refuse(file, f"It holds no test of a rule that is in force: {names}.")
    if manifest.format <= FORMAT:
        _check_told(manifest, rulebooks, tests, file)
    return rulebooks, tests


def _check_told(
    manifest: Manifest, rulebooks: Sequence[Rulebook], tests: Sequence[RulebookTest], file: str
) -> None:
    """See that the manifest tells the versions and titles that the rulebooks have, and all their tests."""
    for told, book in zip(manifest.rulebooks, rulebooks, strict=True):
        if (told.version, told.title) != (book.version, book.title):
            _refuse(file, f"{MANIFEST} tells another version or title of {quoted(book.name)} than it has.")
    held = Counter((test.rulebook, test.rule) for test in tests)
    counted = {(one.rulebook, one.rule): one.tests for one in manifest.tests}
    for rule in sorted(held.keys() | counted.keys()):
        if held[rule] != counted.get(rule, 0):
            tells = f"its manifest tells of {counted.get(rule, 0):,}"
            _refuse(file, f"It holds {held[rule]:,} tests of {quoted(rule[1])}; {tells}.")


def _say_untested(manifest: Manifest) -> list[str]:
    if not manifest.untested:
        return []
    names = ", ".join(one.rule for one in manifest.untested)
    return [f"Exported without a test, as its maker allowed: {names}."]


def _refuse(file: str, message: str, remedy: str = AGAIN) -> NoReturn:
    raise BundleError(Problem(message=message, remedy=remedy, context=f"bundle {file}"))
