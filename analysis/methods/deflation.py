"""Amounts at constant prices: single and double deflation, chained by year (docs/methods/deflation.md)."""

import polars as pl

from analysis.core.errors import CoverageError


def single_deflation(amounts: pl.DataFrame) -> pl.DataFrame:
    """Return amounts at the prices of the first year: each year's growth less that of its prices, chained.

    `volume growth_t = (V_t / V_{t-1}) / (P_t / P_{t-1})`.

    Parameters
    ----------
    amounts
        `year` without a gap, `value` (at current prices, above zero), `price_growth` (of the year on the year before, a
        fraction; that of the first year is not used).

    Returns
    -------
    DataFrame
        `year`, `value`, `real` (at the prices of the first year), `volume_growth` (a fraction, null in the first year).

    Raises
    ------
    CoverageError
        If a year is missing.
    """
    table = _without_gap(amounts)
    growth = pl.col("value") / pl.col("value").shift(1) / (1 + pl.col("price_growth"))
    return _chained(table.with_columns(growth.alias("relative")), "value")


def double_deflation(accounts: pl.DataFrame) -> pl.DataFrame:
    """Return value added at the prices of the first year: output and inputs each by prices of their own, chained.

    `volume growth_t = (O_t / p_t - I_t / q_t) / (O_{t-1} - I_{t-1})`, with p and q the prices of output and inputs on
    the year before. It is that of single deflation where p = q.

    Parameters
    ----------
    accounts
        `year` without a gap, `output`, `inputs` (intermediate consumption), `output_price_growth`,
        `input_price_growth` (fractions on the year before; those of the first year are not used).

    Returns
    -------
    DataFrame
        `year`, `value` (value added at current prices), `real`, `volume_growth`, as `single_deflation` returns them.

    Raises
    ------
    CoverageError
        If a year is missing.
    """
    table = _without_gap(accounts).with_columns(value=pl.col("output") - pl.col("inputs"))
    volume = pl.col("output") / (1 + pl.col("output_price_growth")) - pl.col("inputs") / (
        1 + pl.col("input_price_growth")
    )
    return _chained(table.with_columns(relative=volume / pl.col("value").shift(1)), "value")


def _chained(table: pl.DataFrame, value: str) -> pl.DataFrame:
    """Return the growth of each year chained onto the amount of the first."""
    return table.select(
        "year",
        "value",
        real=pl.col(value).first() * pl.col("relative").fill_null(1.0).cum_prod(),
        volume_growth=pl.col("relative") - 1,
    )


def _without_gap(table: pl.DataFrame) -> pl.DataFrame:
    """Return the years in order; a missing one is refused."""
    years = table.sort("year")
    found = years["year"].to_list()
    if found != list(range(found[0], found[0] + len(found))):
        raise CoverageError(
            f"The years {found} have a gap or a repetition, so growth cannot be chained. Add the years."
        )
    return years
