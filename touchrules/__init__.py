"""touchrules: good calling manners as rules, replayed over past touches, tuned and sent to production."""

__version__ = "0.1.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where the labextension is, for `jupyter-builder develop`."""
    return [{"src": "labextension", "dest": "touchrules-studio"}]
