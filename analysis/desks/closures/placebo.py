"""The stored record of placebo windows: how often the desk would have called a loss where nothing happened."""

import polars as pl

from analysis.sources.evidence import Known
from analysis.sources.registers import PLACEBO_CLOSURES


def placebo_record(known: Known) -> pl.DataFrame:
    """Return the record that `benchmarks/closures.py` stored; without rows where the folder has none.

    Returns
    -------
    DataFrame
        One row a window: `series_id`, `start`, `end` (days), `median, lower, upper` (80%, loss as a fraction of the
        counterfactual), `verdict` (lost, gained, untold), `made_on` (the day of the run).
    """
    return known.evidence.registers[PLACEBO_CLOSURES.name]
