"""A year's output from firm-by-month returns: to date, required run rate, probability, contributions."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.stats import gaussian_kde

from analysis.core.errors import CoverageError, EvidenceError
from analysis.core.sampling import Sampling
from analysis.estimates.attainment import run_rates
from analysis.methods.firm_output import FirmOutput, chance_of_rest, firm_output
from analysis.methods.structure import hhi, top_share

LEVELS = (80, 95)

#: Draws of the year: enough that a probability moves by less than half a percent from seed to seed.
SAMPLING = Sampling(draws=10_000, seed=1)


@dataclass(frozen=True)
class Progress:
    """How far the returns of a park's firms have come towards a target; all money in yuan.

    Attributes
    ----------
    year, target_cny
        The question; the target is None where there is none, and so is what depends on it.
    illustrative
        Whether the returns are made up to show the page; then nothing here is a fact.
    months
        One row a month of the year: `time_period, output_cny, cumulative_cny` (as returned, or the median of what is
        predicted), `plan_cny` (the path to the target by season, cumulative), `lower80, upper80, lower95, upper95` (of
        the cumulative output; in a returned month above what was returned only where firms are late), `made`
        (`returned` or `predicted`).
    predictive
        How likely each output of the year is, over the central 99.8%: `output_cny`, `density` (a yuan). Empty where
        every month was returned by every firm.
    returned
        The returns of the year: `firm, month` (first day), `output_cny`.
    firms
        One row a firm, largest first: `firm, output_cny, share, months` (returned), `first`, `last` (months),
        `started`, `status`, `late_months`, `full` (see `FirmOutput.firms`).
    outputs
        The model of the firms' months behind the prediction.
    to_date_cny
        Output of the months returned.
    months_returned
        How many those are, from January on without a gap.
    required_run_rate, current_run_rate
        Yuan a month: what the rest of the year needs (never below 0; None when the year is over), and the mean so far.
    probability, flat_probability
        That the year's output is at least the target: by season, ramp-up and late firms, and as if months were flat.
    hhi, top_five
        Sum of squared shares of firms in the output, 0 to 1; share of the five largest.
    """

    year: int
    target_cny: float | None
    illustrative: bool
    months: pl.DataFrame
    predictive: pl.DataFrame
    returned: pl.DataFrame
    firms: pl.DataFrame
    outputs: FirmOutput
    to_date_cny: float
    months_returned: int
    required_run_rate: float | None
    current_run_rate: float | None
    probability: float | None
    flat_probability: float | None
    hhi: float
    top_five: float

    @property
    def goal(self) -> float:
        """The target, yuan; 0 where there is none."""
        return self.target_cny or 0.0

    @property
    def late(self) -> int:
        """Number of firms that have not returned the last month."""
        return self.firms.filter(pl.col("status") == "late").height


def progress(returns: pl.DataFrame, *, year: int, target_cny: float | None) -> Progress:
    """Return how far a year's output has come, and how likely the target is.

    Parameters
    ----------
    returns
        Firm-by-month returns as `firm_returns.read` gives them: `firm`, `month` (first day), `output_cny`,
        `illustrative`; those of earlier years teach season and ramp-up.
    year
        The year of the target.
    target_cny
        Gross output of the whole year, yuan; None where there is no target.

    Raises
    ------
    EvidenceError
        If illustrative and real rows stand in one table, or fewer than three months of the year were returned.
    CoverageError
        If the months returned do not run from January without a gap.
    """
    illustrative = is_illustrative(returns)
    own = returns.filter(pl.col("month").dt.year() == year)
    totals = _monthly_totals(own, year)
    count, to_date = len(totals), float(totals.sum())
    outputs = firm_output(
        returns.filter(pl.col("month").dt.year() <= year), until=dt.date(year, 12, 1), sampling=SAMPLING
    )
    whole = outputs.total(dt.date(year, 1, 1), dt.date(year, 12, 1))
    required, current = run_rates(to_date=to_date, target=target_cny or 0.0, elapsed=count)
    firms = _firms(own).join(outputs.firms, on="firm", how="left", maintain_order="left")
    reached, flat = _chances(whole, totals, target_cny)
    return Progress(
        year=year,
        target_cny=target_cny,
        illustrative=illustrative,
        months=_months(outputs, totals, year, target_cny),
        predictive=_predictive(whole),
        returned=own.select("firm", "month", "output_cny"),
        firms=firms,
        outputs=outputs,
        to_date_cny=to_date,
        months_returned=count,
        required_run_rate=None if target_cny is None else required,
        current_run_rate=current,
        probability=reached,
        flat_probability=flat,
        hhi=hhi(firms["output_cny"]),
        top_five=top_share(firms["output_cny"]),
    )


def only_real(returns: pl.DataFrame) -> pl.DataFrame | None:
    """Return the returns if they are real, None if they are illustrative.

    Raises
    ------
    EvidenceError
        If illustrative and real rows stand in one table.
    """
    return None if is_illustrative(returns) else returns


def is_illustrative(returns: pl.DataFrame) -> bool:
    """Return whether the returns are illustrative; both kinds in one table are refused."""
    kinds = returns["illustrative"].unique().to_list()
    if len(kinds) != 1:
        fact = "hold illustrative and real rows in one table" if kinds else "are empty"
        raise EvidenceError(f"The firm returns {fact}. Keep only one kind, and at least one row.")
    return bool(kinds[0])


def _monthly_totals(own: pl.DataFrame, year: int) -> np.ndarray:
    """Return the output of all firms by month, from January to the last month returned."""
    by_month = own.group_by("month").agg(pl.col("output_cny").sum()).sort("month")
    months = by_month["month"].dt.month().to_list()
    if len(months) < 3:
        raise EvidenceError(
            f"Firms returned {len(months)} months of {year}, too few for a mean and a spread. Wait for a third month."
        )
    if months != list(range(1, len(months) + 1)):
        raise CoverageError(
            f"The returns of {year} cover the months {months}, not January to the last one. Add the missing months."
        )
    return by_month["output_cny"].to_numpy()


def _chances(whole: np.ndarray, totals: np.ndarray, target: float | None) -> tuple[float | None, float | None]:
    """Return the probability of the target, and that of flat months."""
    if target is None:
        return None, None
    share = float(np.mean(whole >= target))
    least = 0.0 if whole.min() == whole.max() else 1 / (len(whole) + 1)
    flat = chance_of_rest(
        target - float(totals.sum()), months=12 - len(totals), mean=float(totals.mean()),
        deviation=float(totals.std(ddof=1)), sample=len(totals),
    )  # fmt: skip
    return min(max(share, least), 1 - least), flat


def _months(outputs: FirmOutput, totals: np.ndarray, year: int, target: float | None) -> pl.DataFrame:
    """Return the cumulative output by month, predicted where not yet returned, against the path to the target."""
    count, months = len(totals), [dt.date(year, month, 1) for month in range(1, 13)]
    inside = [month.year == year for month in outputs.months]
    draws = np.cumsum(outputs.draws[:, inside], axis=1)
    middle = np.concatenate([np.cumsum(totals), np.median(draws, axis=0)[count:]])
    bands: dict[str, np.ndarray] = {}
    for level in LEVELS:
        for end, part in (("lower", 0.5 - level / 200), ("upper", 0.5 + level / 200)):
            bands[f"{end}{level}"] = np.quantile(draws, part, axis=0)
    return pl.DataFrame({
        "time_period": months,
        "output_cny": np.diff(middle, prepend=0.0),
        "cumulative_cny": middle,
        "plan_cny": (target or 0.0) * np.cumsum(outputs.season) / outputs.season.sum(),
        **bands,
        "made": ["returned"] * count + ["predicted"] * (12 - count),
    })  # fmt: skip


def _predictive(whole: np.ndarray) -> pl.DataFrame:
    """Return the density of the year's output, smoothed from its draws; no rows where nothing is to come."""
    if whole.min() == whole.max():
        return pl.DataFrame(schema={"output_cny": pl.Float64, "density": pl.Float64})
    low, high = np.quantile(whole, [0.001, 0.999])
    output = np.linspace(low, high, 201)
    return pl.DataFrame({"output_cny": output, "density": gaussian_kde(whole)(output)})


def _firms(own: pl.DataFrame) -> pl.DataFrame:
    """Return each firm's output of the year, with its share, its number of months, and the first and last of them."""
    return (
        own.group_by("firm")
        .agg(
            pl.col("output_cny").sum(),
            pl.len().alias("months"),
            pl.col("month").min().alias("first"),
            pl.col("month").max().alias("last"),
        )
        .sort("output_cny", "firm", descending=[True, False])
        .with_columns(share=pl.col("output_cny") / pl.col("output_cny").sum())
    )
