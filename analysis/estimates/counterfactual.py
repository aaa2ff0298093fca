"""What would have passed without a closure: the reconstruction given only what ended before it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.estimates import kept_fits
from analysis.estimates.inputs import inputs
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Evidence, Known
from analysis.sources.registers import PORT_CLOSURES, PORT_EVENTS


@dataclass(frozen=True)
class Counterfactual:
    """What would have passed without a closure.

    Attributes
    ----------
    closure
        First day of the closure.
    known
        The statements about periods before it, and calendars without it.
    paths
        The path of each series that has one.
    without
        The reason why a series has none.
    """

    closure: dt.date
    known: Known
    paths: dict[str, Reconstruction]
    without: dict[str, Reason]


def before(known: Known, closure: dt.date) -> Known:
    """Return what is known of the time before a closure: statements that ended by then, calendars without it.

    Statements count whenever they were published until the data cut-off. Closures, limits and events from that day on
    are gone; seasonal calendars stay.
    """
    registers = dict(known.evidence.registers)
    closures, events = registers[PORT_CLOSURES.name], registers[PORT_EVENTS.name]
    registers[PORT_CLOSURES.name] = closures.filter(pl.col("start") < closure)
    registers[PORT_EVENTS.name] = events.filter(pl.col("date_start") < closure)
    statements = known.evidence.statements.filter(pl.col("period_end") < closure)
    return Evidence(statements, registers).known(known.as_of)


def counterfactual(
    known: Known,
    *,
    series: Sequence[str],
    closure: dt.date,
    months: tuple[dt.date, dt.date],
    sampling: Sampling,
) -> Counterfactual:
    """Carry the reconstruction of some series forward from before a closure, as if it had not been.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    series
        Series whose counterfactual is wanted; those without a usable level before the closure have none.
    closure
        First day of the closure.
    months
        First and last month of the paths.
    sampling
        Interval levels, draws and seed.
    """
    earlier = before(known, closure)
    usable = set(earlier.usable["series_id"])
    none = Reason("no_level_before", day=closure)
    without = {name: none for name in series if name not in usable}
    wanted = [name for name in series if name in usable]
    if not wanted:
        return Counterfactual(closure, earlier, {}, without)
    chosen = inputs(earlier, series=wanted, start=months[0], end=months[1])
    # What ended long before the months asked for is not fitted.
    fitted = [name for name in wanted if name in chosen.statements["series_id"]]
    found = kept_fits.posterior(chosen).paths(fitted, sampling, months=months)
    paths = {name: path for name, path in found.items() if isinstance(path, Reconstruction)}
    return Counterfactual(closure, earlier, paths, without | {name: none for name in wanted if name not in paths})


def monthly(path: Reconstruction, first: dt.date, last: dt.date) -> np.ndarray:
    """Return the draws of some months of a path, draws by months."""
    inside = [place for place, month in enumerate(path.months) if first <= month <= last]
    flows: np.ndarray = path.draws[:, inside]
    return flows
