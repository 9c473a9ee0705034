"""Random touches."""

from typing import Any

from tests.differential.bench import UNITS, Grid
from tests.differential.draw import Draw, several, weighted
from tests.differential.vocabulary import (
    ACCOUNTS,
    CONTACTS,
    DECLARED,
    NUMBERS,
    REPS,
    UNDECLARED,
    WORDS,
    ZONES,
    start_instants,
)

Row = dict[str, Any]
LIKELY = ("direction", "outcome", "account_id", "rep_id", "text", "topic", "promised_at", "contact_name")
POSSIBLE = (
    "subject",
    "reason",
    "objective",
    "campaign",
    "referred_by",
    "referred_to",
    "from_number",
    "to_number",
    "company_name",
    "title",
    "level",
    "stage",
    "duration_s",
    "step",
    "icp",
    "timezone",
    *DECLARED,
)


def build_grid(draw: Draw) -> Grid:
    """The instants on which touches and window edges fall: around a clock change or the like."""
    zone = draw.choice(ZONES)
    unit = draw.choice(UNITS)
    start = draw.choice(start_instants(zone)) - unit * draw.integer(0, 8) * 1_000_000
    return Grid(start=start, unit=unit, timezone=zone)


def build_columns(draw: Draw) -> list[str]:
    """The fields that the touches of a stream may have."""
    columns = [name for name in LIKELY if draw.chance(85)] + several(draw, POSSIBLE, 2, 9)
    return columns + (list(UNDECLARED) if draw.chance(30) else [])


def build_touches(draw: Draw, grid: Grid, columns: list[str]) -> list[Row]:
    """Nought to twenty-five touches in any order."""
    number = weighted(draw, {0: 1, 1: 2, 3: 4, 6: 15, 10: 30, 15: 28, 20: 15, 25: 5})
    ids = several(draw, [f"t{index + 1}" for index in range(number)], number, number)
    at = grid.start
    rows = []
    for touch_id in ids:
        at += draw.choice([0, 0, 1, 1, 1, 2, 3]) * grid.unit * 1_000_000
        rows.append(build_touch(draw, grid, columns, {"touch_id": touch_id, "at": at + jitter(draw)}))
    return several(draw, rows, number, number) if draw.chance(20) else rows


def jitter(draw: Draw) -> int:
    """Mostly nothing; else a microsecond, or part of a second."""
    return draw.choice([-1, 1, 500_000]) if draw.chance(8) else 0


def build_touch(draw: Draw, grid: Grid, columns: list[str], row: Row) -> Row:
    """A touch with some of the columns."""
    row |= {"contact_id": draw.choice(CONTACTS[:2]), "kind": draw.choice(WORDS["kind"])}
    if draw.chance(15):
        row["contact_id"] = CONTACTS[2]
    for name in columns:
        if draw.chance(78):
            row[name] = build_value(draw, grid, row["at"], name)
        elif name in UNDECLARED:
            row[name] = None
    return row


def build_value(draw: Draw, grid: Grid, at: int, name: str) -> Any:
    """A present value of the field."""
    if name in ("promised_at", "signed_at"):
        return at + draw.integer(-1, 5) * grid.unit * 1_000_000 + jitter(draw)
    if name in ("icp", "vip"):
        return draw.chance(60)
    if name == "timezone":
        return draw.choice(ZONES)
    if name in NUMBERS:
        return draw.choice(NUMBERS[name])
    words = {"account_id": ACCOUNTS, "rep_id": REPS}.get(name) or WORDS[name]
    return draw.choice(words)


def build_as_of(draw: Draw, grid: Grid, rows: list[Row]) -> int | None:
    """Mostly the end of the stream; else a grid instant within it or after it."""
    if not rows or draw.chance(50):
        return None
    last = max(row["at"] for row in rows)
    return int(last + draw.choice([-4, -1, 0, 1, 2, 3, 5, 40]) * grid.unit * 1_000_000)
