"""Puts a part of a rulebook's text back as it was, comments and layout included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from touchrules.errors import ArgumentError, Problem
from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    OfRule,
    PartChanged,
    PhrasesChanged,
    RuleAdded,
    RuleChanged,
    RuleGone,
    RuleRenamed,
    RuleSwitched,
    SeverityChanged,
    TextChanged,
)
from touchrules.language.spans import (
    find_item,
    find_value,
    lines_of_item,
    lines_of_pair,
    newline_of,
    with_ends_of,
)
from touchrules.language.splices import compose
from touchrules.language.writer import SetRuleKey, change_rulebook

Path = tuple[str, ...]
"""A key of the rulebook, or a block and the name of an entry in it."""

_COMMENTS: Final = re.compile(r"(?:^[ \t]*#[^\n]*\n)+\Z", re.MULTILINE)
_TOLD_APART: Final = ("title", "severity", "why", "say", "advise", "enabled")


def put_back(text: str, earlier: str, one: Difference) -> str:
    """Return the text of a rulebook with what one difference tells as it stood in an earlier text.

    Raises ArgumentError where the text is laid out so that this cannot be done for that part alone.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text, earlier = text.removeprefix(mark), earlier.removeprefix("\ufeff")
    earlier = with_ends_of(earlier, text)
    match one:
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
        case RuleSwitched() | SeverityChanged() | TextChanged() | RuleChanged():
            text = _put_keys_back(text, earlier, one)
        case _:
            raise _refusal()
    return mark + text


def _put_keys_back(text: str, earlier: str, one: OfRule) -> str:
    """Put keys of a rule back; what else of the rule was told apart stays as it is."""
    old, new = _keys_of(earlier, one.rule.id), _keys_of(text, one.rule.id)
    match one:
        case RuleSwitched():
            value = old.get("enabled", not one.rule.enabled)
            return change_rulebook(text, [SetRuleKey(rule=one.rule.id, key="enabled", value=value)])
        case SeverityChanged() | TextChanged():
            key = "severity" if isinstance(one, SeverityChanged) else one.key
            if key in old:
                return change_rulebook(text, [SetRuleKey(rule=one.rule.id, key=key, value=old[key])])
            kept = [name for name in _TOLD_APART if name != key]
        case _:
            kept = list(_TOLD_APART)
    keys = [name for name in kept if name in new and new[name] != old.get(name)]
    changes = [SetRuleKey(rule=one.rule.id, key=key, value=new[key]) for key in keys]
    return change_rulebook(restore(text, earlier, ("rules", one.rule.id)), changes)


def _keys_of(text: str, rule: str) -> dict[str, Any]:
    """Return the keys of a rule that hold texts or true and false."""
    found = find_value(compose(text), "rules")
    item = None if found is None else find_item(found[1], "id", rule)
    pairs = [] if item is None else item.value
    return {key.value: _plain(value) for key, value in pairs if value.id == "scalar"}


def _plain(value: Any) -> str | bool:
    if value.tag.endswith(":bool") and value.style is None:
        return bool(value.value.lower() == "true")
    return str(value.value)


def restore(text: str, earlier: str, path: Path) -> str:
    """Return the text with a part as it stood, or not at all if it did not stand, in an earlier text."""
    before, now = _Entries(earlier, path), _Entries(text, path)
    if not (before.are_lines and now.are_lines) or now.would_be_empty_without(before):
        if len(path) == 1:
            raise _refusal()
        return restore(text, earlier, path[:1])
    chunk = before.lines(path[-1])
    if path[-1] in now.spans:
        start, end = now.span(path[-1])
        if not chunk and text[start : now.spans[path[-1]][0]] in earlier:
            start = now.spans[path[-1]][0]
        return text[:start] + _indented(chunk, before.column, now.column) + text[end:]
    place = now.place_for(path[-1], before.names)
    chunk = _indented(chunk, before.column, now.column)
    return _joined(text[:place], chunk, text[place:])


class _Entries:
    """The entries of the whole text or of one block of it, by name, and which lines they take."""

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self.spans: dict[str, tuple[int, int]] = {}
        self.column = 0
        root = compose(text)
        pair = (None, root) if len(path) == 1 else find_value(root, path[0])
        block: Any = None if pair is None else pair[1]
        self.are_lines = (
            block is not None
            and block.id != "scalar"
            and not (block.flow_style or root.flow_style)
            and bool(block.value)
        )
        if self.are_lines:
            self._read(block)

    def _read(self, block: Any) -> None:
        if block.id == "mapping":
            for key, value in block.value:
                self.spans[key.value] = lines_of_pair(self._text, key, value)
            self.column = block.value[0][0].start_mark.column
            return
        for item in block.value:
            name = find_value(item, "id")
            self.spans[name[1].value if name else ""] = lines_of_item(self._text, item)
        first = self._text[self.spans[next(iter(self.spans))][0] :]
        self.column = len(first) - len(first.lstrip(" "))

    @property
    def names(self) -> list[str]:
        return list(self.spans)

    def would_be_empty_without(self, before: _Entries) -> bool:
        return len(self.spans) == 1 and not set(self.spans) & set(before.spans)

    def lines(self, name: str) -> str:
        """Return the lines of an entry, its comment included; none if there is no such entry."""
        if name not in self.spans:
            return ""
        start, end = self.span(name)
        chunk = self._text[start:end]
        return chunk if chunk.endswith("\n") else chunk + newline_of(self._text)

    def span(self, name: str) -> tuple[int, int]:
        """Return where the lines of an entry begin and end, with the comment directly above it."""
        start, end = self.spans[name]
        comment = _COMMENTS.search(self._text[:start])
        return (comment.start() if comment else start), end

    def place_for(self, name: str, order: Sequence[str]) -> int:
        """Return where an entry belongs: behind the nearest one that stood before it."""
        earlier = order[: order.index(name)] if name in order else order
        known = next((one for one in reversed(earlier) if one in self.spans), None)
        return self.span(next(iter(self.spans)))[0] if known is None else self.spans[known][1]


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
