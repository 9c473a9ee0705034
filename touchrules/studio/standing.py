"""What a manager has set in a studio, kept outside Python so that it outlives Python."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from touchrules.errors import ArgumentError, DataError, Problem
from touchrules.streams.duplicates import BadRows
from touchrules.streams.mappingfile import read_mapping_text
from touchrules.streams.mappingwriter import write_mapping
from touchrules.studio.folders import place_of_mapping
from touchrules.studio.opening import Data
from touchrules.studio.scope import EVERYTHING, Period, Scope
from touchrules.studio.state import StudioState

_ENVIRONMENT: Final = Data()
_LOST: Final = "It is lost: set it again, and save it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file's text as it was edited, and the mark of the saved text that it was made from."""

    text: str
    made_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands in a studio beside its files.

    `touches` and `bad_rows`: the touches that were asked for. `mapping`: what was said of their columns, as a
    mapping file has it, whether it is saved or not; None: what lies beside them. `scope`: what of them is
    looked at. `left_out`: files of rulebooks that were not opened. `settings`: by `rulebook.parameter`.
    `texts`: those that were edited, by the path of their file.
    """

    rule: str = ""
    touches: str | None = None
    bad_rows: BadRows = "stop"
    mapping: str | None = None
    scope: Scope = EVERYTHING
    left_out: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    switched: Mapping[str, bool] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether something is set that the files do not hold."""
        return bool(self.settings or self.switched or self.texts)

    @property
    def data(self) -> Data:
        """The touches that were asked for. Raises DataError where the mapping is none."""
        mapping = None
        if self.touches is not None and self.mapping is not None:
            mapping = read_mapping_text(self.mapping, place_of_mapping(Path(self.touches)))
        return Data(path=self.touches, mapping=mapping, bad_rows=self.bad_rows)


def standing_of(studio: StudioState, data: Data = _ENVIRONMENT) -> Standing:
    """Return what stands in a studio on some touches."""
    return Standing(
        rule=studio.rule,
        touches=data.path,
        bad_rows=data.bad_rows,
        mapping=None if data.mapping is None else write_mapping(data.mapping),
        scope=studio.scope,
        left_out=studio.left_out,
        settings=dict(studio.state.settings),
        switched=dict(studio.state.switched),
        texts={
            path: Text(text=text, made_from=_mark(saved)) for path, (saved, text) in studio.edits().items()
        },
    )


def take_up(studio: StudioState, standing: Standing) -> None:
    """Have what stood in another studio stand in a fresh one, as one step.

    Raises ArgumentError and RulebookError, and changes nothing, where it does not fit the files any more.
    """
    for path, edited in standing.texts.items():
        saved = studio.saved_text(path)
        if saved is None or _mark(saved) != edited.made_from:
            raise ArgumentError(
                Problem(message=f"{path} was changed since its text was edited.", remedy=_LOST)
            )
    if standing.is_changed:
        texts = {path: edited.text for path, edited in standing.texts.items()}
        studio.take_up(texts, standing.settings, standing.switched)
    if standing.rule in {rule.id for book in studio.state.rulebooks for rule in book.rules}:
        studio.choose(standing.rule)


def write_standing(standing: Standing) -> dict[str, Any]:
    """Return what stands as JSON takes it."""
    return dataclasses.asdict(standing)


def read_standing(text: str) -> Standing:
    """Return what `write_standing` told, from its JSON. Raises ArgumentError where it is something else."""
    try:
        told = json.loads(text)
        texts = {path: Text(**edited) for path, edited in told.pop("texts").items()}
        scope = _read_scope(told.pop("scope"))
        left_out = tuple(told.pop("left_out"))
        standing = Standing(**told, scope=scope, left_out=left_out, texts=texts)
        _ = standing.data
    except (ValueError, TypeError, KeyError, AttributeError, DataError) as error:
        message = f"What was set cannot be read: {error}"
        raise ArgumentError(Problem(message=message, remedy=_LOST)) from error
    return standing


def _read_scope(told: dict[str, Any]) -> Scope:
    segment = tuple((name, tuple(values)) for name, values in told["segment"])
    return Scope(period=Period(**told["period"]), reps=tuple(told["reps"]), segment=segment)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
