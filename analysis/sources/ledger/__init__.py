"""The ledger: one row per published statement, read, checked, dated and cited."""

from analysis.sources.ledger.reading import FILE, read
from analysis.sources.ledger.value_and_print import unexplained_powers
from analysis.sources.ledger.views import as_of, bound_pairs, cite, evidence, select
from analysis.sources.ledger.writing import Cell, append, append_all, grown, supersede

__all__ = [
    "FILE",
    "Cell",
    "append",
    "append_all",
    "as_of",
    "bound_pairs",
    "cite",
    "evidence",
    "grown",
    "read",
    "select",
    "supersede",
    "unexplained_powers",
]
