"""JSON in its one form, and JSON as the values that it stands for."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from touchrules.errors import BundleError, Problem
from touchrules.language.nodes import clipped, quoted
from touchrules.production.bundle.archive import AGAIN

T = TypeVar("T")


def write_json(value: object) -> bytes:
    """Return JSON in its one form: keys sorted, two spaces, UTF-8, one newline at the end.

    >>> write_json({"b": 1, "a": "é"})
    b'{\\n  "a": "\\xc3\\xa9",\\n  "b": 1\\n}\\n'
    """
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def read_json(data: bytes, name: str, file: str) -> Any:
    """Return what JSON in its one form says. Raises BundleError for any other."""
    try:
        value = json.loads(data.decode("utf-8"))
        same = write_json(value) == data
    except (ValueError, RecursionError):
        same, value = False, None
    if not same:
        _refuse(file, f"{quoted(name)} is not written as touchrules writes it.")
    return value


def decode(kind: type[T], value: object, name: str, file: str, *, known: str = "all") -> T:
    """Return a value of a dataclass, or of what stands in its fields, from plain JSON.

    `name` is where it stands. `known`: whether its keys must be `all` of the fields, or at least those, as
    in a later format. Raises BundleError where it does not fit.
    """
    decoder = _Decoder(file=file, exact=known == "all")
    result: T = decoder.read(kind, value, name)
    return result


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Decoder:
    file: str
    exact: bool

    def read(self, kind: Any, value: Any, where: str) -> Any:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in {types.UnionType, Union}:
            return self.choice(inner, value, where)
        if origin is tuple and isinstance(value, list):
            return tuple(self.read(inner[0], one, f"{where}[{n}]") for n, one in enumerate(value))
        if origin is Mapping and isinstance(value, dict):
            return {key: self.read(inner[1], one, f"{where}.{key}") for key, one in value.items()}
        if dataclasses.is_dataclass(kind) and isinstance(value, dict):
            return self.record(kind, value, where)
        if type(value) is not kind:
            self.misfit(value, where)
        return value

    def choice(self, kinds: tuple[Any, ...], value: Any, where: str) -> Any:
        if value is None and type(None) in kinds:
            return None
        fitting = [kind for kind in kinds if _is_like(kind, value)]
        if not fitting:
            self.misfit(value, where)
        return self.read(fitting[0], value, where)

    def record(self, kind: Any, value: dict[str, Any], where: str) -> Any:
        hints = get_type_hints(kind)
        missing = [name for name in hints if name not in value]
        more = [name for name in value if name not in hints]
        if missing:
            _refuse(self.file, f"{where} has no {quoted(missing[0])}.")
        if more and self.exact:
            _refuse(self.file, f"{where} has a field {quoted(more[0])}, which this format does not know.")
        return kind(**{name: self.read(hint, value[name], f"{where}.{name}") for name, hint in hints.items()})

    def misfit(self, value: object, where: str) -> NoReturn:
        _refuse(self.file, f"{where} cannot be {clipped(json.dumps(value, ensure_ascii=False))}.")


def _is_like(kind: Any, value: object) -> bool:
    if get_origin(kind) is tuple:
        return isinstance(value, list)
    if dataclasses.is_dataclass(kind):
        return isinstance(value, dict)
    return type(value) is kind


def _refuse(file: str, message: str) -> NoReturn:
    raise BundleError(Problem(message=message, remedy=AGAIN, context=f"bundle {file}"))
