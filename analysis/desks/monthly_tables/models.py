"""The models of each series: structural, airline, and the season taken off in three ways; or why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import polars as pl

from analysis.core import monthly
from analysis.core.errors import EvidenceError, ExtraError, ParameterError
from analysis.core.reasons import Reason
from analysis.desks.monthly_tables.regressors import STATES, Explanatory
from analysis.desks.monthly_tables.source import Source
from analysis.estimates.kept_models import kept
from analysis.methods import seasonal, structural
from analysis.methods.airline import Airline, airline
from analysis.methods.seasonal import Adjustment
from analysis.methods.structural import Explanation
from analysis.methods.structural.model import FEWEST_SEASONS

#: Ways to take the season off besides the structural model, as `seasonal.adjust` names them.
WAYS = ("x13", "stl")

T = TypeVar("T")


@dataclass(frozen=True)
class Models:
    """What explains one series.

    Attributes
    ----------
    explanation
        The structural model; of a reconstructed path combined over its draws.
    airline
        The airline model; none of a reconstructed path.
    adjustments
        By X-13 and by STL.
    """

    explanation: Explanation | Reason
    airline: Airline | Reason
    adjustments: Mapping[str, Adjustment | Reason]


def fit(source: Source, series_id: str, explanatory: Explanatory, *, horizon: int, season: int, years: int) -> Models:
    """Fit the models of one series.

    Parameters
    ----------
    source, series_id
        Which months.
    explanatory
        What may explain them.
    horizon, season
        Months ahead; months after which the season repeats.
    years
        How many years of history are used.
    """
    drawn = series_id in source.paths
    samples = [monthly.make_gaps_explicit(each) for each in source.samples(series_id, years=years)]
    refused = _refusal(samples[0], season)
    if refused:
        return Models(refused, refused, dict.fromkeys(WAYS, refused))
    months = samples[0]
    states = STATES[1:] if drawn else STATES
    given: dict[str, Any] = {
        "interventions": explanatory.interventions(months),
        "regressors": explanatory.regressors(source.known, months, horizon=horizon, states=states),
        "season": season,
        "horizon": horizon,
    }
    second: Airline | Reason = Reason("reconstructed")
    if not drawn:
        second = kept("airline", lambda: _attempt(lambda: airline(months, **given)), months, given)
    return Models(
        kept("structural", lambda: _explained(samples, given), samples, given),
        second,
        {way: kept(way, partial(_adjusted, samples, way, season), samples, season) for way in WAYS},
    )


def _explained(samples: list[pl.DataFrame], given: Mapping[str, Any]) -> Explanation | Reason:
    """Return the structural model of a series, or the reason why there is none."""
    explained = _attempt(lambda: [structural.explain(each, **given) for each in samples])
    return explained if isinstance(explained, Reason) else _one(explained, structural.combine_explanations)


def _refusal(months: pl.DataFrame, season: int) -> Reason | None:
    """Return why no model can be fitted to a series; None if one can."""
    if season < 2:
        return Reason("no_season")
    count = months["obs_value"].count()
    if count < FEWEST_SEASONS * season:
        return Reason("few_months", count=count, needed=FEWEST_SEASONS * season)
    zeros = months.filter(pl.col("obs_value") <= 0)["time_period"]
    return Reason("zero_month", month=f"{zeros[0]:%Y-%m}") if len(zeros) else None


def _adjusted(samples: list[pl.DataFrame], way: str, season: int) -> Adjustment | Reason:
    """Return the series with its season taken off one way, or the reason why it is not."""
    missing = monthly.missing_months(samples[0])
    if missing:
        return Reason("gap_month", month=f"{missing[0]:%Y-%m}")
    if way == "x13" and season != seasonal.YEAR:
        return Reason("not_yearly", season=season)
    adjusted = _attempt(partial(_adjust_each, samples, way, season, outliers=True))
    if isinstance(adjusted, Reason) and adjusted.code == "method_refuses":
        # X-13 gives up where its search for outliers does not converge; without the search it adjusts the series.
        adjusted = _attempt(partial(_adjust_each, samples, way, season, outliers=False))
    return adjusted if isinstance(adjusted, Reason) else _one(adjusted, seasonal.combine_adjustments)


def _adjust_each(samples: list[pl.DataFrame], way: str, season: int, *, outliers: bool) -> list[Adjustment]:
    """Return every sample with its season taken off."""
    return [seasonal.adjust(each, method=way, season=season, outliers=outliers) for each in samples]


def _one(fits: list[T], combine: Callable[[list[T]], T]) -> T:
    """Return the fit of one series of figures, or those of several draws combined."""
    return fits[0] if len(fits) == 1 else combine(fits)


def _attempt(make: Callable[[], T]) -> T | Reason:
    """Return what a method makes of a series, or the reason why it refuses it."""
    try:
        return make()
    except ExtraError:
        return Reason("x13_absent")
    except (EvidenceError, ParameterError) as problem:
        return Reason("method_refuses", words=str(problem))
