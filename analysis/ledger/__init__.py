"""The ledger: one row per published statement, read, checked, dated and cited."""

from analysis.ledger.reading import read
from analysis.ledger.views import as_of, bound_pairs, cite, evidence, select

__all__ = ["as_of", "bound_pairs", "cite", "evidence", "read", "select"]
