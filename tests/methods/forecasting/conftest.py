"""Made-up panels: a season that all ports share, levels and noise of their own."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import add_months

LAST = dt.date(2023, 12, 1)


def series(name, values, *, last=LAST):
    """Return the rows of one series that ends in `last`; NaN months are left out."""
    months = [add_months(last, i - len(values) + 1) for i in range(len(values))]
    table = pl.DataFrame(
        {"series_id": [name] * len(values), "time_period": months, "obs_value": list(map(float, values))}
    )
    return table.filter(pl.col("obs_value").is_not_nan())


def season(months):
    """Return the shared season of the months up to `LAST`: highest in the third month of the year."""
    return np.exp(0.3 * np.cos(2 * np.pi * (np.arange(-months, 0) - 2) / 12))


def noisy(name, *, months=96, level=1000.0, noise=0.05, seed=0):
    """Return a port with the shared season and noise."""
    return series(name, level * season(months) * np.exp(noise * np.random.default_rng(seed).standard_normal(months)))


@pytest.fixture(scope="session")
def ports():
    """Ten ports of 96 months."""
    return pl.concat([noisy(f"port{i}", level=200.0 * (i + 1), seed=i) for i in range(10)])
