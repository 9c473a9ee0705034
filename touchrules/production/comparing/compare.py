"""Compares two versions of rulebooks, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from touchrules.language.describe import describe_rule
from touchrules.language.diff import diff_rulebooks
from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    ParameterChanged,
    PartChanged,
    PhrasesChanged,
    RuleChanged,
    RuleRenamed,
    RuleSwitched,
    SeverityChanged,
    TextChanged,
)
from touchrules.model.rules import Rule, Rulebook
from touchrules.production.comparing.document import (
    BookChanges,
    BookStatus,
    Change,
    Comparison,
    Found,
    RuleChanges,
    RuleStatus,
)
from touchrules.production.comparing.measuring import Measurement
from touchrules.production.comparing.version import Version
from touchrules.production.comparing.wording import Side, tell_of_book, tell_of_rule
from touchrules.production.comparing.words import say_plainly


def compare(before: Version, after: Version, measurement: Measurement | None = None) -> Comparison:
    """Return what differs, rulebook by rulebook and rule by rule.

    `measurement`: of both versions on the same touches; then rules are told too that are the same and find
    something else.
    """
    named = before.named | after.named  # a bundle names what lies beside a file
    before, after = replace(before, named=named), replace(after, named=named)
    by_book: dict[str, list[Difference]] = {}
    for one in diff_rulebooks(before.edition, after.edition):
        by_book.setdefault(one.rulebook, []).append(one)
    pairs = tuple(_pairs(before, after))
    found: list[Found] = []
    books = [_tell_book(pair, by_book.get(pair.name, ()), measurement, found) for pair in pairs]
    return Comparison(
        before=before.label,
        after=after.label,
        rulebooks=tuple(book for book in books if book.status != "same" or book.rules),
        measured=None if measurement is None else measurement.total(found),
        beside=tuple(_beside(after, by_book, {pair.name for pair in pairs})),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A rulebook of both versions; None: that version has none of its name.

    `present`: the rulebook as it is, or as it was if it was retired.
    """

    was: Side | None
    now: Side | None
    present: Side

    @property
    def name(self) -> str:
        """The name of the rulebook."""
        return self.present.book.name


def _pairs(before: Version, after: Version) -> Iterator[_Pair]:
    """Yield the rulebooks of both versions, paired as their differences are; the retired ones last."""
    old = {book.name: Side(book=book, edition=before.edition) for book in before.rulebooks}
    for book in after.rulebooks:
        same = next((one.name for one in before.rulebooks if one.name == book.name), None)
        by_file = (one.name for one in before.rulebooks if one.file == book.file)
        was = old.pop(same or next(by_file, ""), None)
        now = Side(book=book, edition=after.edition)
        yield _Pair(was=was, now=now, present=now)
    yield from (_Pair(was=side, now=None, present=side) for side in old.values())


def _beside(after: Version, by_book: Mapping[str, Sequence[Difference]], compared: set[str]) -> Iterator[str]:
    """Yield the titles of rulebooks that differ too, and that were not asked about."""
    titles = {book.name: book.title or book.name for book in after.edition.rulebooks}
    for name, differences in by_book.items():
        if name not in compared and any(not isinstance(one, LayoutChanged) for one in differences):
            yield titles.get(name, name)


def _tell_book(
    pair: _Pair, differences: Sequence[Difference], measurement: Measurement | None, found: list[Found]
) -> BookChanges:
    """Return what differs in one rulebook; what each of its rules found is put to `found`."""
    was, now = pair.was or pair.present, pair.present
    changes = tuple(
        tell_of_book(one, was, now)
        for one in differences
        if isinstance(one, FrameChanged | ParameterChanged | PhrasesChanged | PartChanged)
    )
    rules = []
    for one in _tell_rules(pair, differences, changes):
        measured = one if measurement is None else replace(one, found=_measure(one, pair, measurement))
        if measured.found is not None:
            found.append(measured.found)
        if measured.status != "same" or (measured.found is not None and measured.found.differs):
            rules.append(measured)
    if any(isinstance(one, LayoutChanged) for one in differences):
        changes = (Change(kind="layout", what="Comments, layout or the order of things"),)
    book = now.book
    title = book.title or book.name
    return BookChanges(
        rulebook=book.name,
        title=title,
        status=_status(pair, differences),
        changes=changes,
        rules=tuple(rules),
    )


