"""The ledger: one row per published statement, read, checked, dated and cited."""

from analysis.sources.ledger.database import exists
from analysis.sources.ledger.growing import Cell
from analysis.sources.ledger.reading import FILE, read
from analysis.sources.ledger.value_and_print import unexplained_powers
from analysis.sources.ledger.views import as_of, bound_pairs, cite, evidence, select
from analysis.sources.ledger.writing import append, append_all, grown, supersede

__all__ = [
    "FILE",
    "Cell",
    "append",
    "append_all",
    "as_of",
    "bound_pairs",
    "cite",
    "evidence",
    "exists",
    "grown",
    "read",
    "select",
    "supersede",
    "unexplained_powers",
]
