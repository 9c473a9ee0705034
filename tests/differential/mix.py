"""How much happens in the random examples: a comparison of nothing with nothing proves nothing."""

from collections import Counter

from tests.differential.agreement import Tables
from tests.differential.examples import Example


def count_mix(example: Example, tables: Tables) -> Counter[str]:
    """What one example adds to the counts."""
    findings, expectations, facts = tables
    counts = Counter(row["status"] for row in expectations)
    counts["examples"] += 1
    counts["examples with findings"] += bool(findings)
    counts["examples with expectations"] += bool(expectations)
    counts["examples with facts"] += bool(facts)
    counts["rules"] += sum(len(book["rules"]) for book in example.rulebooks)
    counts["touches"] += len(example.touches)
    counts["findings"] += len(findings)
    counts["facts"] += len(facts)
    counts["facts that ended"] += sum(row["until"] is not None for row in facts)
    return counts