def _status(pair: _Pair, differences: Sequence[Difference]) -> BookStatus:
    if pair.was is None:
        return "added"
    if pair.now is None:
        return "retired"
    if not differences:
        return "same"
    return "rewritten" if all(isinstance(one, LayoutChanged) for one in differences) else "changed"


def _tell_rules(
    pair: _Pair, differences: Sequence[Difference], changes: Sequence[Change]
) -> Iterator[RuleChanges]:
    """Yield the rules of both versions with what differs about each: new, retired, and all others."""
    own = _changes_by_rule(pair, differences)
    old = {rule.id: rule for rule in pair.was.book.rules} if pair.was else {}
    new = {rule.id: rule for rule in pair.now.book.rules} if pair.now else {}
    renamed = {one.was for one in differences if isinstance(one, RuleRenamed)}
    came = {one.rule.id for one in differences if isinstance(one, RuleRenamed)}
    for rule in new.values():
        if rule.id not in old and rule.id not in came:
            yield _tell_rule(rule, pair.present, "added", ())
    for rule in old.values():
        if rule.id not in new and rule.id not in renamed and pair.was:
            yield _tell_rule(rule, pair.was, "retired", ())
    moved = _titles(new, own)
    for rule in new.values():
        if rule.id in old or rule.id in came:
            told = own.get(rule.id, ())
            one = _tell_rule(rule, pair.present, "changed" if told else "same", told)
            yield replace(one, because=_because(rule, pair.present, changes, moved))


def _titles(rules: Mapping[str, Rule], own: Mapping[str, Sequence[Change]]) -> dict[str, str]:
    """Return the titles of rules that find by other conditions, or were switched."""
    return {
        rule: rules[rule].title
        for rule, changes in own.items()
        if rule in rules and any(one.kind in {"conditions", "switched"} for one in changes)
    }


def _changes_by_rule(pair: _Pair, differences: Sequence[Difference]) -> dict[str, tuple[Change, ...]]:
    if pair.was is None or pair.now is None:
        return {}
    old = {rule.id: rule for rule in pair.was.book.rules}
    ids = {one.rule.id: one.was for one in differences if isinstance(one, RuleRenamed)}
    told: dict[str, tuple[Change, ...]] = {}
    for one in differences:
        if isinstance(one, RuleRenamed | RuleSwitched | SeverityChanged | TextChanged | RuleChanged):
            was = old[ids.get(one.rule.id, one.rule.id)]
            told[one.rule.id] = (*told.get(one.rule.id, ()), *tell_of_rule(one, pair.was, pair.now, was))
    return told


def _tell_rule(rule: Rule, side: Side, status: RuleStatus, changes: tuple[Change, ...]) -> RuleChanges:
    return RuleChanges(
        rule=rule.id,
        title=rule.title,
        status=status,
        severity=rule.severity,
        enabled=rule.enabled,
        why=say_plainly(rule.why),
        does=say_plainly(describe_rule(rule, side.book, side.edition.rulebooks)),
        changes=changes,
    )


def _because(rule: Rule, side: Side, changes: Sequence[Change], moved: Mapping[str, str]) -> tuple[str, ...]:
    """Return what changed that a rule builds on, in few words."""
    settings = [change.what for change in changes if any(one.rule == rule.id for one in change.bears_on)]
    rules = [title for other, title in moved.items() if other != rule.id and other in side.built_on(rule.id)]
    return (*settings, *rules)


def _measure(one: RuleChanges, pair: _Pair, measurement: Measurement) -> Found | None:
    """Return what a rule found before and after; None for one that never reports."""
    before = one.rule
    for change in one.changes:
        if change.kind == "name" and change.before:
            before = change.before
    was, now = _own(pair.was, before), _own(pair.now, one.rule)
    if not any(own and own[0].report for own in (was, now)):
        return None
    return measurement.found(was, now)


def _own(side: Side | None, name: str) -> tuple[Rule, Rulebook] | None:
    if side is None:
        return None
    return next(((rule, side.book) for rule in side.book.rules if rule.id == name), None)
