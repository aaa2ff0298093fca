"""The vehicles that pass a gate by day, month after month, from the port's own path; what they carry."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, EvidenceError
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.estimates import paths
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Known

#: The last December of the window lies so many years after the edition's: far enough to see a gate fill up.
YEARS_AHEAD = 1

#: A published daily figure stands for the edition's month if its period ended at most so many days before.
RECENT_DAYS = 92

#: Vehicles of which nothing was said for longer than this before the edition's month are not known.
OLDEST = dt.timedelta(days=3 * 366)

#: A month with fewer open days than this has no vehicles "a day".
_LEAST_DAYS = 1.0

#: From this probability on a month is as likely full as not.
EVEN = 0.5

#: What a post abroad is said to be able to clear a day, in the ledger.
_CHECKPOINT = "checkpoint_capacity_vehicles_per_day"

#: A total over fewer days than this is no figure "a day": it may be of one convoy.
_SHORTEST_TOTAL = 28


@dataclass(frozen=True, eq=False)
class Traffic:
    """Vehicles a day through a gate, in both directions.

    Attributes
    ----------
    months
        First days of the months of the path.
    draws
        Draws of the vehicles by open day, draws by months; not a number where a month has hardly an open day.
    unit_ids
        The statements about vehicles that the path rests on.
    edition
        First day of the edition's month.
    """

    months: tuple[dt.date, ...]
    draws: np.ndarray
    unit_ids: tuple[str, ...]
    edition: dt.date

    def of(self, month: dt.date) -> np.ndarray:
        """Return the draws of the vehicles by open day of a month."""
        drawn: np.ndarray = self.draws[:, self.months.index(month)]
        return drawn

    @property
    def now(self) -> np.ndarray:
        """Draws of the edition's month, or of the last month before it that had open days."""
        place = self.months.index(self.edition)
        while place and not np.isfinite(self.draws[:, place]).all():
            place -= 1
        drawn: np.ndarray = self.draws[:, place]
        return drawn

    def table(self, first: dt.date) -> pl.DataFrame:
        """Return median and 80% interval by month: `time_period, median, lower, upper`, vehicles by open day."""
        finite = np.isfinite(self.draws).all(axis=0)
        kept = [place for place, month in enumerate(self.months) if month >= first and finite[place]]
        lower, median, upper = np.quantile(self.draws[:, kept], [0.1, 0.5, 0.9], axis=0)
        return pl.DataFrame(
            {"time_period": [self.months[place] for place in kept], "median": median, "lower": lower, "upper": upper}
        )

    def above(self, capacity: float) -> pl.DataFrame:
        """Return the probability by month, from the edition's on, that more come than a day can clear.

        Returns
        -------
        DataFrame
            `time_period`, `probability` (0 to 1).
        """
        return self._chances(capacity).filter(pl.col("time_period") >= self.edition)

    def above_before(self, capacity: float) -> pl.DataFrame:
        """Return the same of the twelve months before the edition's."""
        first = self.edition.replace(year=self.edition.year - 1)
        return self._chances(capacity).filter(pl.col("time_period").is_between(first, self.edition, closed="left"))

    def _chances(self, capacity: float) -> pl.DataFrame:
        """Return the probability of every month with open days."""
        kept = np.flatnonzero(np.isfinite(self.draws).all(axis=0))
        return pl.DataFrame(
            {
                "time_period": [self.months[place] for place in kept],
                "probability": (self.draws[:, kept] > capacity).mean(axis=0),
            },
            schema={"time_period": pl.Date, "probability": pl.Float64},
        )


def traffic(known: Known, place: str, edition: dt.date, *, seed: int) -> Traffic | Reason:
    """Return the vehicles a day through a port by road, or the reason why there are none.

    Parameters
    ----------
    known
        What had been published by the edition's day.
    place
        The port.
    edition
        First day of the edition's month.
    seed
        Of the draws.
    """
    series = f"{place}.vehicles.total.road"
    if _vehicles(known, place).filter(pl.col("period_end") > edition - OLDEST).is_empty():
        return Reason("no_vehicles", day=known.as_of)
    end = dt.date(edition.year + YEARS_AHEAD, 12, 1)
    try:
        path = paths.reconstruct(known, series, end=end, sampling=Sampling(seed=seed))
    except (CoverageError, EvidenceError):
        return Reason("no_vehicles", day=known.as_of)
    if path.months[0] > edition or not path.draws[:, path.months.index(edition)].any():
        return Reason("no_vehicles", day=known.as_of)
    used = path.fit.filter("used")["statement_id"]
    return Traffic(path.months, _by_open_day(path), tuple(used), edition)


