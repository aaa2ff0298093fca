"""Draws of the parts that a published total is the sum of, from one joint fit: they add up in every draw."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.estimates import kept_fits, paths
from analysis.estimates.inputs import Inputs, inputs
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Known

#: Interval levels of a region's flows.
LEVELS = (50, 80, 95)


@dataclass(frozen=True)
class PartFlows:
    """The parts of a total, draw by draw.

    Attributes
    ----------
    total
        The reconstruction of the total; its draws are sums of those of the parts.
    parts
        One row a part, in the order of the draws: `part_id, place, flow, mode`.
    """

    total: Reconstruction
    parts: pl.DataFrame

    def between(self, start: dt.date, end: dt.date) -> np.ndarray:
        """Return the flows of a span of days, draws by parts."""
        inside = np.stack([days.between(start, end) for days in self.total.days])
        flows: np.ndarray = np.einsum("dpm,pm->dp", self.total.rates, inside)
        return flows

    def months(self) -> np.ndarray:
        """Return the monthly flows, draws by parts by months of `total.months`."""
        flows: np.ndarray = self.total.rates * np.stack([days.open for days in self.total.days])
        return flows


def part_flows(chosen: Inputs, series_id: str, sampling: Sampling = DEFAULT_SAMPLING) -> PartFlows:
    """Return the parts of a total, drawn together with it.

    Parameters
    ----------
    chosen
        Inputs of a joint fit that covers the total.
    series_id
        The series of the total.
    sampling
        Interval levels, draws and seed.

    Raises
    ------
    CoverageError
        If the registers do not say what the total is the sum of.
    EvidenceError
        If nothing usable is known about it.
    """
    nodes = chosen.structure.nodes
    if nodes is None:
        raise CoverageError(
            f"No register says what {series_id} is the sum of. Add its parts to data/aggregates.csv, and the ports to "
            "data/ports.csv."
        )
    total = paths.path(chosen, series_id, sampling)
    names = kept_fits.posterior(chosen).parts[series_id]
    order = pl.DataFrame({"part_id": list(names)}, schema={"part_id": pl.String})
    parts = order.join(
        nodes.select("part_id", "place", "flow", "mode"),
        on="part_id",
        how="left",
        validate="1:1",
        maintain_order="left",
    )
    return PartFlows(total, parts)


def region_flows(
    known: Known, place: str, month: dt.date, indicator: str, *, seed: int = 1
) -> tuple[Inputs, PartFlows]:
    """Return the flows of a region's ports, draw by draw, and what their fit depends on; every page draws them alike.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place
        Identifier of the region, such as `xinjiang`; its ports are the group `PLACE_ports`.
    month
        Month of the edition: the last of `paths.YEARS_SHOWN` years is its year, in December also the year ahead.
    indicator
        What is counted, such as `freight_tonnes`.
    seed
        Of the draws.

    Raises
    ------
    CoverageError, EvidenceError
        If the ledger has no total of the region's ports, or nothing usable about it was published by then.
    """
    series_id = f"{place}_ports.{indicator}.total.all"
    start = dt.date(month.year - paths.YEARS_SHOWN + 1, 1, 1)
    end = dt.date(month.year + (month.month == 12), 12, 31)
    chosen = inputs(known, series=[series_id], start=start, end=end)
    return chosen, part_flows(chosen, series_id, Sampling(levels=LEVELS, seed=seed))
