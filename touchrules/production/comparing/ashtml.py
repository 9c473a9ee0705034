"""A comparison as one page to read on a screen, to print and to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Final

from touchrules.production.comparing.document import BookChanges, Change, Comparison, Found, RuleChanges
from touchrules.production.comparing.sentences import (
    NOTHING,
    RULES,
    SECTIONS,
    STATUS,
    TITLE,
    differing,
    label_of_change,
    say_because,
    say_beside,
    say_found,
    say_in_short,
    say_measured,
    say_shown,
)
from touchrules.replay.examples import Example

_STYLE: Final = "page.css"
_NUMBERS: Final = ("Before", "After", "Newly found", "No longer found")


def write_comparison_html(comparison: Comparison) -> str:
    """Return a comparison as HTML that needs nothing beside it and runs nothing."""
    style = files(__package__).joinpath(_STYLE).read_text(encoding="utf-8")
    title = escape(TITLE)
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    )
    return "\n".join([head, *_body(comparison), "</main>\n</body>\n</html>\n"])


def _body(comparison: Comparison) -> Iterator[str]:
    yield f"<dl>\n<dt>Before</dt><dd>{escape(comparison.before)}</dd>"
    yield f"<dt>After</dt><dd>{escape(comparison.after)}</dd>\n</dl>"
    short = f"In short: {say_in_short(comparison)}" if comparison.rulebooks else NOTHING
    yield f'<p class="short">{escape(short)}</p>'
    if comparison.measured is not None:
        yield _paragraph(say_measured(comparison.measured))
    if comparison.beside:
        yield _paragraph(say_beside(comparison))
    rows = list(differing(comparison))
    if rows:
        counted = ((rule.title, *map(_number, _counts(found))) for rule, found in rows)
        yield _table("Findings by rule", ("Rule", *_NUMBERS), (_row(row, numbers=4) for row in counted), 4)
    for book in comparison.rulebooks:
        yield from _book(book)
    if comparison.differs:
        yield '<p class="sign"><span>Approved by</span><span>Date</span></p>'


def _counts(found: Found) -> tuple[int, ...]:
    return (found.before, found.after, found.newly, found.no_longer)


def _number(count: int) -> str:
    return f"{count:,}"


def _book(book: BookChanges) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(book.title)}</h2>"
    if STATUS[book.status]:
        yield _paragraph(STATUS[book.status])
    for heading, kinds in SECTIONS:
        changes = [change for change in book.changes if change.kind in kinds]
        if changes:
            yield f"<h3>{heading}</h3>"
            yield from _changes(changes)
    for heading, status in RULES:
        rules = [rule for rule in book.rules if rule.status == status]
        if rules:
            yield f"<h3>{heading}</h3>"
        for rule in rules:
            yield from _rule(rule)
    yield "</section>"


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    """Yield tables of the changes of a whole rulebook: of values, and of lists."""
    values = [change for change in changes if not _is_list(change)]
    lists = [change for change in changes if _is_list(change)]
    if values:
        rows = [(one, _value(one.before), _value(one.after)) for one in values]
        yield _table_of_changes(("What", "Before", "Now"), rows)
    if lists:
        rows = [(one, _listed(one.added, "ins"), _listed(one.taken_out, "del")) for one in lists]
        yield _table_of_changes(("What", "Added", "Taken out"), rows)


def _is_list(change: Change) -> bool:
    return change.kind == "phrases" or bool(change.added or change.taken_out)


def _table_of_changes(columns: Sequence[str], rows: Sequence[tuple[Change, str, str]]) -> str:
    """Return a table of changes, with the rules that build on them if there are any."""
    if not any(change.bears_on for change, _, _ in rows):
        return _table("", columns, (_cells(*row) for row in rows))
    with_rules = (*columns, "Rules that build on it")
    return _table("", with_rules, (_cells(*row, f"<td>{_names(row[0])}</td>") for row in rows))


def _cells(change: Change, one: str, other: str, rules: str = "") -> str:
    what = escape(label_of_change(change))
    return f'<tr><th scope="row">{what}</th><td>{one}</td><td>{other}</td>{rules}</tr>'


def _names(change: Change) -> str:
    names = "".join(f"<li>{escape(named.title)}</li>" for named in change.bears_on)
    return f'<ul class="names">{names}</ul>' if names else "None"


def _value(text: str | None) -> str:
    return "Nothing" if text is None else escape(text)


def _listed(texts: Sequence[str], mark: str) -> str:
    return ", ".join(f"<{mark}>{escape(text)}</{mark}>" for text in texts) or "Nothing"


def _rule(rule: RuleChanges) -> Iterator[str]:
    off = "" if rule.enabled or rule.status == "retired" else ", switched off"
    severity = f'<span class="severity">(severity {rule.severity}{off})</span>'
    yield f"<article>\n<h4>{escape(rule.title)} {severity}</h4>"
    if rule.why and "why" not in {change.kind for change in rule.changes}:
        yield _paragraph(f"Why it matters: {rule.why}")
    if rule.status in {"added", "retired"}:
        yield _paragraph(f"What it {'looks' if rule.status == 'added' else 'looked'} for: {rule.does}")
    because = say_because(rule)
    if because:
        yield _paragraph(because)
    if rule.changes:
        rows = (_row((one.what, _told(one.before), _told(one.after))) for one in rule.changes)
        yield _table("", ("What", "Before", "Now"), rows)
    if rule.found is not None:
        yield from _found(rule.found)
    yield "</article>"


def _told(text: str | None) -> str:
    return "Nothing" if text is None else text


def _found(found: Found) -> Iterator[str]:
    yield _paragraph(f"Findings: {say_found(found)}")
    groups = (
        ("Newly found", found.newly, found.examples_newly),
        ("No longer found", found.no_longer, found.examples_no_longer),
    )
    for label, total, examples in groups:
        if examples:
            caption = say_shown(label, len(examples), total)
            yield _table(caption, ("When", "Rep", "Contact", "What is told"), map(_example, examples))


def _example(one: Example) -> str:
    cells = (escape(cell) for cell in (one.rep, one.contact, one.message))
    return f'<tr><td class="when">{escape(one.at)}</td>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _row(cells: Sequence[str], numbers: int = 0) -> str:
    """Return a row whose first cell says what it is of; the last ones, `numbers` of them, are numbers."""
    first, *rest = map(escape, cells)
    kinds = ["td"] * (len(rest) - numbers) + ['td class="number"'] * numbers
    told = "".join(f"<{kind}>{cell}</td>" for kind, cell in zip(kinds, rest, strict=True))
    return f'<tr><th scope="row">{first}</th>{told}</tr>'


def _table(caption: str, columns: Sequence[str], rows: Iterator[str], numbers: int = 0) -> str:
    """Return a table with headers; the last columns, `numbers` of them, are of numbers."""
    kinds = [""] * (len(columns) - numbers) + [' class="number"'] * numbers
    heads = "".join(f'<th scope="col"{kind}>{one}</th>' for kind, one in zip(kinds, columns, strict=True))
    told = f"<caption>{escape(caption)}</caption>\n" if caption else ""
    body = "\n".join(rows)
    top = f"<thead><tr>{heads}</tr></thead>"
    label = escape(caption or ", ".join(columns))  # by keyboard, what is too wide is scrolled
    scroll = f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">'
    return f"{scroll}<table>\n{told}{top}\n<tbody>\n{body}\n</tbody>\n</table></div>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
