"""A statement in words, as error sentences and the audit quote it."""

from typing import Any

Row = dict[str, Any]


def statement_words(row: Row) -> str:
    """Return a statement in words: what, when, and the figure as published."""
    span = f"{row['period_start']} to {row['period_end']}"
    return f"{row['series_id']} {span} {row['measure']} {row['value_as_published'] or row['value']!s}"
