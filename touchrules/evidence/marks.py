"""The marks of ill health that a rule can have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

MarkName = Literal["never-fires", "always-fires", "cannot-know", "same-as", "within", "changes-nothing"]
MARKS: tuple[MarkName, ...] = get_args(MarkName)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that is wrong with a rule, or with a parameter (`changes-nothing`).

    `subject`: the rule's id, or `rulebook.parameter`. `of`: the field that is missing (`cannot-know`), or
    the other rule (`same-as`, `within`); else empty. `says`: the numbers behind it, in a sentence.
    """

    rulebook: str
    subject: str
    mark: MarkName
    of: str = ""
    says: str = ""

    @property
    def names(self) -> frozenset[tuple[str, str, str]]:
        """What an excuse may call it: subject, mark and `of`; two rules that find the same, either way."""
        names = {(self.subject, self.mark, self.of)}
        if self.mark == "same-as":
            names.add((self.of, self.mark, self.subject))
        return frozenset(names)
