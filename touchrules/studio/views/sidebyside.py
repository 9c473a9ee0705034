"""Two versions of a rulebook beside one another: what differs in words, in findings and line by line."""

from __future__ import annotations

from html import escape
from typing import Final

from touchrules.language.describe_differences import say_difference
from touchrules.model.wording import capitalized, counted
from touchrules.studio.effects import say_effect
from touchrules.studio.impact import Count
from touchrules.studio.versions import Comparison, Line
from touchrules.studio.views.changelist import bar
from touchrules.studio.views.texts import change_of, table, tag

_MARKS: Final = {"same": ("", ""), "changed": ("−", "+"), "gone": ("−", ""), "new": ("", "+")}


def show_comparison(old: str, new: str, found: Comparison) -> str:
    """Return the HTML of a comparison. `old`, `new`: what the two are called."""
    texts = _side_by_side(old, new, found)
    if found.problems:
        told = "".join(tag("pre", str(problem), "problems") for problem in found.problems)
        head = "These rulebooks do not load together any more, so nothing can be replayed:"
        return f"{tag('p', head)}{told}{texts}"
    if not found.differences:
        return tag("p", f"{capitalized(old)} is the same as {new}.", "hint") + texts
    items = "".join(tag("li", say_difference(one)) for one in found.differences)
    words = f"{tag('h4', f'From {old} to {new}')}<ul>{items}</ul>"
    effect = tag("p", f"Over these touches: {say_effect(found.effect)}.") + bar(found.effect, (old, new))
    return f"{words}{effect}{_found(old, new, found)}{texts}"


def _found(old: str, new: str, found: Comparison) -> str:
    """Return a table of the rules that did not find as many in both."""
    rows = [
        (one.title, f"{one.old:,}", f"{one.new:,}", change_of(Count(now=one.new, saved=one.old)))
        for one in found.found
        if one.old != one.new
    ]
    same = len(found.found) - len(rows)
    rest = f"{counted(same, 'rule')} of it {'finds' if same == 1 else 'find'} as many in both."
    heads = ("Rule", capitalized(old), capitalized(new), "Change")
    told = table("Found over the same touches", heads, rows) if rows else ""
    return told + tag("p", rest, "hint")


def _side_by_side(old: str, new: str, found: Comparison) -> str:
    """Return both texts in one table, so that they scroll in step."""
    heads = "".join(f'<th scope="col" colspan="2">{escape(one)}</th>' for one in (old, new))
    rows = "".join(_row(line) for line in found.lines)
    columns = '<colgroup><col class="number"><col><col class="number"><col></colgroup>'
    inner = f"<table>{columns}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return (
        f'{tag("h4", "The texts")}<div class="jp-touchrules-sidebyside" tabindex="0" role="region"'
        f' aria-label="Both texts, line by line">{inner}</div>'
    )


def _row(line: Line) -> str:
    before, after = _MARKS[line.kind]
    return f'<tr class="{line.kind}">{_cells(line.old, before, "old")}{_cells(line.new, after, "new")}</tr>'


def _cells(one: tuple[int, str] | None, mark: str, side: str) -> str:
    if one is None:
        return f'<td class="number {side}"></td><td class="line {side} none"></td>'
    number, text = one
    return (
        f'<td class="number {side}">{number}</td>'
        f'<td class="line {side}"><b>{mark}</b><code>{escape(text)}</code></td>'
    )
