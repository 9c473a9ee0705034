"""A comparison as a page."""

from touchrules.production.comparing.document import Comparison


def write_comparison_html(comparison: Comparison) -> str:
    """x"""
    return ""
