"""The bundled evidence, read once, and other ledgers together with its registers."""

import datetime as dt
from functools import cache

import polars as pl

from analysis.sources.evidence import Evidence, Known


@cache
def bundled() -> Evidence:
    """Return the bundled evidence."""
    return Evidence.read()


def evidence(statements: pl.DataFrame) -> Evidence:
    """Return a ledger together with the bundled registers."""
    return bundled().with_statements(statements)


def known(statements: pl.DataFrame, as_of: dt.date | None = None) -> Known:
    """Return what of a ledger was known by a day, or all of it."""
    return evidence(statements).known(as_of)
