"""Learn what a panel shares from a fixed sample of its series."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import polars as pl

from analysis.methods.forecasting import panel as panels
from analysis.methods.forecasting import seasons, spread, weekdays
from analysis.methods.forecasting.dependence import dependence
from analysis.methods.forecasting.learnt import Learnt, unlearnt, usual_shape
from analysis.methods.forecasting.panel import Block, Panel
from analysis.methods.forecasting.past import Past, logs, look_back
from analysis.methods.forecasting.settings import LEARNT_HORIZON, Array

#: Series that are learnt from: those whose names have the smallest hashes.
SAMPLE = 300

#: Errors of a horizon that the usual shape is worth, and series whose surprise says something of the panel.
SHAPE_EVIDENCE, FEWEST_SERIES = 500.0, 5


@dataclass(frozen=True)
class _Evidence:
    """What one block contributes: errors and what was known of them, by origin, horizon and series."""

    errors: Array
    known: spread.Signs
    months: range


def sample(ids: Iterable[str], *, size: int = SAMPLE) -> list[str]:
    """Return the names that are learnt from: a choice by hash, so that it does not depend on order or partition.

    The sample of a union is the sample of the samples, whatever the parts.
    """
    return sorted(sorted(set(ids), key=lambda name: (blake2b(name.encode(), digest_size=8).digest(), name))[:size])


def learn(panel: pl.DataFrame, *, season: int = 12) -> Learnt:
    """Learn what the series of a panel share.

    Parameters
    ----------
    panel
        As for `forecast`. All of it, or the series that `sample` chooses of all of it: the result is the same.
    season
        Months after which the season repeats; 1 for none.

    Raises
    ------
    InputError, CoverageError
        As `forecast` does.
    """
    return learn_from(panels.read(panel), season=season)


def learn_from(panel: Panel, *, season: int) -> Learnt:
    """Learn from a panel that is already checked."""
    blocks = list(panel.select(sample([*panel.ids(), *panel.skipped])).blocks())
    learnt = _calendar(blocks, unlearnt(season))
    pasts = [look_back(block, learnt, horizon=LEARNT_HORIZON) for block in blocks]
    losses = np.concatenate([past.losses[:, _regular(past)] for past in pasts], axis=1)
    if losses.shape[1]:
        learnt = replace(learnt, losses=np.median(losses, axis=1))
    return _widths(blocks, pasts, learnt)


def _regular(past: Past) -> np.ndarray:
    """Return which series have a level, a season and past errors."""
    return np.asarray(
        ~past.kinds.silent & ~past.kinds.intermittent & (np.isfinite(past.errors[:, 0]).sum(axis=0) >= 12)
    )


def _calendar(blocks: list[Block], learnt: Learnt) -> Learnt:
    """Learn the shared season and the effect of weekdays."""
    cycle = learnt.cycle
    deviations, changes = [], []
    for block in blocks:
        found, X = logs(block, cycle=cycle)
        regular = ~found.silent & ~found.intermittent
        deviations.append(np.roll(seasons.deviations(X[regular], cycle=cycle), block.start % cycle, axis=1))
        changes.append((X[regular], weekdays.regressors(block.start, X.shape[1])))
    season = seasons.shared(np.concatenate(deviations)) if cycle > 1 else learnt.season
    return replace(learnt, season=season, days=weekdays.shared(changes))


def _widths(blocks: list[Block], pasts: list[Past], learnt: Learnt) -> Learnt:
    """Learn how large errors are, what they depend on, their shape and how those of one path hang together."""
    found = []
    for block, past in zip(blocks, pasts, strict=True):
        e = past.errors[:, :, _regular(past)]
        if e.shape[2]:
            months = range(block.start + past.origins.start, block.start + past.origins.stop)
            found.append((e, months))
    if not found:
        return learnt
    sizes = np.concatenate([_mean_size(e) for e, _ in found], axis=1)
    if not np.isfinite(sizes).any(axis=1).all():
        return learnt
    learnt = replace(learnt, error=np.maximum(np.nanmedian(sizes, axis=1), spread.SMALLEST))
    evidence = [_Evidence(e, spread.signs(e, learnt.error), months) for e, months in found]
    learnt = replace(learnt, surprise=_surprise(evidence))
    parts = [spread.features(one.known, learnt.surprise_at(one.months)) for one in evidence]
    response = spread.response([one.errors for one in evidence], parts)
    z = [one.errors / spread.expected(part, response) for one, part in zip(evidence, parts, strict=True)]
    standardised = np.concatenate([one.transpose(0, 2, 1).reshape(-1, LEARNT_HORIZON) for one in z])
    shape = spread.shape(standardised, usual_shape(), evidence=SHAPE_EVIDENCE)
    return replace(learnt, response=response, shape=shape, dependence=dependence(standardised))


def _mean_size(e: Array) -> Array:
    """Return the mean absolute error by horizon and series; NaN where there is none."""
    known = np.isfinite(e)
    total = np.where(known, np.abs(e), 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)


def _surprise(evidence: list[_Evidence]) -> dict[int, float]:
    """Return by month the middle ratio of recent to usual errors, where enough series say so."""
    ratios: dict[int, list[float]] = {}
    for one in evidence:
        for month, row in zip(one.months, one.known.recent / one.known.own[:, 0], strict=True):
            ratios.setdefault(month, []).extend(row[one.known.seen[one.months.index(month)]])
    return {month: float(np.median(found)) for month, found in ratios.items() if len(found) >= FEWEST_SERIES}
