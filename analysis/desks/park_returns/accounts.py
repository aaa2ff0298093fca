"""The accounts of a park from its firms' returns: value added, productivity, real growth, entry and exit, cash."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.periods import month_end
from analysis.estimates.prices import PriceGrowth, price_growth
from analysis.methods.deflation import double_deflation, single_deflation
from analysis.methods.present_value import npv, rates_of_return, years_from_first
from analysis.sources.evidence import Known

#: Sums of a year's months; averages of what stands at their end.
_SUMS, _STOCKS = ("output_cny", "sales_cny", "exports_cny", "wages_cny", "investment_cny"), ("jobs", "land_mu")


@dataclass(frozen=True, eq=False)
class Accounts:
    """What the firms of a park made, used up and paid, for the same months of each year; money in yuan.

    Attributes
    ----------
    months
        How many months of each year are counted, from January on: as many as the last year has.
    years
        One row a year: `year, output_cny, sales_cny, exports_cny, inputs_cny, value_added_cny, wages_cny,
        investment_cny`; `estimated` (share of the value added that rests on the ratio, its firms having returned no
        inputs); `jobs`, `land_mu` (mean of the months); `invested_cny` (investment since the first month returned);
        `value_added_per_job`, `output_per_invested`, `output_per_mu` (of the months counted; null where nothing was
        returned to divide by).
    single, double
        `year, value, real, volume_growth`: gross output by the price of output, and value added with output and
        inputs each by its own price, at the prices of the first year.
    contributions
        One row a firm: `firm, before_cny, now_cny`, `kind` (`stayed`, `entered`, `left`), `points` (to the growth of
        output on the year before, a fraction); without rows where there is one year.
    flows
        One row a month: `month` (last day), `flow_cny`: sales less inputs, wages and investment, before taxes.
    value_added_ratio
        Value added by output where no inputs were returned.
    """

    months: int
    years: pl.DataFrame
    single: pl.DataFrame
    double: pl.DataFrame
    contributions: pl.DataFrame
    flows: pl.DataFrame
    value_added_ratio: float

    def present_value(self, rate: float) -> float:
        """Return the present value of the flows at the first month, discounted at a yearly rate."""
        return npv(rate, self.flows["flow_cny"], self._times())

    def rates_of_return(self) -> tuple[float, ...]:
        """Return every yearly rate at which the flows so far are worth nothing; none where they have one sign."""
        return rates_of_return(self.flows["flow_cny"], self._times())

    def _times(self) -> list[float]:
        return list(years_from_first(self.flows["month"].to_list()))


def accounts(
    returns: pl.DataFrame,
    *,
    value_added_ratio: float,
    output_prices: Mapping[int, PriceGrowth],
    input_prices: Mapping[int, float],
) -> Accounts:
    """Return the accounts of the same months of each year.

    Parameters
    ----------
    returns
        As `firm_returns.read` gives them.
    value_added_ratio
        Value added by yuan of output, for firms that returned no inputs.
    output_prices
        Change of output prices by year, of every year but the first.
    input_prices
        Change of input prices by year, a fraction; a year that is absent takes the change of output prices.

    Raises
    ------
    CoverageError
        If a year between the first and the last has no price.
    """
    last: dt.date = returns["month"].max()  # type: ignore[assignment]
    same = returns.filter(pl.col("month").dt.month() <= last.month).with_columns(year=pl.col("month").dt.year())
    same = same.with_columns(
        used=pl.col("inputs_cny").fill_null((1 - value_added_ratio) * pl.col("output_cny")),
        guessed=pl.when(pl.col("inputs_cny").is_null()).then(value_added_ratio * pl.col("output_cny")).otherwise(0.0),
    )
    years = _years(same, returns)
    missing = sorted(set(years["year"][1:]) - set(output_prices))
    if missing:
        raise CoverageError(f"No change of output prices is given for {missing[0]}. Give one for each later year.")
    prices = [0.0, *(output_prices[year].growth for year in years["year"][1:])]
    inputs = [0.0, *(input_prices.get(year, output_prices[year].growth) for year in years["year"][1:])]
    single = single_deflation(
        years.select("year", value="output_cny").with_columns(price_growth=pl.Series(prices, dtype=pl.Float64))
    )
    double = double_deflation(
        years.select("year", output="output_cny", inputs="inputs_cny").with_columns(
            output_price_growth=pl.Series(prices, dtype=pl.Float64),
            input_price_growth=pl.Series(inputs, dtype=pl.Float64),
        )
    )
    return Accounts(
        last.month, years, single, double, _contributions(same, last.year), _flows(returns), value_added_ratio
    )


def prices(known: Known, returns: pl.DataFrame) -> dict[int, PriceGrowth]:
    """Return the published change of producer prices of every year of some returns but the first."""
    years = sorted(set(returns["month"].dt.year()))
    return {year: price_growth(known, year) for year in years[1:]}


def _years(same: pl.DataFrame, returns: pl.DataFrame) -> pl.DataFrame:
    """Return the sums of the same months of each year, and what follows from them by division."""
    monthly = same.group_by("year", "month").agg(
        *(pl.col(name).sum() for name in _SUMS), *(pl.col(name).sum() for name in _STOCKS),
        pl.col("used").sum().alias("inputs_cny"), pl.col("guessed").sum(),
    )  # fmt: skip
    years = (
        monthly.group_by("year")
        .agg(
            *(pl.col(name).sum() for name in (*_SUMS, "inputs_cny", "guessed")),
            *(pl.col(name).mean() for name in _STOCKS),
            pl.col("month").max().alias("until"),
        )
        .sort("year")
        .with_columns(value_added_cny=pl.col("output_cny") - pl.col("inputs_cny"))
    )
    invested = [float(returns.filter(pl.col("month") <= until)["investment_cny"].sum()) for until in years["until"]]
    return years.with_columns(invested_cny=pl.Series(invested, dtype=pl.Float64)).select(
        "year", *_SUMS, "inputs_cny", "value_added_cny", *_STOCKS, "invested_cny",
        estimated=pl.col("guessed") / pl.col("value_added_cny"),
        value_added_per_job=_ratio("value_added_cny", "jobs"),
        output_per_invested=_ratio("output_cny", "invested_cny"),
        output_per_mu=_ratio("output_cny", "land_mu"),
    )  # fmt: skip


def _ratio(amount: str, base: str) -> pl.Expr:
    return pl.when(pl.col(base) > 0).then(pl.col(amount) / pl.col(base))


def _contributions(same: pl.DataFrame, year: int) -> pl.DataFrame:
    """Return what each firm added to the growth of output on the year before."""
    sums = same.group_by("firm", "year").agg(pl.col("output_cny").sum())
    before, now = (
        sums.filter(pl.col("year") == one).select("firm", pl.col("output_cny").alias(name))
        for one, name in ((year - 1, "before_cny"), (year, "now_cny"))
    )
    both = now.join(before, on="firm", how="full", coalesce=True).with_columns(
        pl.col("before_cny", "now_cny").fill_null(0.0)
    )
    if before.is_empty():
        both = both.clear()
    kind = pl.when(pl.col("before_cny") == 0).then(pl.lit("entered")).when(pl.col("now_cny") == 0).then(pl.lit("left"))
    return both.select(
        "firm", "before_cny", "now_cny", kind=kind.otherwise(pl.lit("stayed")),
        points=(pl.col("now_cny") - pl.col("before_cny")) / pl.col("before_cny").sum(),
    ).sort("points", "firm", descending=[True, False])  # fmt: skip


def _flows(returns: pl.DataFrame) -> pl.DataFrame:
    """Return the cash of each month before taxes; what was left empty counts as nothing."""
    flow = (
        pl.col("sales_cny").fill_null(0.0) - pl.col("inputs_cny").fill_null(0.0)
        - pl.col("wages_cny").fill_null(0.0) - pl.col("investment_cny").fill_null(0.0)
    )  # fmt: skip
    months = returns.with_columns(flow_cny=flow).group_by("month").agg(pl.col("flow_cny").sum()).sort("month")
    return months.with_columns(month=pl.col("month").map_elements(month_end, return_dtype=pl.Date))
