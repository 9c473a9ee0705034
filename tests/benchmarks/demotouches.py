"""Makes many touches of the made-up company: `python -m tests.benchmarks.demotouches N FILE`.

A year of at most 200,000 touches is made once and repeated with other contacts, accounts and reps, in the
order of time. So texts are repeated too: no more of them differ than in that year.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches

RULEBOOKS: Final = Path(__file__).parents[2] / "rulebooks"
YEAR: Final = 200_000
ROW_GROUP: Final = 1_000_000
DERIVED: Final = ("local_hour", "weekday", "local_date")
NAMES: Final = ("touch_id", "contact_id", "account_id", "rep_id", "referred_to")


def write_demo(path: Path, touches: int, seed: int = 1) -> None:
    """Write so many touches, rounded up to whole years, as Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        year = Path(folder) / "touches.csv.gz"
        write_touches(year, min(touches, YEAR), seed)
        table = read_touches(year, declared=declared_types(load_rulebooks([RULEBOOKS]))).stream.table
    table = table.drop_columns(DERIVED)
    copies = [_renamed(table, f"-{copy}" if copy else "") for copy in range(-(-touches // YEAR))]
    whole = pa.concat_tables(copies).unify_dictionaries()
    order = pc.sort_indices(whole.select(["at"]), [("at", "ascending")])
    columns = (column.take(order) for column in whole.columns)
    sorted_ = pa.table(dict(zip(whole.column_names, columns, strict=True)))
    pq.write_table(sorted_, path, compression="zstd", row_group_size=ROW_GROUP, store_schema=False)


def _renamed(table: pa.Table, ending: str) -> pa.Table:
    """Return the touches as those of other people."""
    for name in NAMES:
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            one = column.combine_chunks()
            one = one.chunk(0) if isinstance(one, pa.ChunkedArray) else one
            texts = pc.binary_join_element_wise(one.dictionary, ending, "")
            renamed = pa.DictionaryArray.from_arrays(one.indices.cast(pa.int32()), texts)
        else:
            renamed = pc.binary_join_element_wise(column, ending, "")
        table = table.set_column(table.column_names.index(name), name, renamed)
    return table


if __name__ == "__main__":
    write_demo(Path(sys.argv[2]), int(sys.argv[1]))