def _by_open_day(path: Reconstruction) -> np.ndarray:
    """Return draws of the flow by open day: of a flow of several parts by the part with most of them."""
    days = np.max(np.stack([each.open for each in path.days]), axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        daily: np.ndarray = np.where(days >= _LEAST_DAYS, path.draws / days, np.nan)
    return daily


def daily_figure(known: Known, place: str, edition_end: dt.date) -> dict[str, Any] | None:
    """Return the newest published number of vehicles a day, if it is recent: a row of the ledger."""
    own = _vehicles(known, place).filter(
        (pl.col("measure") == "daily_average")
        & pl.col("relation").is_in(["eq", "approx"])
        & (pl.col("period_end") >= edition_end - dt.timedelta(days=RECENT_DAYS))
    )
    return own.sort("period_end", "available_on").row(-1, named=True) if own.height else None


def published_days(known: Known, place: str) -> pl.DataFrame:
    """Return what was published of vehicles a day: averages, peaks, and totals over the days of their period.

    Returns
    -------
    DataFrame
        `statement_id, period_start, period_end, measure, relation, value_as_published, a_day`, the highest first;
        `a_day` in vehicles a day, both directions. A total of a year is spread over all its days.
    """
    own = _vehicles(known, place).filter(
        pl.col("measure").is_in(["daily_average", "daily_peak", "level"]) & (pl.col("relation") != "lt")
    )
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    a_day = pl.when(pl.col("measure") == "level").then(pl.col("value") / days).otherwise(pl.col("value"))
    columns = ("statement_id", "period_start", "period_end", "measure", "relation", "value_as_published")
    return own.select(*columns, a_day=a_day).sort("a_day", "statement_id", descending=[True, False])


def figures_a_day(known: Known, place: str) -> pl.DataFrame:
    """Return everything published of a gate in vehicles a day: what passed, by direction, and what a post can clear.

    Doubtful figures are among them, and marked by their `status`.

    Returns
    -------
    DataFrame
        `statement_id, period_start, period_end, indicator, flow, measure, relation, status, value_as_published, a_day`,
        the oldest first; `a_day` in vehicles a day. A total is spread over all days of its period.
    """
    own = known.statements.filter(
        (pl.col("place") == place)
        & (pl.col("mode") == "road")
        & pl.col("indicator").is_in(["vehicles", _CHECKPOINT])
        & pl.col("partner").fill_null("").eq("")
        & pl.col("measure").is_in(["daily_average", "daily_peak", "level", "stock"])
        & pl.col("status").is_in(["valid", "doubtful"])
        & pl.col("same_as").is_null()
    )
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    total = pl.col("measure") == "level"
    columns = ("statement_id", "period_start", "period_end", "indicator", "flow", "measure", "relation", "status")
    return (
        own.filter(~total | (days >= _SHORTEST_TOTAL))
        .select(*columns, "value_as_published", a_day=pl.when(total).then(pl.col("value") / days).otherwise("value"))
        .sort("period_end", "statement_id")
    )


def tonnes_per_vehicle(known: Known, place: str) -> pl.DataFrame:
    """Return freight over vehicles where both were published for the same span.

    Returns
    -------
    DataFrame
        `period_start, period_end, ratio, low, high` (tonnes a vehicle and the ends that rounding allows), `freight_id`,
        `vehicles_id`; the newest last. Vehicles count both directions and empty ones.
    """
    spans = ["period_start", "period_end"]
    own = known.statements.filter(
        (pl.col("place") == place)
        & (pl.col("mode") == "road")
        & (pl.col("flow") == "total")
        & pl.col("partner").fill_null("").eq("")
        & (pl.col("measure") == "level")
        & (pl.col("status") == "valid")
        & pl.col("relation").is_in(["eq", "approx"])
        & pl.col("same_as").is_null()
    )
    kept = {
        name: own.filter(pl.col("indicator") == name).sort("half_width").unique(spans, keep="first")
        for name in ("freight_tonnes", "vehicles")
    }
    pairs = kept["freight_tonnes"].join(kept["vehicles"], on=spans, how="inner", validate="1:1", suffix="_vehicles")
    freight, vehicles = pl.col("value"), pl.col("value_vehicles")
    return pairs.select(
        *spans,
        ratio=freight / vehicles,
        low=(freight - pl.col("half_width")) / (vehicles + pl.col("half_width_vehicles")),
        high=(freight + pl.col("half_width")) / (vehicles - pl.col("half_width_vehicles")),
        freight_id="statement_id",
        vehicles_id="statement_id_vehicles",
    ).sort(spans[::-1])


def _vehicles(known: Known, place: str) -> pl.DataFrame:
    """Return the valid originals about the vehicles through a port by road."""
    return known.statements.filter(
        (pl.col("series_id") == f"{place}.vehicles.total.road")
        & (pl.col("status") == "valid")
        & pl.col("same_as").is_null()
    )


def first_month_above(chances: pl.DataFrame, *, chance: float = EVEN) -> dt.date | None:
    """Return the first month in which the probability reaches a level; None where no month does."""
    reached = chances.filter(pl.col("probability") >= chance)
    return None if reached.is_empty() else reached["time_period"][0]
