"""Puts a part of a rulebook's text back as it was, comments and layout included."""

from __future__ import annotations

import re
from collections.abc import Iterable

from touchrules.errors import ArgumentError, Problem
from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    PartChanged,
    PhrasesChanged,
    RuleAdded,
    RuleChanged,
    RuleGone,
    RuleRenamed,
    SeverityChanged,
    TextChanged,
    keys_changed,
)
from touchrules.language.entries import Entries, Path
from touchrules.language.spans import line_start, newline_of, with_ends_of
from touchrules.language.writer import SetRuleKey, change_rulebook


def put_back(text: str, earlier: str, one: Difference) -> str:
    """Return the text of a rulebook with what one difference tells as it stood in an earlier text.

    Values of parameters and switches stand beside the text too: they are set back, not put back. Raises
    ArgumentError for these, and where the text is laid out so that this cannot be done for that part alone.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text, earlier = text.removeprefix(mark), earlier.removeprefix("\ufeff")
    earlier = with_ends_of(earlier, text)
    match one:
        case PartChanged() if keys := keys_changed(one):
            text = _restore_keys(text, earlier, (one.block, one.name), keys)
        case PhrasesChanged() | PartChanged():
            text = restore(text, earlier, (one.block, one.name))
        case FrameChanged():
            text = restore(text, earlier, (one.key,))
        case LayoutChanged():
            text = earlier
        case RuleRenamed():
            text = change_rulebook(text, [SetRuleKey(rule=one.rule.id, key="id", value=one.was)])
        case RuleAdded() | RuleGone():
            text = restore(text, earlier, ("rules", one.rule.id))
        case SeverityChanged():
            text = restore(text, earlier, ("rules", one.rule.id, "severity"))
        case TextChanged():
            text = restore(text, earlier, ("rules", one.rule.id, one.key))
        case RuleChanged():
            text = _restore_keys(text, earlier, ("rules", one.rule.id), one.keys)
        case _:
            raise _refusal()
    return mark + text


def _restore_keys(text: str, earlier: str, path: Path, keys: Iterable[str]) -> str:
    """Put several keys of an entry back; those that go away go last, so that it is never empty."""
    stood = Entries(earlier, (*path, "")).spans
    for key in sorted(keys, key=lambda key: key not in stood):
        text = restore(text, earlier, (*path, key))
    return text


def restore(text: str, earlier: str, path: Path) -> str:
    """Return the text with a part as it stood, or not at all if it did not stand, in an earlier text."""
    before, now, name = Entries(earlier, path), Entries(text, path), path[-1]
    if len(path) == 3 and before.spans and now.are_in_brackets:
        return _restore_in_brackets(text, before, now, name)
    is_written = before.are_lines or (len(path) == 3 and before.are_in_brackets)
    if not (is_written and now.are_lines) or now.would_be_empty_without(before):
        if len(path) == 1:
            raise _refusal()
        return restore(text, earlier, path[:-1])
    chunk = before.lines(name)
    if name in now.spans:
        start, end = now.span(name)
        if not chunk and text[start : now.spans[name][0]] in earlier:
            start = now.spans[name][0]
        rest = _indented(chunk, before.column, now.column) + text[end:]
        return text[:start] + (rest if start == line_start(text, start) else rest.lstrip(" "))
    place = now.place_for(name, before.names)
    return _joined(text[:place], _indented(chunk, before.column, now.column), text[place:])


def _restore_in_brackets(text: str, before: Entries, now: Entries, key: str) -> str:
    """Put one key of an entry back that stands in brackets, beside others in one line."""
    piece, names = before.piece(key), now.names
    if key in names:
        start, end = now.spans[key]
        if piece:
            return text[:start] + piece + text[end:]
        place = names.index(key)
        if place:
            return text[: now.spans[names[place - 1]][1]] + text[end:]
        return text[:start] + text[now.spans[names[1]][0] if names[1:] else end :]
    if not piece:
        return text
    order = before.names
    earlier = next((one for one in reversed(order[: order.index(key)]) if one in names), None)
    if earlier is None:
        start = now.spans[names[0]][0]
        return f"{text[:start]}{piece}, {text[start:]}"
    end = now.spans[earlier][1]
    return f"{text[:end]}, {piece}{text[end:]}"


def _indented(chunk: str, was: int, now: int) -> str:
    """Return lines moved so that they begin at another column."""
    if now >= was:
        return re.sub(r"^(?=[^\r\n])", " " * (now - was), chunk, flags=re.MULTILINE)
    return re.sub(rf"^ {{{was - now}}}", "", chunk, flags=re.MULTILINE)


def _joined(begin: str, chunk: str, end: str) -> str:
    """Put a piece between two; a comment that was left where its entry went away is not written again."""
    comment = re.match(r"(?:[ \t]*#[^\n]*\n)*", chunk)
    above = comment[0] if comment else ""
    if begin and not begin.endswith("\n"):
        begin += newline_of(chunk)
    if above and begin.endswith(above):
        chunk = chunk.removeprefix(above)
    return begin + chunk + end.removeprefix(above)


def _refusal() -> ArgumentError:
    message = "This change cannot be taken back alone, as the rulebook is written."
    return ArgumentError(Problem(message=message, remedy="Take it back with Undo, or in the YAML."))
