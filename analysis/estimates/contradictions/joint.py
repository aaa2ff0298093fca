"""Contradictions of many statements at once: sets that no flows could have made true."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from analysis.estimates.contradictions.conflicts import Conflict, conflict
from analysis.methods.consistency import TOLERANCE, Inequalities, Sums, conflicting, inequalities, miss, ratio


def contradictions(family: pl.DataFrame, sums: Sums) -> Iterator[Conflict]:
    """Find the sets of statements about flows that cannot all be true, none of which has a superfluous member.

    Levels are judged first, then growth against the levels that are left. Of each contradiction one set is
    reported; its levels, or where growth is among them its growth rates, are laid aside before the next.

    Parameters
    ----------
    family
        Statements whose series share a flow, one of `families(flow_statements(rows, indicators), sums)`.
    sums
        What each series is the sum of, as `flows.sums_of` returns it.
    """
    system = inequalities(family, sums)
    if miss(system) <= TOLERANCE:
        return
    growth = family["growth"].to_numpy()
    levels = np.flatnonzero(~growth)
    while (found := conflicting(system, levels)) is not None:
        yield _of_levels(family[found], miss(system.of(found)))
        levels = np.setdiff1d(levels, found)
    left = np.union1d(levels, np.flatnonzero(growth))
    while (found := conflicting(system, left)) is not None:
        yield _of_growth(family, system, found)
        left = np.setdiff1d(left, found[growth[found]])


def _of_levels(rows: pl.DataFrame, share: float) -> Conflict:
    kind = "periods" if rows["series_id"].n_unique() == 1 else "parts"
    return conflict(kind, rows.to_dicts(), f"cannot all be true: each would have to be off by {share:.2%}")


def _of_growth(family: pl.DataFrame, system: Inequalities, found: np.ndarray) -> Conflict:
    """Say what base the growth rates need, or that no base serves them."""
    rows = family[found]
    share = miss(system.of(found, links=False))
    if share > TOLERANCE:
        fact = f"cannot all be true, whatever the base was revised to: each would have to be off by {share:.2%}"
        return conflict("bases", rows.to_dicts(), fact)
    factors = [_revision(family, system, found, one) for one in found[rows["growth"].to_numpy()]]
    low, high = min(factors, key=lambda ends: min(abs(np.log(max(end, TOLERANCE))) for end in ends))
    fact = f"hold only if the base was revised to {_between(low, high)} times what was published"
    return conflict("base revision", rows.to_dicts(), fact)


def _between(low: float, high: float) -> str:
    if low <= TOLERANCE:
        return f"at most {high:.3f}"
    return f"{low:.3f} to {high:.3f}" if np.isfinite(high) else f"at least {low:.3f}"


def _revision(family: pl.DataFrame, system: Inequalities, found: np.ndarray, one: int) -> tuple[float, float]:
    """Return by which factors the base of one growth rate can have been revised, if all else in the set holds."""
    others = system.of(found[found != one])
    low, high = ratio(others, system.stated[[one]], system.base[[one]])
    row = family[int(one)]
    return low / row["most"][0], high / max(row["least"][0], TOLERANCE)
