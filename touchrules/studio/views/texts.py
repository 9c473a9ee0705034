"""Pieces of HTML that views show, every text in them escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from touchrules.studio.impact import Count


def tag(name: str, text: str, kind: str = "") -> str:
    """Return a text within a tag, escaped.

    >>> tag("b", "a < b", "big")
    '<b class="big">a &lt; b</b>'
    """
    attribute = f' class="{escape(kind)}"' if kind else ""
    return f"<{name}{attribute}>{escape(text)}</{name}>"


def change_of(count: Count) -> str:
    """Return how a number differs from the saved one.

    >>> change_of(Count(now=3, saved=5)), change_of(Count(now=5, saved=5))
    ('−2', '±0')
    """
    change = count.now - count.saved
    return "±0" if not change else f"+{change:,}" if change > 0 else f"−{-change:,}"


def card(label: str, count: Count) -> str:
    """Return a number with its label, and how it differs from the saved one."""
    kind = "more" if count.now > count.saved else "fewer" if count.now < count.saved else "same"
    parts = [tag("span", label, "label"), tag("span", f"{count.now:,}", "number")]
    parts.append(tag("span", f"{change_of(count)} against saved", f"change {kind}"))
    return f'<div class="jp-touchrules-card">{"".join(parts)}</div>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Return a small table; all columns but the first hold numbers."""
    body = "".join(f"<tr>{''.join(tag('td', cell) for cell in row)}</tr>" for row in rows)
    return table_of(caption, heads, body, kind)


def text_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a small table of texts."""
    return table(caption, heads, rows, "jp-touchrules-texts")


def table_of(caption: str, heads: Sequence[str], body: str, kind: str = "") -> str:
    """Return a small table around rows that are HTML already."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    inner = f"{tag('caption', caption)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<table class="{f"jp-touchrules-table {kind}".rstrip()}">{inner}</table>'
