"""Growth of a year against others, draw by draw: how much of it is open days, how much is the flow per open day."""

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from analysis.core.periods import month_end
from analysis.core.reasons import Reason
from analysis.desks.port.comparisons import NORMAL_YEAR, is_comparable
from analysis.methods.reconstruction import Reconstruction

SCHEMA: dict[str, Any] = {
    "question": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "other": pl.Int64,
    "years": pl.Int64,
    "median": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "days": pl.Float64,
    "per_day": pl.Float64,
    "reason": pl.String,
}


def growth(path: Reconstruction, *, edition: dt.date) -> pl.DataFrame:
    """Return growth rates of the edition's year, up to its month and as a whole, on years that are known well enough.

    Parameters
    ----------
    path
        The reconstruction.
    edition
        First day of the edition's month.

    Returns
    -------
    pl.DataFrame
        One row a comparison: `question` (`last_year`, `normal_year`, `two_years`, `whole_year`), `start`, `end`
        (the span of the edition's year), `other` (the year compared with), `years` (over how many the rate is an
        average), `median, lower, upper` (80%; fractions a year), `days` (growth of the open days alone) and
        `per_day` (median growth of the flow per open day): `1 + growth = (1 + days) (1 + per_day)`. Null, with the
        `reason`, where the other year is not known well enough (`comparisons.is_comparable`), the port was never
        open in one of the spans or nothing passed in it.
    """
    year = edition.year
    first, last = dt.date(year, 1, 1), month_end(edition)
    asked = [("last_year", last, year - 1, 1), ("two_years", last, year - 2, 2)]
    if year - 1 > NORMAL_YEAR:
        asked.append(("normal_year", last, NORMAL_YEAR, 1))
    if last.month < 12:
        asked.append(("whole_year", dt.date(year, 12, 31), year - 1, 1))
    rows = [
        {"question": question, "start": first, "end": end, "other": other, "years": years}
        | _rate(path, first, end, other, years)
        for question, end, other, years in asked
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def same_span(start: dt.date, end: dt.date, year: int) -> tuple[dt.date, dt.date]:
    """Return the same months of another year."""
    return start.replace(year=year), month_end(end.replace(year=year, day=1))


def open_days(path: Reconstruction, start: dt.date, end: dt.date) -> float:
    """Return on how many days goods could pass: of a flow of several parts, that of the part with most of them."""
    return max(float(days.between(start, end).sum()) for days in path.days)


def _rate(path: Reconstruction, start: dt.date, end: dt.date, other: int, years: int) -> dict[str, Any]:
    """Return the rate with its parts, or why there is none."""
    if path.months[0] > dt.date(other, 1, 1):
        return {"reason": Reason("wide_base", year=other).written}
    before = same_span(start, end, other)
    open_now, open_then = (open_days(path, *span) for span in ((start, end), before))
    if not open_now or not open_then:
        return {"reason": Reason("nothing_passed" if path.zeros_in((start, end), before) else "always_closed").written}
    if not is_comparable(path, other):
        return {"reason": Reason("wide_base", year=other).written}
    ratio = (path.total(start, end) / path.total(*before)) ** (1 / years)
    days = (open_now / open_then) ** (1 / years)
    median, lower, upper = (float(each) for each in np.quantile(ratio, [0.5, 0.1, 0.9]) - 1)
    return {"median": median, "lower": lower, "upper": upper, "days": days - 1, "per_day": (1 + median) / days - 1}
