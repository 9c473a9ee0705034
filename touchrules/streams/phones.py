"""The area a phone number belongs to: the first digits of the national number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_REGION: Final = "US"
_DIGITS: Final = 6
_FULL_LENGTH: Final = 10
_AMERICAN: Final = re.compile(r"(?:\+1)?([2-9][0-9]{5})[0-9]{4}")
"""How most numbers of the US and its neighbours are written, which needs no closer look."""


@lru_cache(maxsize=65_536)
def phone_prefix(number: str) -> str | None:
    """Return the first six digits of the national significant number; without a country it is one of the US.

    None if it cannot be read or has fewer than ten digits, as short codes have.

    >>> phone_prefix("+1 (415) 555-2671")
    '415555'
    """
    if american := _AMERICAN.fullmatch(number):
        return american[1]
    import phonenumbers  # noqa: PLC0415  (slow to import, and few rulebooks need it)

    try:
        parsed = phonenumbers.parse(number, _REGION)
    except phonenumbers.NumberParseException:
        return None
    national = str(phonenumbers.national_significant_number(parsed))
    return national[:_DIGITS] if len(national) >= _FULL_LENGTH else None
