"""What the firms of a park will bring, from their monthly outputs: ramp-up, season, firms that are late or stopped.

The model stands in docs/methods/firm_output.md.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr

from analysis.core.errors import CoverageError, EvidenceError
from analysis.core.periods import month_range
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling

#: Months of output that are least needed for a level and a spread.
LEAST_MONTHS = 3

#: Months that must be spanned before a season is read from the outputs: each month of the year twice.
SEASON_MONTHS = 24

#: Ages in months at which a young firm may reach half of its full output, and the months over which it gets there.
_HALF_AGES, _PACES = np.linspace(0.0, 18.0, 25), np.array([0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0])

_ACTIVE, _STOPPED, _LATE = "active", "stopped", "late"


@dataclass(frozen=True, eq=False)
class FirmOutput:
    """Outputs of a park's firms month by month, with draws of what is not known of them.

    Attributes
    ----------
    months
        Every month from the first returned to the last projected.
    known
        How many of them lie up to the last one returned.
    returned
        Output of all firms in each known month, as returned.
    draws
        One row a draw, one column a month of `months`: the output of all firms; in a known month what was returned plus
        what late firms may have made.
    firms
        One row a firm: `firm`, `started` (first month; null where the firm was there in the first month of the table,
        so that its age is not known), `status` (`active`, `stopped`: its last return is 0, or `late`: it returned once,
        but not the last month), `late_months` (months that it did not return), `full` (median output a month at full
        ramp-up).
    half_age, pace
        Months from the start to half of the full output, and the logistic's width; None where no firm's start is known.
    season
        Factor of each month of the year, January first, mean 1; all 1 where none is known.
    season_source
        `returns`, `given` or `none`.
    common, own
        Standard deviations of the log outputs: what all firms of a month share, and what each has to itself.
    """

    months: list[dt.date]
    known: int
    returned: np.ndarray
    draws: np.ndarray
    firms: pl.DataFrame
    half_age: float | None
    pace: float | None
    season: np.ndarray
    season_source: str
    common: float
    own: float

    def total(self, start: dt.date, end: dt.date) -> np.ndarray:
        """Return draws of the output from one month to another, both included (their first days)."""
        inside = [start <= month <= end for month in self.months]
        return np.asarray(self.draws[:, inside].sum(axis=1))


def firm_output(
    returns: pl.DataFrame, *, until: dt.date, season: ArrayLike | None = None, sampling: Sampling = DEFAULT_SAMPLING
) -> FirmOutput:
    """Return the outputs of firms up to a month, with draws of the months to come and of what was not returned.

    Log output of a firm in a month = its full level + log of its ramp-up at that age + season + what all firms share +
    its own error. Ramp-up is logistic in the months since the start.

    Parameters
    ----------
    returns
        `firm`, `month` (first day), `output_cny` (zero or more). A firm that returned before and has no row for the
        last month is late; one whose last output is 0 has stopped.
    until
        First day of the last month to project; not before the last one returned.
    season
        Factors of the months of the year, January first, from elsewhere; None to read them from the returns, as soon
        as these span two years.
    sampling
        Draws and seed.

    Raises
    ------
    EvidenceError
        If fewer than three months were returned, or no firm has an output above 0 in two of them.
    CoverageError
        If no firm returned a month between the first and the last one, or `until` lies before it.
    """
    panel = _panel(returns, until)
    fit = _fit(panel, season)
    draws = _draws(panel, fit, sampling)
    medians = np.median(draws.levels, axis=0)
    firms = panel.firms.with_columns(full=pl.Series(np.exp(medians), dtype=pl.Float64))
    ramp = fit.best_ramp
    return FirmOutput(
        months=panel.months,
        known=panel.known,
        returned=np.nansum(panel.outputs, axis=0)[: panel.known],
        draws=draws.totals,
        firms=firms,
        half_age=None if ramp is None else float(ramp[0]),
        pace=None if ramp is None else float(ramp[1]),
        season=np.exp(fit.season),
        season_source=fit.season_source,
        common=float(np.sqrt(fit.common)),
        own=float(np.sqrt(fit.own)),
    )


def chance_of_rest(needed: float, *, months: int, mean: float, deviation: float, sample: int | None = None) -> float:
    """Return the probability that so many months to come add up to what is needed, if months are flat.

    The baseline of this module: neither season nor ramp-up. With known moments the sum is N(m mean, m sd^2). With
    moments from a sample of n months `(sum - m mean) / (sd sqrt(m + m^2/n))` has Student's t distribution with n - 1
    degrees of freedom.

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
    spread = float(deviation * np.sqrt(months if sample is None else months + months**2 / sample))
    if spread == 0:
        return float(months * mean >= needed)
    score = (months * mean - needed) / spread
    return float(ndtr(score) if sample is None else stdtr(sample - 1, score))


