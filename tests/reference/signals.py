"""The values that are read out of a touch's text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers
import re2

from tests.reference.values import lower_text

QUOTES = dict.fromkeys(range(0x2018, 0x201C), "'") | dict.fromkeys(range(0x201C, 0x2020), '"')


def fold(text: str) -> str:
    """Case ignored, curly quotes straight, white space to single spaces, trimmed."""
    return re.sub(r"\s+", " ", lower_text(text).translate(QUOTES)).strip(" ")


def is_word_character(character: str) -> bool:
    """A letter, a digit or the underscore."""
    return character == "_" or unicodedata.category(character)[0] in "LN"


def stands_alone(text: str, start: int, end: int) -> bool:
    """Neither character next to text[start:end] is a letter, a digit or the underscore."""
    if start > 0 and is_word_character(text[start - 1]):
        return False
    return end >= len(text) or not is_word_character(text[end])


def hit_length(text: str, start: int, longest_first: list[str]) -> int:
    """The length of the longest phrase that stands at this place; 0 for none."""
    for phrase in longest_first:
        if text.startswith(phrase, start) and stands_alone(text, start, start + len(phrase)):
            return len(phrase)
    return 0


def count_phrases(text: str, phrases: Iterable[str]) -> int:
    """How many places of the text hold one of the phrases."""
    folded = fold(text)
    longest_first = sorted({fold(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
    hits = start = 0
    while start < len(folded):
        length = hit_length(folded, start, longest_first)
        hits += length > 0
        start += length or 1
    return hits


def mentioned_phrases(names: Iterable[str], fields: Mapping[str, Any]) -> list[str]:
    """The values of those fields; a contact's name also by its first word."""
    phrases = []
    for name in names:
        value = fields.get(name)
        if value is not None:
            phrases.append(value)
            if name == "contact_name":
                phrases.append(fold(value).split(" ")[0])
    return phrases


def count_words(text: str) -> int:
    """Runs of letters, digits and apostrophes."""
    runs, inside = 0, False
    for character in text:
        is_part = character in "'’" or unicodedata.category(character)[0] in "LN"
        runs += is_part and not inside
        inside = is_part
    return runs


def phone_prefix(text: str) -> str | None:
    """The first six digits of the national number; None if it cannot be read or is too short."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(number)
    return national[:6] if len(national) >= 10 else None


def signal_value(signal: Mapping[str, Any], fields: Mapping[str, Any]) -> float | str | None:
    """The signal of a touch with these fields; None where it is missing."""
    if "phone_prefix" in signal:
        number = fields.get(signal["phone_prefix"])
        return None if number is None else phone_prefix(number)
    text = fields.get(signal.get("field", "text"))
    if text is None:
        return None
    text = text[: signal["first"]] if "first" in signal else text
    if "phrases" in signal:
        return float(count_phrases(text, signal["phrases"]))
    if "mentions" in signal:
        return float(count_phrases(text, mentioned_phrases(signal["mentions"], fields)))
    if "pattern" in signal:
        return float(sum(1 for _ in re2.finditer(signal["pattern"], text)))
    if "questions" in signal:
        return float(len(re.findall(r"\?+", text)))
    return float(count_words(text))
