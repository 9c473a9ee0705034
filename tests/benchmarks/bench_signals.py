"""How much text the signals read: MB a second on one core, over made-up mails.

    python tests/benchmarks/bench_signals.py [MEGABYTES]

Prints one row of a markdown table.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping, Sequence

from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.streams.signals import compute_signals

SYLLABLES = (
    "an",
    "ber",
    "con",
    "de",
    "ex",
    "for",
    "gi",
    "ha",
    "in",
    "ju",
    "ka",
    "li",
    "mo",
    "ne",
    "or",
    "pa",
    "re",
    "sa",
)
FIRST_NAMES = (
    "Ann",
    "Bo",
    "Carla",
    "Dilip",
    "Élodie",
    "Farid",
    "Grace",
    "Hugo",
    "Inès",
    "Jörg",
    "Kim",
    "Lena",
)
PUNCTUATION = (" ", " ", " ", " ", " ", ", ", ". ", "? ", "\n", "’s ", " “why” ", " $99 ", "  ")
SEED = 2_025


def make_words(rng: random.Random, count: int) -> list[str]:
    """Return made-up words; the first are the most frequent when chosen with falling weights."""
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(count)]


def make_mails(rng: random.Random, words: Sequence[str], size: int) -> list[str | None]:
    """Return mails of some 200 words, one in five sent twice, until there are `size` characters."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    mails: list[str | None] = []
    length = 0
    while length < size:
        chosen = rng.choices(words, weights, k=rng.randint(50, 350))
        gaps = rng.choices(PUNCTUATION, k=len(chosen))
        mail = "".join(word + gap for word, gap in zip(chosen, gaps, strict=True)).capitalize()
        mails += [mail, mail] if rng.random() < 0.2 else [mail]
        length += len(mail)
    return mails


def make_signals(rng: random.Random, words: Sequence[str]) -> dict[str, Signal]:
    """Return ten signals as the shipped rulebooks have: five with 20 phrases of 2 to 4 words each."""
    phrases = [" ".join(rng.choices(words[:400], k=rng.randint(2, 4))) for _ in range(100)]
    signals: dict[str, Signal] = {
        f"phrases_{n}": PhraseCount(phrases=tuple(phrases[20 * n : 20 * n + 20])) for n in range(5)
    }
    return signals | {
        "prices": PatternCount(pattern=r"\$\s?\d+"),
        "demo": PatternCount(pattern=r"(?i)\b(demo|trial|schedule)\b"),
        "names": MentionCount(mentions=("contact_name", "company_name")),
        "questions": QuestionCount(),
        "words": WordCount(),
    }


def measure(signals: Mapping[str, Signal], columns: Mapping[str, Sequence[str | None]], rows: int) -> float:
    """Return the seconds of one core that the signals take."""
    began = time.process_time()
    compute_signals(signals, columns.__getitem__, rows)
    return time.process_time() - began


def main(megabytes: float) -> None:
    """Make the mails, read them, print the row."""
    rng = random.Random(SEED)
    words = make_words(rng, 3_000)
    mails = make_mails(rng, words, int(megabytes * 1e6))
    names = [f"{rng.choice(FIRST_NAMES)} {word.title()}" for word in words]
    columns = {
        "text": mails,
        "contact_name": rng.choices(names, k=len(mails)),
        "company_name": [word.title() for word in rng.choices(words, k=len(mails))],
    }
    signals = make_signals(rng, words)
    size = sum(len(mail.encode()) for mail in mails if mail) / 1e6
    print("| what | touches | MB of text | signals | core seconds | MB/s on one core |")
    print("| --- | --- | --- | --- | --- | --- |")
    seconds = measure(signals, columns, len(mails))
    print(
        f"| signals | {len(mails):,} | {size:.1f} | {len(signals)} | {seconds:.2f} | {size / seconds:.0f} |"
    )
    for name, signal in signals.items() if "--each" in sys.argv else ():
        seconds = measure({name: signal}, columns, len(mails))
        print(f"| {name} alone | {len(mails):,} | {size:.1f} | 1 | {seconds:.2f} | {size / seconds:.0f} |")


if __name__ == "__main__":
    main(next((float(argument) for argument in sys.argv[1:] if argument[0].isdigit()), 20.0))
