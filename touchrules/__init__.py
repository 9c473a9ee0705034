"""touchrules: good calling manners as rules, replayed over past touches, tuned and sent to production."""

__version__ = "0.1.0"
