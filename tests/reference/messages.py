"""What a finding says: the templates of `say` and `advise`."""

import re
from collections.abc import Mapping
from typing import Any

from tests.reference.localtime import local_time
from tests.reference.parameters import Parameter
from tests.reference.touches import Book, Touch, read_field
from tests.reference.values import duration_seconds

BLANK = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")


def write_number(number: float) -> str:
    """Without a point if integral, else at most two decimals and no trailing zeros."""
    if number == int(number):
        return str(int(number))
    text = format(number, ".2f").rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write_duration(seconds: float) -> str:
    """`1d2h3m4s`, in whole seconds."""
    left, text = int(seconds), ""
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        if left >= length:
            text += f"{left // length}{unit}"
            left %= length
    return text or "0s"


def write_value(value: Any, touch: Touch) -> str:
    """A field's value in a message."""
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return write_number(value)
    if isinstance(value, int):
        local = local_time(value, touch.zone)
        return f"{local.date().isoformat()} {local.hour:02}:{local.minute:02}"
    return str(value)


def write_parameter(parameter: Parameter | None) -> str:
    """A parameter's value in a message."""
    if parameter is None:
        return "?"
    value = parameter.value
    if parameter.type == "duration":
        return write_duration(duration_seconds(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(value)
    return value if isinstance(value, str) else write_number(value)


def fill_template(
    template: str, book: Book, rule: Mapping[str, Any], touch: Touch, value: float | None
) -> str:
    """The template with its blanks filled in."""

    def fill_blank(found: re.Match[str]) -> str:
        name = found[1]
        if name == "value":
            if value is None:
                return "?"
            is_gap = "gap" in rule["where"][0]
            return write_duration(value) if is_gap else write_number(value)
        if name.startswith("param."):
            return write_parameter(book.parameters.get(name.removeprefix("param.")))
        return write_value(read_field(book, touch, name), touch)

    return BLANK.sub(fill_blank, template)


def message_and_advice(
    book: Book, rule: Mapping[str, Any], touch: Touch, value: float | None
) -> tuple[str, str | None]:
    """What the finding says and advises."""
    say, advise = rule.get("say"), rule.get("advise")
    message = rule["title"] if say is None else fill_template(say, book, rule, touch, value)
    return message, None if advise is None else fill_template(advise, book, rule, touch, value)
