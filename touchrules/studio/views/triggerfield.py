"""What a rule looks at, as choices: kinds, direction, outcomes, and what the text says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import ipywidgets as w

from touchrules.studio.drawing.several import Several
from touchrules.studio.forms.offers import Offers
from touchrules.studio.forms.touchwords import Options
from touchrules.studio.forms.triggers import Trigger, read_trigger, write_trigger
from touchrules.studio.views.fields import Field, Pick
from touchrules.studio.views.texts import tag

_WAYS: Final[Options] = [
    ("any direction", ""),
    ("by us", "outbound"),
    ("from them", "inbound"),
    ("among ourselves", "internal"),
]


class TriggerField(Field):
    """The `when` of a rule; `changed` is told of it. What is no choice stays, in plain English."""

    def __init__(self, changed: Callable[[dict[str, Any]], None]) -> None:
        self._changed = changed
        self._when: object = {}
        self._inner = w.VBox()
        super().__init__(self._inner)

    def show(self, when: object, offers: Offers) -> None:
        """Show a `when`."""
        self._when = when
        trigger = read_trigger(when, offers.book.signals)
        self.kinds = _choices("Kinds of touch", offers.kinds, trigger.kinds, "any kind")
        self.direction = Pick("Direction", _WAYS, trigger.direction)
        self.outcomes = _choices("Outcomes", offers.outcomes, trigger.outcomes, "any outcome")
        self.says = _choices("The text says", offers.signals, trigger.says, "anything")
        self.lacks = _choices("The text does not say", offers.signals, trigger.lacks, "nothing in particular")
        texts = [self.says, self.lacks] if offers.signals else []
        widgets: list[Any] = [self.kinds, self.direction, self.outcomes, *texts]
        rest = f"Also, as the YAML says: {offers.say(dict(trigger.rest), plural=False)}."
        for one in widgets:
            one.observe(lambda _: self._put(trigger), "value")
        self._inner.children = [*widgets, *([w.HTML(tag("p", rest, "hint"))] if trigger.rest else [])]

    def _put(self, before: Trigger) -> None:
        trigger = Trigger(
            kinds=tuple(self.kinds.value),
            direction=self.direction.picked,
            outcomes=tuple(self.outcomes.value),
            says=tuple(self.says.value),
            lacks=tuple(self.lacks.value),
            rest=before.rest,
        )
        self._when = write_trigger(trigger, self._when)
        self._changed(self._when)


def _choices(label: str, options: Options, value: tuple[str, ...], none: str) -> Several:
    known = {one for _, one in options}
    offered = [[one, name] for name, one in options] + [[one, one] for one in value if one not in known]
    return Several(label=label, options=offered, value=list(value), none=none)


def make_choices(label: str, options: Options, value: object, none: str) -> Several:
    """Return several of many for a key of a rule that is a name or a list of names."""
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return _choices(label, options, tuple(one for one in names if isinstance(one, str)), none)
