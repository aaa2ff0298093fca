"""What one further figure would be worth: how much of a year's interval it takes (docs/methods/evidence_audit.md)."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl

from analysis.core.periods import month_end, month_range
from analysis.core.vocabulary import FIGURE_RELATIONS
from analysis.methods.information import narrowing
from analysis.sources.evidence import Known

#: Rounding of a figure in logs where none was published: one digit in the third place of a figure that begins with 3.
ROUNDING = 0.001

WORTH: dict[str, Any] = {
    "place": pl.String, "mode": pl.String, "what": pl.String, "start": pl.Date, "end": pl.Date,
    "own": pl.Float64, "region": pl.Float64,
}  # fmt: skip

#: Draws of the totals of some ports over a span of days, draws by ports.
Totals = Callable[[dt.date, dt.date], np.ndarray]


def worth(
    totals: Totals, ports: Sequence[tuple[str, str]], *, region: np.ndarray, month: dt.date, rounding: float
) -> pl.DataFrame:
    """Return by how much one figure about each port is expected to narrow the edition's year, from joint draws.

    Parameters
    ----------
    totals
        Draws of the ports' totals over a span, in the order of `ports`.
    ports
        Places and modes.
    region
        Draws of the year's total of the whole region, drawn together with the ports.
    month
        First day of the edition's month: a figure can be about the months up to it.
    rounding
        Standard deviation of a figure's rounding, in logs.

    Returns
    -------
    DataFrame
        One row a port, mode and candidate: `what` (`month`, or `to_date` for January up to a month), `start, end`;
        `own` and `region`, the shares by which the interval of the port's and of the region's year narrows, in logs
        (null where nothing may have passed).
    """
    year = totals(dt.date(month.year, 1, 1), dt.date(month.year, 12, 31))
    january = dt.date(month.year, 1, 1)
    months = month_range(january, month)
    spans = [("month", each, month_end(each)) for each in months]
    spans += [("to_date", january, month_end(each)) for each in months[1:]]
    candidates = [_logs(totals(start, end)) for _, start, end in spans]
    rows = []
    for position, (place, mode) in enumerate(ports):
        said = np.stack([each[:, position] for each in candidates], axis=1)
        own = _logs(year[:, position : position + 1])[:, 0]
        shares = [_share(target, said, rounding) for target in (own, _logs(region))]
        rows += [
            {"place": place, "mode": mode, "what": what, "start": start, "end": end, "own": mine, "region": all_of_it}
            for (what, start, end), mine, all_of_it in zip(spans, *shares, strict=True)
        ]
    return pl.DataFrame(rows, schema=WORTH).with_columns(pl.col("own", "region").fill_nan(None))


def usual_rounding(known: Known, indicator: str) -> float:
    """Return the rounding with which figures of an indicator were published: a standard deviation in logs.

    The median, over its usable exact totals, of half the last digit over the figure, divided by the root of three.
    """
    figures = known.usable.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("measure") == "level")
        & pl.col("relation").is_in(FIGURE_RELATIONS)
        & (pl.col("value") > 0)
    )
    found = figures.select((pl.col("half_width") / pl.col("value")).median()).item()
    return float(found) / 3**0.5 if found is not None else ROUNDING


def _logs(draws: np.ndarray) -> np.ndarray:
    """Return logs of draws; nothing is minus infinity."""
    with np.errstate(divide="ignore"):
        logs: np.ndarray = np.log(draws)
    return logs


def _share(target: np.ndarray, said: np.ndarray, rounding: float) -> list[float]:
    """Return the narrowing by each candidate; NaN where nothing may have passed in the year."""
    if not np.isfinite(target).all():
        return [float("nan")] * said.shape[1]
    return [float(f"{each:.6g}") for each in narrowing(target, said, noise=rounding)]
