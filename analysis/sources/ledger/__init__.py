"""The ledger: one row per published statement, read, checked, dated and cited."""

from analysis.sources.ledger.reading import FILE, read
from analysis.sources.ledger.value_and_print import unexplained_powers
from analysis.sources.ledger.views import as_of, bound_pairs, cite, evidence, select
from analysis.sources.ledger.writing import append, supersede

__all__ = [
    "FILE",
    "append",
    "as_of",
    "bound_pairs",
    "cite",
    "evidence",
    "read",
    "select",
    "supersede",
    "unexplained_powers",
]