@dataclass(frozen=True, eq=False)
class _Panel:
    """Returns as a table of firms by months: NaN where nothing was returned; ages in months, NaN where not known."""

    months: list[dt.date]
    known: int
    outputs: np.ndarray
    ages: np.ndarray
    firms: pl.DataFrame

    @property
    def positive(self) -> np.ndarray:
        """Cells that the model is fitted to: an output above 0 was returned."""
        return np.asarray(np.nan_to_num(self.outputs) > 0)

    @property
    def open(self) -> np.ndarray:
        """Cells to be drawn: not returned, of a firm that has started and has not stopped."""
        running = (self.firms["status"] != _STOPPED).to_numpy()
        first = np.argmax(~np.isnan(self.outputs), axis=1)
        after = np.arange(len(self.months)) > first[:, None]
        return np.asarray(np.isnan(self.outputs) & running[:, None] & after)

    @property
    def calendar(self) -> np.ndarray:
        """Month of the year of each month, 0 to 11."""
        return np.array([month.month - 1 for month in self.months])


@dataclass(frozen=True, eq=False)
class _Fit:
    """The model fitted to the positive cells, for each shape of the ramp-up and its weight."""

    ramps: list[tuple[float, float] | None]
    weights: np.ndarray
    coefficients: np.ndarray
    root: np.ndarray
    season: np.ndarray
    season_source: str
    own: float
    common: float
    degrees: int

    @property
    def best_ramp(self) -> tuple[float, float] | None:
        """The likeliest ramp-up."""
        return self.ramps[int(np.argmax(self.weights))]


@dataclass(frozen=True, eq=False)
class _Draws:
    """Draws of the output of all firms by month, and of each firm's log level."""

    totals: np.ndarray
    levels: np.ndarray


def _panel(returns: pl.DataFrame, until: dt.date) -> _Panel:
    """Return the table of firms by months, from the first month returned to the last projected."""
    first, last = (day for day in (returns["month"].min(), returns["month"].max()))
    if not isinstance(first, dt.date) or not isinstance(last, dt.date) or returns["month"].n_unique() < LEAST_MONTHS:
        raise EvidenceError(
            f"Firms returned {returns['month'].n_unique()} months, too few for a level and a spread. "
            f"Wait for at least {LEAST_MONTHS}."
        )
    if until < last:
        raise CoverageError(f"The returns reach {last:%Y-%m}, beyond {until:%Y-%m}. Ask for a later month.")
    months = month_range(first, until)
    known = months.index(last) + 1
    absent = sorted(set(months[:known]) - set(returns["month"]))
    if absent:
        raise CoverageError(f"No firm returned {absent[0]:%Y-%m}. Add the missing month, or start after it.")
    names = returns["firm"].unique(maintain_order=True).to_list()
    outputs = np.full((len(names), len(months)), np.nan)
    place = {month: at for at, month in enumerate(months)}
    for firm, month, output in returns.select("firm", "month", "output_cny").iter_rows():
        outputs[names.index(firm), place[month]] = output
    return _Panel(months, known, outputs, *_ages(names, months, known, outputs))


def _ages(names: list[str], months: list[dt.date], known: int, outputs: np.ndarray) -> tuple[np.ndarray, pl.DataFrame]:
    """Return the age of each firm in each month, and what is known of the firms."""
    ages = np.full(outputs.shape, np.nan)
    rows = []
    for at, name in enumerate(names):
        seen = np.nonzero(np.nan_to_num(outputs[at, :known]) > 0)[0]
        begun = int(seen[0]) if len(seen) else known
        own = outputs[at, :known]
        late = int(np.isnan(own[begun:]).sum())
        reported = own[~np.isnan(own)]
        status = _STOPPED if reported[-1] == 0 else _LATE if np.isnan(own[-1]) else _ACTIVE
        if begun > 0:
            ages[at] = np.arange(len(months)) - begun
        rows.append((name, months[begun] if 0 < begun < known else None, status, 0 if status == _STOPPED else late))
    schema = {"firm": pl.String, "started": pl.Date, "status": pl.String, "late_months": pl.Int64}
    return ages, pl.DataFrame(rows, schema=schema, orient="row")


