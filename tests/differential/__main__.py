"""Compare the engines with the plain evaluator on many seeded examples."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.differential.agreement import Engine, find_difference, run_reference, write_example
from tests.differential.engine import run_columnar, run_columnar_compiled, run_engine, run_parts
from tests.differential.examples import Example, seeded_example
from tests.differential.inprocess import run_engine_here
from tests.differential.minimise import minimise
from tests.differential.mix import count_mix

BATCH = 100
ENGINES: dict[str, Engine] = {
    "durable": run_engine_here,
    "worker": run_engine,
    "columnar": run_columnar,
    "compiled": run_columnar_compiled,
    "parts": run_parts,
}


Checked = tuple[Counter[str], tuple[int, str] | None]
"""The counts of some examples, and the number of the first that differs, with the engine."""


def check_batch(seed: int, engines: list[str], first: int, last: int) -> Checked:
    """Compare these examples."""
    counts: Counter[str] = Counter()
    for number in range(first, last):
        example = seeded_example(seed, number)
        counts += count_mix(example, run_reference(example))
        for engine in engines:
            if find_difference(ENGINES[engine], example):
                return counts, (number, engine)
    return counts, None


def run_batches(seed: int, engines: list[str], examples: int, jobs: int) -> Iterator[Checked]:
    """The batches in order, in so many processes."""
    starts = range(0, examples, BATCH)
    ends = [min(start + BATCH, examples) for start in starts]
    every = [seed] * len(ends), [engines] * len(ends), starts, ends
    if jobs == 1:
        yield from map(check_batch, *every)
        return
    with ProcessPoolExecutor(jobs) as pool:
        try:
            yield from pool.map(check_batch, *every)
        finally:
            pool.shutdown(cancel_futures=True)


def shrink(engine: Engine, example: Example) -> Example:
    """The smallest example found that differs in the same way: in a table, or by the same error."""
    kind = difference_kind(engine, example)
    return minimise(example, lambda candidate: difference_kind(engine, candidate) == kind)


def difference_kind(engine: Engine, example: Example) -> str | None:
    """Which error was raised, or that a table differs; None without a difference."""
    difference = find_difference(engine, example)
    if difference is None or not difference.startswith("the engine raised"):
        return difference and "a table differs"
    return difference.split(":")[0]


def tell_difference(engine: Engine, seed: int, number: int) -> None:
    """Print the difference, and the smallest example that shows one."""
    example = seeded_example(seed, number)
    print(f"\nexample {number} of seed {seed}: {find_difference(engine, example)}")
    small = shrink(engine, example)
    print(f"\nin its smallest form: {find_difference(engine, small)}\n\n{write_example(small)}")


def main() -> int:
    """Run it; 0 if all examples agree, 1 at the first that does not."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(
        "--engine",
        nargs="+",
        choices=ENGINES,
        default=["durable", "columnar"],
        help="worker: durable in processes of its own, slower; compiled: columnar as on long streams;"
        " parts: columnar as on streams larger than memory",
    )
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.monotonic()
    for batch, differing in run_batches(arguments.seed, arguments.engine, arguments.examples, arguments.jobs):
        counts += batch
        if differing is not None:
            number, engine = differing
            print(f"\n{engine}:")
            tell_difference(ENGINES[engine], arguments.seed, number)
            return 1
        print(f"\r{counts['examples']} of {arguments.examples} agree", end="", flush=True)
    print(f", in {time.monotonic() - started:.0f} s")
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
