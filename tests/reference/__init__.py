"""The plain evaluator: what the rulebook language says, done slowly, to compare the engines with."""
