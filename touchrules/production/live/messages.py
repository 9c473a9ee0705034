"""What one finding says and advises: the templates of its rule, filled in for one touch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from touchrules.model.lookbacks import Gap
from touchrules.model.rules import Rule, Rulebook
from touchrules.model.touches import FieldType
from touchrules.production.live.touches import LiveTouch
from touchrules.replay.messages import (
    BLANK,
    UNKNOWN,
    names_in,
    write_local_time,
    write_number,
    write_parameter,
    write_plain,
    write_seconds,
)
from touchrules.streams.signals import CompiledSignals, compile_signals, read_signals

Types = Mapping[str, FieldType]
"""The type of each field that a touch can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """The templates of one rule, ready for one touch after the other."""

    rulebook: Rulebook
    rule: Rule
    types: Types
    signals: CompiledSignals

    def say(self, touch: LiveTouch, value: float | None) -> str:
        """Return what a finding says."""
        say = self.rule.say
        return self.rule.title if say is None else self._fill(say, touch, value)

    def advise(self, touch: LiveTouch, value: float | None) -> str | None:
        """Return what a finding advises, if its rule advises anything."""
        advise = self.rule.advise
        return None if advise is None else self._fill(advise, touch, value)

    def _fill(self, template: str, touch: LiveTouch, value: float | None) -> str:
        read = read_signals(self.signals, touch.fields) if self.signals.signals else {}

        def blank(found: re.Match[str]) -> str:
            name = found[1]
            if name == "value":
                return self._write_value(value)
            if name.startswith("param."):
                parameter = self.rulebook.parameters.get(name.removeprefix("param."))
                return UNKNOWN if parameter is None else write_parameter(parameter)
            return write_plain(read[name]) if name in read else self._write_field(name, touch)

        return BLANK.sub(blank, template)

    def _write_value(self, value: float | None) -> str:
        if value is None:
            return UNKNOWN
        return write_seconds(value) if isinstance(self.rule.where[0], Gap) else write_number(value)

    def _write_field(self, name: str, touch: LiveTouch) -> str:
        value = touch.fields.get(name)
        if self.types.get(name) == "timestamp" and value is not None:
            return write_local_time(int(value), touch.zone)
        return write_plain(value)


def compile_messages(rulebook: Rulebook, rule: Rule, types: Types) -> Messages:
    """Return what the findings of a rule say, as `replay.messages` writes it for many at once."""
    asked = {name: one for name, one in rulebook.signals.items() if name in names_in(rule)}
    return Messages(rulebook=rulebook, rule=rule, types=types, signals=compile_signals(asked))
