"""Which route is the fastest, with its probability, and the legs on which the answer hangs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError
from analysis.methods.routes.route import Journey

#: A leg with less than this share of the variance is in both routes.
_NOTHING = 1e-12


@dataclass(frozen=True)
class Ranking:
    """Places of routes by draws of a quantity of which less is better.

    Attributes
    ----------
    order
        Names of the routes, the lowest median first.
    best
        Probability of being the lowest, by route; they add up to 1.
    beats
        Probability that the first of two routes is the lower one, by pair.
    """

    order: tuple[str, ...]
    best: Mapping[str, float]
    beats: Mapping[tuple[str, str], float]


def rank(draws: Mapping[str, np.ndarray]) -> Ranking:
    """Return the places of routes; draws that tie share the place.

    Parameters
    ----------
    draws
        Draws of hours or dollars by route, made together: draw i of each belongs to draw i of the others.

    Raises
    ------
    CoverageError
        If there is no route.
    """
    if not draws:
        raise CoverageError("There is no route to rank. Give at least one.")
    names = list(draws)
    table = np.stack([draws[name] for name in names])
    lowest = table == table.min(axis=0)
    best = (lowest / lowest.sum(axis=0)).mean(axis=1)
    beats = {
        (one, other): float(np.mean(table[i] < table[j]) + np.mean(table[i] == table[j]) / 2)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i != j
    }
    order = sorted(names, key=lambda name: float(np.median(draws[name])))
    return Ranking(tuple(order), dict(zip(names, map(float, best), strict=True)), beats)


def deciding_legs(one: Journey, other: Journey) -> pl.DataFrame:
    """Return the share of each leg in the variance of the difference between the hours of two routes.

    Legs with the same driver count as one, under the name of the first; what two routes have in common cancels out.
    The shares are first-order sensitivity indices; they add up to 1.

    Returns
    -------
    DataFrame
        `leg`, `share` (0 to 1), `chance_at_low`, `chance_at_high` (the probability that the first route is the faster
        one if the leg takes as long as in its lowest, or highest, tenth of draws), the largest share first.
    """
    difference = one.total - other.total
    parts: dict[str, np.ndarray] = {}
    sizes: dict[str, np.ndarray] = {}
    names: dict[str, str] = {}
    for route, sign in ((one, 1.0), (other, -1.0)):
        for leg in route.legs:
            hours = route.hours[leg.leg]
            parts[leg.moved_by] = parts.get(leg.moved_by, 0.0) + sign * hours
            sizes.setdefault(leg.moved_by, hours)
            names.setdefault(leg.moved_by, leg.leg)
    variances = {name: float(np.var(part)) for name, part in parts.items()}
    total = sum(variances.values())
    rows = []
    for name, part in parts.items():
        if variances[name] <= _NOTHING * total:
            continue
        low, high = (_at(part, sizes[name], share) for share in (0.1, 0.9))
        rest = difference - part
        rows.append(
            {
                "leg": names[name],
                "share": variances[name] / total,
                "chance_at_low": float(np.mean(rest + low < 0)),
                "chance_at_high": float(np.mean(rest + high < 0)),
            }
        )
    schema = dict.fromkeys(("share", "chance_at_low", "chance_at_high"), pl.Float64)
    return pl.DataFrame(rows, schema={"leg": pl.String, **schema}).sort("share", "leg", descending=[True, False])


def _at(part: np.ndarray, size: np.ndarray, share: float) -> float:
    """Return the difference that a leg makes in the draw at which it takes as long as a share of its draws do."""
    place = int(np.argsort(size)[round(share * (len(size) - 1))])
    return float(part[place])
