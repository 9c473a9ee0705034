"""How counts and names are worded, wherever somebody reads them."""

from __future__ import annotations


def counted(count: int, what: str) -> str:
    """Return how many there are of something. `what`: one of it.

    >>> counted(1, "rule"), counted(12_230, "touch"), counted(0, "company")
    ('1 rule', '12,230 touches', '0 companies')
    """
    return f"{count:,} {what if count == 1 else _plural(what)}"


def _plural(what: str) -> str:
    if what.endswith(("s", "x", "ch", "sh")):
        return f"{what}es"
    if what.endswith("y") and what[-2:-1] not in set("aeiou"):
        return f"{what[:-1]}ies"
    return f"{what}s"


def capitalized(text: str) -> str:
    """Return a text with a capital first letter; names in it stay as they are written.

    >>> capitalized("as CRM says")
    'As CRM says'
    """
    return text[:1].upper() + text[1:]
