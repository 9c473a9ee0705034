"""The command `verify`: whether a bundle is whole, whose it is, and whether it finds what it should."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import typer

from touchrules.cli.options import (
    AllowNewer,
    AllowUnsigned,
    AllowUntrusted,
    AsJson,
    BundleFile,
    TrustedKey,
)

if TYPE_CHECKING:
    from rich.console import Console

    from touchrules.production.bundle.manifest import Manifest
    from touchrules.production.bundle.report import Report

_NAMES: Final = {
    "archive": "Archive",
    "signature": "Signature",
    "versions": "Versions",
    "checksums": "Checksums",
    "rulebooks": "Rulebooks",
    "rulesets": "Rulesets",
    "tests": "Tests",
    "sample": "Golden sample",
}


def verify(
    *,
    file: BundleFile,
    key: TrustedKey = None,
    allow_unsigned: AllowUnsigned = False,
    allow_untrusted: AllowUntrusted = False,
    allow_newer: AllowNewer = False,
    as_json: AsJson = False,
) -> None:
    """Check that a bundle is whole, whose it is, and what it finds.

    Checked are its signature, its checksums and its versions; then its tests and its golden sample are run
    with both engines, and must come out as they did at the export. Nothing else is loaded or written. If it
    is refused, the reason is told, and the exit code is 7.
    """
    from touchrules.cli.screen import make_console, progress_bars
    from touchrules.cli.trust import make_trust
    from touchrules.production.bundle.verifying import verify_bundle

    trust = make_trust(key, unsigned=allow_unsigned, untrusted=allow_untrusted, newer=allow_newer)
    with progress_bars() as tell:
        report = verify_bundle(file, trust, tell)
    typer.echo(json.dumps(report.as_json(), indent=2)) if as_json else _show(make_console(), report)
    if report.error is not None:
        raise report.error


def _show(console: Console, report: Report) -> None:
    from touchrules.cli.screen import add_row, make_table, print_table, show

    table = make_table("checked", "", "what there is", texts=3)
    for one in report.checks:
        add_row(
            table,
            (_NAMES[one.name], "passed" if one.passed else "refused", one.told),
            "" if one.passed else "bold",
        )
    print_table(console, show(report.file), table)
    if report.manifest is not None:
        _show_manifest(console, report.manifest)


def _show_manifest(console: Console, manifest: Manifest) -> None:
    from touchrules.cli.screen import add_row, make_table, print_table, show

    books = make_table("rulebook", "version", "title", texts=3)
    for book in manifest.rulebooks:
        add_row(books, (book.name, book.version or None, book.title))
    by = f" by {manifest.by}" if manifest.by else ""
    print_table(console, show(f"Exported at {manifest.created}{by}"), books)
    lines = [f"Note: {manifest.note}"] if manifest.note else []
    lines += [f"Changed: {one.told}" for one in manifest.parameters]
    lines += [f"Switched {'on' if one.on else 'off'}: {one.title}" for one in manifest.switched]
    if (replay := manifest.replay) is not None:
        lines.append(
            f"Replayed then: {replay.findings:,} findings in {replay.touches:,} touches of"
            f" {replay.contacts:,} contacts, from {replay.first} to {replay.last}."
        )
    if lines:
        console.print()
    for line in lines:
        console.print(show(line), soft_wrap=True)
