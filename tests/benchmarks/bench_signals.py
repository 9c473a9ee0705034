"""How much text the signals read: MB a second on one core.

    python -m tests.benchmarks.bench_signals [MEGABYTES]

Prints two tables: all phrase signals of the shipped rulebooks together over made-up mails, over the texts of
the made-up company and over real e-mails, if they are there; and each sort of signals alone over made-up
mails. Beside each, in the same run and over a part of the same texts, list after list and text after text
by Python's `re`. Each figure is the best of several runs, by the processor's time.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from touchrules.language.load import load_rulebooks
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.streams.counting import TextCount, count_in_texts
from touchrules.streams.demo.files import write_csv
from touchrules.streams.signals import compile_signals, compute_signals, read_signals

ROOT: Final = Path(__file__).parents[2]
MAILS: Final = ROOT.parent / "shared/data/spamassassin_mail.csv.gz"
DEMO_TOUCHES: Final = 200_000
RUNS: Final = 9
PEER_SIZE: Final = 1_000_000  # characters that the slow way is given
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


def shipped_phrases() -> dict[str, TextCount]:
    """Return all phrase signals of the shipped rulebooks, by rulebook and name, whatever field they read."""
    books = load_rulebooks(sorted(map(str, (ROOT / "rulebooks").glob("*.rulebook.yaml"))))
    return {
        f"{book.name}.{name}": signal
        for book in books
        for name, signal in book.signals.items()
        if isinstance(signal, PhraseCount)
    }


def demo_texts() -> list[str]:
    """Return the texts of the made-up company's year, each once."""
    written = io.StringIO()
    write_csv(written.write, DEMO_TOUCHES, 1)
    written.seek(0)
    return distinct(touch["text"] for touch in csv.DictReader(written))


def real_mails() -> list[str]:
    """Return the texts of the real e-mails, each once."""
    csv.field_size_limit(1 << 30)
    with gzip.open(MAILS, "rt", encoding="utf-8", newline="") as file:
        return distinct(mail["body"] for mail in csv.DictReader(file))


def distinct(texts: Iterable[str | None]) -> list[str]:
    """Return the texts that are present, each once."""
    return [text for text in dict.fromkeys(texts) if text]


def sorts_of_signals(rng: random.Random, words: Sequence[str]) -> dict[str, dict[str, Signal]]:
    """Return signals as the shipped rulebooks have, by what they count."""
    phrases = [" ".join(rng.choices(words[:400], k=rng.randint(2, 4))) for _ in range(100)]
    sorts: dict[str, dict[str, Signal]] = {
        "5 lists of 20 phrases": {
            f"phrases_{n}": PhraseCount(phrases=tuple(phrases[20 * n : 20 * n + 20])) for n in range(5)
        },
        "a pattern": {"prices": PatternCount(pattern=r"\$\s?\d+")},
        "a pattern in any case": {"demo": PatternCount(pattern=r"(?i)\b(demo|trial|schedule)\b")},
        "mentions": {"names": MentionCount(mentions=("contact_name", "company_name"))},
        "questions": {"questions": QuestionCount()},
        "words": {"words": WordCount()},
    }
    return {"all ten": {name: signal for sort in sorts.values() for name, signal in sort.items()}} | sorts


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least seconds of the processor that the work takes."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def speed(texts: Sequence[str | None], seconds: float) -> float:
    """Return MB of text a second."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts if text) / 1e6 / seconds


def some_of(texts: Sequence[str | None]) -> list[str | None]:
    """Return texts from all parts of these, with about as many characters as the slow way is given."""
    step = max(1, sum(len(text) for text in texts if text) // PEER_SIZE)
    return [*texts[::step]]


def peer(signals: Mapping[str, Signal], touches: Sequence[Mapping[str, object]]) -> None:
    """Read text after text, list after list."""
    compiled = compile_signals(signals)
    for touch in touches:
        read_signals(compiled, touch)


def print_shipped(sources: Mapping[str, Sequence[str]]) -> None:
    """Print the table of the shipped phrases."""
    signals = shipped_phrases()
    lists, phrases = len(signals), sum(len(s.phrases) for s in signals.values() if isinstance(s, PhraseCount))
    print(f"| {lists} lists, {phrases:,} phrases | texts | MB | MB/s | list after list, MB/s |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, texts in sources.items():
        count_in_texts(signals, texts)  # makes ready what later runs find
        seconds = best(partial(count_in_texts, signals, texts))
        size = speed(texts, 1)
        some = some_of(texts)
        touches = [{"text": text} for text in some]
        on_text = {
            name: PhraseCount(phrases=s.phrases, first=s.first)
            for name, s in signals.items()
            if isinstance(s, PhraseCount)
        }
        peer(on_text, touches[:1])
        slow = speed(some, best(partial(peer, on_text, touches), 1))
        print(f"| {name} | {len(texts):,} | {size:.1f} | {size / seconds:.0f} | {slow:.1f} |")


def print_sorts(
    columns: Mapping[str, Sequence[str | None]], sorts: Mapping[str, Mapping[str, Signal]]
) -> None:
    """Print the table of each sort of signals."""
    texts = columns["text"]
    kept = [text for text in dict.fromkeys(texts) if text]
    size = speed(texts, 1)
    print(f"| {len(texts):,} mails, {size:.1f} MB | MB/s | MB/s of distinct texts | text after text, MB/s |")
    print("| --- | ---: | ---: | ---: |")
    step = max(1, len(texts) * len(texts[0] or "") // PEER_SIZE)
    touches = [dict(zip(columns, touch, strict=True)) for touch in zip(*columns.values(), strict=True)][
        ::step
    ]
    for name, signals in sorts.items():
        compute_signals(signals, columns.__getitem__, len(texts))
        seconds = best(partial(compute_signals, signals, columns.__getitem__, len(texts)))
        slow = speed([touch["text"] for touch in touches], best(partial(peer, signals, touches), 1))
        alone = speed(kept, seconds)
        print(f"| {name} | {size / seconds:.0f} | {alone:.0f} | {slow:.1f} |")


def main(megabytes: float) -> None:
    """Make the mails, read them, print the tables."""
    rng = random.Random(SEED)
    words = make_words(rng, 3_000)
    mails = make_mails(rng, words, int(megabytes * 1e6))
    names = [f"{rng.choice(FIRST_NAMES)} {word.title()}" for word in words]
    columns = {
        "text": mails,
        "contact_name": rng.choices(names, k=len(mails)),
        "company_name": [word.title() for word in rng.choices(words, k=len(mails))],
    }
    sources = {"made-up mails": distinct(mails), "texts of the made-up company": demo_texts()}
    if MAILS.exists():
        sources["real e-mails"] = real_mails()
    print_shipped(sources)
    print()
    print_sorts(columns, sorts_of_signals(rng, words))


if __name__ == "__main__":
    main(next((float(argument) for argument in sys.argv[1:] if argument[0].isdigit()), 20.0))
