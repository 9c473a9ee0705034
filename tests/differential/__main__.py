"""Compare the engine with the plain evaluator on many seeded examples."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.differential.agreement import Engine, find_difference, run_reference, write_example
from tests.differential.engine import run_engine
from tests.differential.examples import Example, seeded_example
from tests.differential.inprocess import run_engine_here
from tests.differential.minimise import minimise
from tests.differential.mix import count_mix

BATCH = 100
ENGINES: dict[str, Engine] = {"here": run_engine_here, "worker": run_engine}


def check_batch(seed: int, engine: str, first: int, last: int) -> tuple[Counter[str], int | None]:
    """The counts of these examples, and the number of the first that differs."""
    counts: Counter[str] = Counter()
    for number in range(first, last):
        example = seeded_example(seed, number)
        counts += count_mix(example, run_reference(example))
        if find_difference(ENGINES[engine], example):
            return counts, number
    return counts, None


def run_batches(
    seed: int, engine: str, examples: int, jobs: int
) -> Iterator[tuple[Counter[str], int | None]]:
    """The batches in order, in so many processes."""
    starts = range(0, examples, BATCH)
    ends = [min(start + BATCH, examples) for start in starts]
    if jobs == 1:
        yield from map(check_batch, [seed] * len(ends), [engine] * len(ends), starts, ends)
        return
    with ProcessPoolExecutor(jobs) as pool:
        try:
            yield from pool.map(check_batch, [seed] * len(ends), [engine] * len(ends), starts, ends)
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
        "--engine", choices=ENGINES, default="here", help="worker: a new process for each example, slower"
    )
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.monotonic()
    for batch, number in run_batches(arguments.seed, arguments.engine, arguments.examples, arguments.jobs):
        counts += batch
        if number is not None:
            tell_difference(ENGINES[arguments.engine], arguments.seed, number)
            return 1
        print(f"\r{counts['examples']} of {arguments.examples} agree", end="", flush=True)
    print(f", in {time.monotonic() - started:.0f} s")
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
