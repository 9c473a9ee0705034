"""What is told of an export: what would be in it, how far it is, and what its verification found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from touchrules.model.wording import counted
from touchrules.production.bundle.manifest import ReplayFigures, UntestedRule
from touchrules.production.bundle.report import Check, Report
from touchrules.studio.exportpreview import Change, Exported, Preview
from touchrules.studio.views.texts import table_of, tag

_CHECKS: Final = {
    "archive": "The file is whole and opens",
    "signature": "Whose it is",
    "versions": "It fits this version",
    "checksums": "Nothing in it was changed",
    "rulebooks": "Its rulebooks can be read",
    "rulesets": "What durable_rules loads",
    "tests": "Its tests",
    "sample": "Its golden sample",
}


def say_preview(preview: Preview) -> str:
    """Return what would be exported: changes, rulebooks, and the figures of the replay."""
    return "".join(
        (
            _say_changes(preview),
            _say_rulebooks(preview),
            _say_left_out(preview.left_out),
            _say_figures(preview.figures),
        )
    )


def _say_rulebooks(preview: Preview) -> str:
    changed = {rulebook for rulebook, _ in preview.against_files}
    rows = "".join(_say_rulebook(one, one.book.name in changed) for one in preview.rulebooks)
    rules = sum(one.in_force for one in preview.rulebooks)
    caption = f"{counted(rules, 'rule')} in force, of {counted(len(preview.rulebooks), 'rulebook')}"
    heads = ("Rulebook", "Version", "Rules in force", "Tests", "Against its file")
    inner = table_of(caption, heads, rows, "jp-touchrules-exported")
    return inner + _say_rules(preview)


def _say_rulebook(one: Exported, is_changed: bool) -> str:
    against = "as saved"
    if is_changed:
        against = "changed, not saved"
    cells = (one.title, one.book.version or "none", f"{one.in_force:,}", f"{one.tests:,}", against)
    return f"<tr>{''.join(tag('td', cell) for cell in cells)}</tr>"


def _say_rules(preview: Preview) -> str:
    """Return all rules in force by their titles, folded."""
    parts = [
        tag("h4", one.title) + items_of(rule.title for rule in one.book.rules if rule.enabled)
        for one in preview.rulebooks
        if one.in_force
    ]
    return f"<details><summary>Which rules are in force</summary>{''.join(parts)}</details>"


def _say_left_out(names: Sequence[str]) -> str:
    if not names:
        return ""
    text = f"Not exported, since they are not open here: {', '.join(names)}."
    return tag("p", text, "warned")


def _say_changes(preview: Preview) -> str:
    files, defaults = preview.against_files, preview.against_defaults
    if not files and not defaults:
        return tag("h4", "Nothing is changed") + tag("p", "The rulebooks are exported as their files say.")
    parts = []
    if set(files) == set(defaults):
        parts.append(_list_changes("Changed against the files and their defaults", files, preview))
    else:
        parts.append(_list_changes("Changed against the files", files, preview))
        parts.append(_list_changes("Set against the defaults", defaults, preview))
    if files:
        parts.append(tag("p", _say_unsaved(preview), "hint"))
    return "".join(parts)


def _say_unsaved(preview: Preview) -> str:
    text = (
        "This is not saved. It is exported as it stands, every value fixed; the files stay as they are, and "
        "the bundle carries their versions. Save first if it shall have a version of its own."
    )
    edited = [one.title for one in preview.rulebooks if one.edited]
    if not edited:
        return text
    return (
        f"{text} The text of {', '.join(edited)} was edited here: what was edited is in the bundle, but the "
        "bundle does not list it among the values that were changed."
    )


def _list_changes(title: str, changes: Sequence[Change], preview: Preview) -> str:
    if not changes:
        return tag("h4", title) + tag("p", "Nothing.")
    several = len(preview.rulebooks) > 1
    names = list(dict.fromkeys(rulebook for rulebook, _ in changes))
    parts = [
        (tag("p", preview.title_of(name), "book") if several else "")
        + items_of(words for rulebook, words in changes if rulebook == name)
        for name in names
    ]
    return tag("h4", title) + "".join(parts)


def _say_figures(figures: ReplayFigures) -> str:
    head = tag("h4", "What they find in the touches that are open")
    if not figures.touches:
        return head + tag("p", "There are no touches.")
    first, last = ((one or "").partition("T")[0] for one in (figures.first, figures.last))
    text = (
        f"{counted(figures.findings, 'finding')} in {counted(figures.touches, 'touch')} of "
        f"{counted(figures.contacts, 'contact')}, from {first} to {last} ({', '.join(figures.files)}, all of "
        "it). These figures go into the bundle, the touches do not."
    )
    return head + tag("p", text)


def say_untested(preview: Preview, untested: Iterable[UntestedRule]) -> str:
    """Return which rules in force have no test."""
    titles = [preview.rule_title(one.rule) for one in untested]
    if not titles:
        return ""
    head = f"{counted(len(titles), 'rule')} in force without a test"
    why = (
        "A bundle proves by its tests that it finds what was meant. Write a test beside the rulebook, switch "
        "the rule off, or let it pass: the bundle then names it."
    )
    shown = items_of(titles)
    if len(titles) > 6:
        shown = f"<details><summary>Which rules have none</summary>{shown}</details>"
    return tag("h4", head) + tag("p", why) + shown


def items_of(texts: Iterable[str]) -> str:
    """Return texts as a list."""
    return f"<ul>{''.join(tag('li', one) for one in texts)}</ul>"


def say_progress(stage: str, what: str, done: int, total: int | None) -> str:
    """Return how far an export is, with a bar. No live region: it would be read out all the time."""
    told = f"{stage}: {what}, {done:,} of {total:,}" if total else f"{stage} …"
    value = f' value="{done / total:.3f}"' if total else ""
    bar = f'<progress max="1"{value} aria-label="{escape(stage)}"></progress>'
    return f'<div class="jp-touchrules-progress">{bar}{tag("p", told)}</div>'


def say_report(report: Report) -> str:
    """Return what was checked of the file that was written, check by check."""
    rows = "".join(_say_check(one) for one in report.checks)
    heads = ("Checked", "Result", "What there is")
    return table_of("What was checked of the file that was written", heads, rows, "jp-touchrules-checks")


def _say_check(one: Check) -> str:
    kind, mark, word = ("passed", "✓", "passed") if one.passed else ("refused", "✗", "refused")
    result = f'<td class="{kind}"><span aria-hidden="true">{mark}</span> {word}</td>'
    told = escape(f"{one.told} {one.remedy}".strip())
    name = tag("th", _CHECKS.get(one.name, one.name)).replace("<th>", '<th scope="row">')
    return f"<tr>{name}{result}<td>{told}</td></tr>"
