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


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a small table; all columns but the first hold numbers."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(f"<tr>{''.join(tag('td', cell) for cell in row)}</tr>" for row in rows)
    inner = f"{tag('caption', caption)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<table class="jp-touchrules-table">{inner}</table>'


def text_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a small table of texts."""
    return table(caption, heads, rows).replace(
        "jp-touchrules-table", "jp-touchrules-table jp-touchrules-texts", 1
    )
