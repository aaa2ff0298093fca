"""A year's output from firm-by-month returns: to date, required run rate, probability, contributions."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtr, poch, stdtr, stdtrit

from analysis.core.errors import CoverageError, EvidenceError
from analysis.estimates.attainment import run_rates

LEVELS = (80, 95)


@dataclass(frozen=True)
class Progress:
    """How far the returns of a park's firms have come towards a target; all money in yuan.

    Attributes
    ----------
    year, target_cny
        The question.
    illustrative
        Whether the returns are made up to show the page; then nothing here is a fact.
    months
        One row a month of the year: `time_period, output_cny, cumulative_cny, plan_cny` (the even path to the target,
        cumulative), `lower80, upper80, lower95, upper95` (predicted cumulative output of months not yet returned),
        `made` (`returned` or `predicted`).
    predictive
        How likely each output of the year is, over the central 99.8%: `output_cny`, `density` (a yuan). Empty where
        every month was returned.
    returned
        The returns of the year: `firm, month` (first day), `output_cny`.
    firms
        One row a firm, largest first: `firm, output_cny, share, months` (returned), `first`, `last` (months).
    to_date_cny
        Output of the months returned.
    months_returned
        How many those are, from January on without a gap.
    required_run_rate, current_run_rate
        Yuan a month: what the rest of the year needs (never below 0; None when the year is over), and the mean so far.
    probability
        That the year's output is at least the target.
    hhi, top_five
        Sum of squared shares of firms in the output, 0 to 1; share of the five largest.
    """

    year: int
    target_cny: float
    illustrative: bool
    months: pl.DataFrame
    predictive: pl.DataFrame
    returned: pl.DataFrame
    firms: pl.DataFrame
    to_date_cny: float
    months_returned: int
    required_run_rate: float | None
    current_run_rate: float | None
    probability: float
    hhi: float
    top_five: float


def progress(returns: pl.DataFrame, *, year: int, target_cny: float) -> Progress:
    """Return how far a year's output has come, and how likely the target is.

    The output of the months to come is predicted from the monthly totals so far: independent, with their mean and
    variance and the uncertainty of both (Student's t). Firms that start or stop and the season are not foreseen.

    Parameters
    ----------
    returns
        Firm-by-month returns as `firm_returns.read` gives them: `firm`, `month` (first day), `output_cny`,
        `illustrative`.
    year
        The year of the target.
    target_cny
        Gross output of the whole year, yuan.

    Raises
    ------
    EvidenceError
        If illustrative and real rows stand in one table, or fewer than three months of the year were returned.
    CoverageError
        If the months returned do not run from January without a gap.
    """
    illustrative = _kind(returns)
    own = returns.filter(pl.col("month").dt.year() == year)
    totals = _monthly_totals(own, year)
    count = len(totals)
    to_date, mean, deviation = float(totals.sum()), float(totals.mean()), float(totals.std(ddof=1))
    required, current = run_rates(to_date=to_date, target=target_cny, elapsed=count)
    firms = _firms(own)
    return Progress(
        year=year,
        target_cny=target_cny,
        illustrative=illustrative,
        months=_months(totals, year, target_cny, mean, deviation),
        predictive=_predictive(to_date + (12 - count) * mean, _spread(12 - count, deviation, count), count),
        returned=own.select("firm", "month", "output_cny"),
        firms=firms,
        to_date_cny=to_date,
        months_returned=count,
        required_run_rate=required,
        current_run_rate=current,
        probability=chance_of_rest(
            target_cny - to_date, months=12 - count, mean=mean, deviation=deviation, sample=count
        ),
        hhi=float((firms["share"] ** 2).sum()),
        top_five=float(firms["share"].head(5).sum()),
    )


def chance_of_rest(needed: float, *, months: int, mean: float, deviation: float, sample: int | None = None) -> float:
    """Return the probability that so many months to come add up to what is needed.

    With known moments the sum is N(m mean, m sd^2). With moments from a sample of n months
    `(sum - m mean) / (sd sqrt(m + m^2/n))` has Student's t distribution with n - 1 degrees of freedom.

    Parameters
    ----------
    needed
        Target less output to date.
    months
        Months to come, m.
    mean, deviation
        Mean and standard deviation of a month.
    sample
        Number of months they were computed from; None when they are known.
    """
    spread = _spread(months, deviation, sample)
    if spread == 0:
        return float(months * mean >= needed)
    score = (months * mean - needed) / spread
    return float(ndtr(score) if sample is None else stdtr(sample - 1, score))


def only_real(returns: pl.DataFrame) -> pl.DataFrame | None:
    """Return the returns if they are real, None if they are illustrative.

    Raises
    ------
    EvidenceError
        If illustrative and real rows stand in one table.
    """
    return None if _kind(returns) else returns


def _kind(returns: pl.DataFrame) -> bool:
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


def _months(totals: np.ndarray, year: int, target: float, mean: float, deviation: float) -> pl.DataFrame:
    """Return the cumulative output by month, predicted where not yet returned, against the even path."""
    count, to_date = len(totals), float(totals.sum())
    ahead = np.arange(1, 13 - count)
    output = np.concatenate([totals, np.full(len(ahead), mean)])
    spreads = np.concatenate([np.zeros(count), [_spread(int(months), deviation, count) for months in ahead]])
    middle = np.concatenate([np.cumsum(totals), to_date + ahead * mean])
    bands: dict[str, np.ndarray] = {}
    for level in LEVELS:
        reach = float(stdtrit(count - 1, 0.5 + level / 200)) * spreads
        bands |= {f"lower{level}": middle - reach, f"upper{level}": middle + reach}
    return pl.DataFrame(
        {
            "time_period": [dt.date(year, month, 1) for month in range(1, 13)],
            "output_cny": output,
            "cumulative_cny": middle,
            "plan_cny": target * np.arange(1, 13) / 12,
            **bands,
            "made": ["returned"] * count + ["predicted"] * len(ahead),
        }
    )


def _predictive(middle: float, spread: float, sample: int) -> pl.DataFrame:
    """Return the density of Student's t around the predicted output of the year."""
    outer = float(stdtrit(sample - 1, 0.999))
    scores = np.linspace(-outer, outer, 201) if spread > 0 else np.empty(0)
    density = _student_density(scores, sample - 1) / (spread or 1.0)
    return pl.DataFrame({"output_cny": middle + spread * scores, "density": density})


def _student_density(t: np.ndarray, freedom: int) -> np.ndarray:
    """Return the density of Student's t; `scipy.stats`, which has it, takes as long to load as all else of the page."""
    log_scale = np.log(poch(0.5 * freedom, 0.5)) - 0.5 * (np.log(freedom) + np.log(np.pi))
    density: np.ndarray = np.exp(log_scale - (freedom + 1) / 2 * np.log1p(t * t / freedom))
    return density


def _firms(own: pl.DataFrame) -> pl.DataFrame:
    """Return each firm's output, share and months."""
    return (
        own.group_by("firm")
        .agg(
            pl.col("output_cny").sum(),
            pl.len().cast(pl.Int64).alias("months"),
            pl.col("month").min().alias("first"),
            pl.col("month").max().alias("last"),
        )
        .with_columns((pl.col("output_cny") / pl.col("output_cny").sum()).alias("share"))
        .sort(["output_cny", "firm"], descending=[True, False])
    )


def _spread(months: int, deviation: float, sample: int | None) -> float:
    """Return the standard deviation (or Student scale) of the sum of months to come."""
    return deviation * math.sqrt(months + (months**2 / sample if sample else 0.0))
