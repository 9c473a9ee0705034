"""An explanation as lines that a manager can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from touchrules.cli.screen import show
from touchrules.replay.explain import Explanation
from touchrules.replay.messages import write_local_time
from touchrules.replay.seen import CheckedTest, RuleSeen, TouchSeen

_MAX_TEXT: Final = 160


def write_explanation(told: Explanation) -> Iterator[Text]:
    """Yield the lines of an explanation."""
    rules = [rule for touch in told.touches for rule in touch.rules]
    found = sum(rule.found or rule.ending is not None for rule in rules)
    yield Text(
        f"Contact {show(told.contact)}: {len(told.touches):,} touches, rules said yes {found:,} times. "
        f"{told.replayed:,} touches were looked at; they share a contact, an account, a rep or another "
        "key of these rules."
    )
    for touch in told.touches:
        yield Text()
        yield from _write_touch(touch)


def _write_touch(touch: TouchSeen) -> Iterator[Text]:
    fields = touch.fields
    what = [str(fields[name]) for name in ("kind", "direction", "outcome") if fields[name] is not None]
    who = [f"{word} {fields[name]}" for word, name in _WHO if fields[name] is not None]
    at = write_local_time(fields["at"], touch.zone)
    yield Text(show(f"{at} {touch.zone}  {' '.join(what)}  {', '.join(who)}"), style="bold")
    for word, name in (("subject", "subject"), ("text", "text"), ("stage", "stage")):
        if fields[name] is not None:
            yield Text(f"    {word}: {_clip(show(fields[name]))}", style="dim")
    if fields["promised_at"] is not None:
        yield Text(f"    promised: {write_local_time(fields['promised_at'], touch.zone)}", style="dim")
    yield Text(f"    facts that stood: {show(', '.join(touch.facts) or 'none')}")
    if not touch.rules:
        yield Text("    no rule looked")
    for rule in sorted(touch.rules, key=lambda one: (not one.found, one.rule)):
        yield from _write_rule(rule, touch.zone)


_WHO: Final = (("touch", "touch_id"), ("rep", "rep_id"), ("account", "account_id"))


def _write_rule(rule: RuleSeen, zone: str) -> Iterator[Text]:
    if rule.ending is not None:
        yield from _write_expectation(rule, zone)
    elif rule.found:
        said = rule.message or "not reported"
        yield Text(f"    FOUND  {rule.rule} ({rule.severity}): {show(said)}", style="red")
    else:
        yield Text(f"    silent {rule.rule}: {rule.title}")
    for fact, wanted, stood in rule.facts:
        asked = "must stand" if wanted else "must not stand"
        yield _tick(stood == wanted, f"{fact} {'stood' if stood else 'did not stand'}, {asked}")
    for test in rule.tests:
        yield from _write_test(test)


def _write_expectation(rule: RuleSeen, zone: str) -> Iterator[Text]:
    ended = rule.ending
    if ended is None:
        return
    after, by = write_local_time(ended.after, zone), write_local_time(ended.by, zone)
    line = f"{rule.rule} ({rule.severity}): expected between {after} and {by}: {ended.status}"
    if ended.settled_at is not None and ended.touch_id is not None:
        line += f" at {write_local_time(ended.settled_at, zone)} by touch {ended.touch_id}"
    broken = ended.status == "broken"
    yield Text(f"    {'FOUND ' if broken else 'expect'} {show(line)}", style="red" if broken else "")
    if rule.message is not None:
        yield Text(f"           {show(rule.message)}")


def _write_test(test: CheckedTest) -> Iterator[Text]:
    yield _tick(test.passed, test.text)
    for one in test.looked:
        if not isinstance(one.answer, bool):
            named = "" if one.text == test.text else f" ({one.text})"
            yield Text(f"             it was {one.was}{named}")


def _tick(passed: bool, text: str) -> Text:
    return Text(f"           {'yes' if passed else 'no '}  {show(text)}")


def _clip(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