def _fit(panel: _Panel, given: ArrayLike | None) -> _Fit:
    """Fit levels, and season where it can be read, by least squares for each shape of the ramp-up."""
    cells = panel.positive
    if cells.sum() < len(cells) + 1:
        raise EvidenceError("No firm has an output above 0 in two months, so nothing can be projected. Add months.")
    source = "given" if given is not None else "returns" if panel.known >= SEASON_MONTHS else "none"
    fixed = np.zeros(12) if given is None else np.log(_season(given))
    firm, month = np.nonzero(cells)
    calendar = panel.calendar[month]
    x = np.zeros((len(firm), len(cells) + (11 if source == "returns" else 0)))
    x[np.arange(len(firm)), firm] = 1.0
    if source == "returns":
        x[:, len(cells) :] = (calendar[:, None] == np.arange(11)) * 1.0 - (calendar[:, None] == 11)
    y = np.log(panel.outputs[cells]) - fixed[calendar]
    ages = panel.ages[cells]
    young = bool((ages >= 0).sum() >= LEAST_MONTHS)
    shapes = [(float(half), float(pace)) for half in _HALF_AGES for pace in _PACES]
    ramps: list[tuple[float, float] | None] = [*shapes] if young else [None]
    inverse = np.linalg.pinv(x.T @ x)
    targets = np.stack([y - _log_ramp(ages, ramp) for ramp in ramps], axis=1)
    coefficients = inverse @ x.T @ targets
    errors = targets - x @ coefficients
    squares = (errors**2).sum(axis=0)
    degrees = max(len(y) - int(np.linalg.matrix_rank(x)) - (2 if young else 0), 1)
    scores = -degrees / 2 * np.log(np.maximum(squares, 1e-12))
    weights = np.exp(scores - scores.max())
    best = int(np.argmax(weights))
    own, common = _variances(errors[:, best], month, degrees, 11 if source == "returns" else 0)
    season = coefficients[len(cells) :, best] if source == "returns" else np.zeros(0)
    season = np.append(season, -season.sum()) if source == "returns" else fixed
    return _Fit(
        ramps, weights / weights.sum(), coefficients.T, np.linalg.cholesky(inverse + 1e-12 * np.eye(len(inverse))),
        season, source, own, common, degrees,
    )  # fmt: skip


def _season(given: ArrayLike) -> np.ndarray:
    factors = np.asarray(given, dtype=float)
    if factors.shape != (12,) or not (factors > 0).all():
        raise EvidenceError("A season has twelve factors above 0, January first. Give twelve.")
    return np.asarray(factors / factors.mean())


def _log_ramp(ages: np.ndarray, ramp: tuple[float, float] | None) -> np.ndarray:
    """Return the log of the share of full output at an age; 0 where the age is not known or nothing ramps up."""
    if ramp is None:
        return np.zeros(ages.shape)
    half, pace = ramp
    return np.where(np.isnan(ages), 0.0, -np.log1p(np.exp(-(np.nan_to_num(ages) - half) / pace)))


def _variances(errors: np.ndarray, month: np.ndarray, degrees: int, seasonal: int) -> tuple[float, float]:
    """Return the variance of a firm's own errors, and of what all firms of a month share (analysis of variance).

    A season that was read from the same months has taken `seasonal` degrees of freedom from those between months.
    """
    total = float((errors**2).sum()) / degrees
    counts = np.bincount(month)
    sums = np.bincount(month, errors)[counts > 0]
    n = counts[counts > 0]
    if (n > 1).sum() < 2:
        return total, 0.0
    apart = max(len(n) - 1 - seasonal, 1)
    between = float((sums**2 / n).sum()) / apart
    within = float((errors**2).sum() - (sums**2 / n).sum()) / max(degrees - apart, 1)
    typical = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1)
    common = max((between - within) / typical, 0.0)
    return (within, common) if common > 0 else (total, 0.0)


def _draws(panel: _Panel, fit: _Fit, sampling: Sampling) -> _Draws:
    """Draw scale, ramp-up, coefficients, what the months share and the firms' own errors, in this order."""
    rng = np.random.default_rng(sampling.seed)
    firms, months = panel.outputs.shape
    count = sampling.draws
    scale = np.sqrt(fit.degrees / rng.chisquare(fit.degrees, count))
    chosen = rng.choice(len(fit.ramps), size=count, p=fit.weights)
    size = fit.root.shape[0]
    spread = np.sqrt(fit.own) * scale[:, None] * (rng.standard_normal((count, size)) @ fit.root.T)
    coefficients = fit.coefficients[chosen] + spread
    shared = np.sqrt(fit.common) * scale[:, None] * rng.standard_normal((count, months))
    level_shift = np.sqrt(fit.common / panel.known) * scale * rng.standard_normal(count)
    levels = coefficients[:, :firms] + level_shift[:, None]
    season = np.broadcast_to(fit.season, (count, 12))
    if fit.season_source == "returns":
        # What all firms of a month shared in the few years seen is part of the season that was read from them.
        mistaken = rng.standard_normal((count, 12)) * np.sqrt(fit.common / (panel.known / 12)) * scale[:, None]
        season = np.column_stack([coefficients[:, firms:], -coefficients[:, firms:].sum(axis=1)]) + mistaken
    ramps = np.stack([_log_ramp(panel.ages, ramp) for ramp in fit.ramps])
    totals = np.tile(np.nansum(panel.outputs, axis=0), (count, 1))
    cells = panel.open
    for at in range(firms):
        places = np.nonzero(cells[at])[0]
        errors = np.sqrt(fit.own) * scale[:, None] * rng.standard_normal((count, len(places)))
        logs = levels[:, [at]] + ramps[chosen][:, at, places] + season[:, panel.calendar[places]]
        totals[:, places] += np.exp(logs + shared[:, places] + errors)
    return _Draws(totals, levels)
