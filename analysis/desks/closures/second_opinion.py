"""Synthetic control of the closed road ports from rail flows that stayed open, on yearly medians."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from analysis.desks.closures.impact import YEARS_BEFORE
from analysis.estimates.part_flows import PartFlows
from analysis.methods.counterfactual import Synthetic, synthetic_control


@dataclass(frozen=True)
class SecondOpinion:
    """What a synthetic control says of the share that was lost.

    Attributes
    ----------
    donors
        The places whose rail freight is mixed.
    years
        The years, those before the closure first.
    synthetic
        The control; flows by year over their mean before the closure.
    share_lost
        One less actual over synthetic, of the sum of the closed years.
    """

    donors: tuple[str, ...]
    years: tuple[int, ...]
    synthetic: Synthetic
    share_lost: float


def second_opinion(flows: PartFlows, first: int, last: int) -> SecondOpinion:
    """Return the synthetic control of all road ports together, by rail ports that stayed open.

    Parameters
    ----------
    flows
        Draws of the parts of the region's freight.
    first, last
        First and last year of the closure.
    """
    start = max(first - YEARS_BEFORE, flows.total.months[0].year)
    years = tuple(range(start, last + 1))
    flow = np.stack([flows.between(dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in years])
    mode, place = flows.parts["mode"], flows.parts["place"]
    donors = tuple(place.filter(mode == "rail").unique(maintain_order=True))
    chosen = [(mode == "road").to_numpy(), *(((mode == "rail") & (place == donor)).to_numpy() for donor in donors)]
    before = first - start
    table = np.column_stack([np.median(flow[:, :, each].sum(axis=2), axis=1) for each in chosen])
    table = table / table[:before].mean(axis=0)
    found = synthetic_control(table[:, 0], table[:, 1:], before=before)
    expected = table[:, 1:] @ found.weights
    return SecondOpinion(donors, years, found, float(1 - table[before:, 0].sum() / expected[before:].sum()))
