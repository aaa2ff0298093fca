"""Structure of an economy or of a park: concentration, location quotients, shift-share (docs/methods/structure.md)."""

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from analysis.core.errors import EvidenceError


def hhi(amounts: ArrayLike) -> float:
    """Return the index of Herfindahl and Hirschman: the sum of squared shares, 1/n to 1.

    Parameters
    ----------
    amounts
        What each has, in any unit, zero or more.
    """
    return float((_shares(amounts) ** 2).sum())


def top_share(amounts: ArrayLike, count: int = 5) -> float:
    """Return the share that the largest have together, 0 to 1; parameters as of `hhi`."""
    return float(np.sort(_shares(amounts))[::-1][:count].sum())


def location_quotient(region: ArrayLike, nation: ArrayLike) -> np.ndarray:
    """Return each industry's share in a region over its share in the nation; 1 is as much as anywhere.

    Parameters
    ----------
    region, nation
        Amounts by industry, in the same order, each in a unit of its own.
    """
    return np.asarray(_shares(region) / _shares(nation))


def shift_share(industries: pl.DataFrame) -> pl.DataFrame:
    """Split the growth of a region's industries into the nation's growth, the mix of industries, and its own lead.

    `national = r0 g`, `mix = r0 (g_i - g)`, `competitive = r0 (r_i - g_i)` with r0 the region's amount at the start, g
    the growth of the nation, g_i and r_i that of the industry in nation and region. They add up to the change.

    Parameters
    ----------
    industries
        `industry`, `region_start`, `region_end`, `nation_start`, `nation_end`, all above zero at the start.

    Returns
    -------
    DataFrame
        `industry`, `national`, `mix`, `competitive`, `change`, in the unit of the region.
    """
    start, end = pl.col("nation_start"), pl.col("nation_end")
    nation, industry = end.sum() / start.sum() - 1, end / start - 1
    own = pl.col("region_end") / pl.col("region_start") - 1
    return industries.select(
        "industry",
        national=pl.col("region_start") * nation,
        mix=pl.col("region_start") * (industry - nation),
        competitive=pl.col("region_start") * (own - industry),
        change=pl.col("region_end") - pl.col("region_start"),
    )


def _shares(amounts: ArrayLike) -> np.ndarray:
    values = np.asarray(amounts, dtype=float)
    if (values < 0).any() or values.sum() <= 0:
        raise EvidenceError("Amounts below zero, or all of them zero, have no shares. Give amounts of zero or more.")
    return np.asarray(values / values.sum())
