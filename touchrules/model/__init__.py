"""The words of the rulebook language as frozen values; they know no files, no engines and no clocks."""
