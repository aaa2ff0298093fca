"""Learning: what the series of a panel share, estimated from a fixed sample of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import polars as pl

from analysis.core.frequency import frequency_of
from analysis.methods.forecasting import panel as panels
from analysis.methods.forecasting import seasons, spread, weekdays
from analysis.methods.forecasting.dependence import fit_dependence
from analysis.methods.forecasting.learnt import Learnt, default_learnt, student_shape
from analysis.methods.forecasting.panel import Block, Panel
from analysis.methods.forecasting.past import Candidates, candidates, logs, weigh
from analysis.methods.forecasting.settings import LEARNT_HORIZON, Array

#: Largest number of series that are learnt from: those whose names have the smallest hashes.
SAMPLE = 300

#: Number of errors that Student's shape counts for, and fewest series from which the panel's surprise in a month is
#: taken (with fewer it is one, as in usual months).
SHAPE_EVIDENCE, FEWEST_SERIES = 500.0, 5


@dataclass(frozen=True)
class _BlockErrors:
    """The errors of one block by origin, horizon and series, and the signs of their size at each origin."""

    errors: Array
    signs: spread.Signs
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
    return learn_from(panels.read(panel, frequency=frequency_of(season)), season=season)


def learn_from(panel: Panel, *, season: int) -> Learnt:
    """Learn from a panel that is already checked."""
    blocks = list(panel.select(sample([*panel.ids(), *panel.skipped])).blocks())
    learnt = _calendar(blocks, default_learnt(season))
    sampled = [candidates(block, learnt, horizon=LEARNT_HORIZON) for block in blocks]
    losses = np.concatenate([each.relative()[:, each.regular()] for each in sampled], axis=1)
    if losses.shape[1]:
        learnt = replace(learnt, losses=np.median(losses, axis=1))
    return _widths(blocks, sampled, learnt)


def _calendar(blocks: list[Block], learnt: Learnt) -> Learnt:
    """Learn the shared season and the effect of weekdays."""
    cycle = learnt.cycle
    deviations, changes = [], []
    for block in blocks:
        kinds, X = logs(block, cycle=cycle)
        regular = ~kinds.silent & ~kinds.intermittent
        deviations.append(np.roll(seasons.deviations(X[regular], cycle=cycle), block.start % cycle, axis=1))
        changes.append((X[regular], weekdays.regressors(block.start, X.shape[1], block.frequency)))
    days = weekdays.shared_effects(changes, per_year=learnt.frequency.per_year)
    season = seasons.shared_season(np.concatenate(deviations)) if cycle > 1 else learnt.season
    return replace(learnt, season=season, days=days)


def _widths(blocks: list[Block], sampled: list[Candidates], learnt: Learnt) -> Learnt:
    """Learn how large errors are, what their size depends on, their shape, and the correlation of those of one path."""
    errors = []
    for block, each in zip(blocks, sampled, strict=True):
        past = weigh(each, learnt)
        e = past.errors[:, :, each.regular()]
        if e.shape[2]:
            months = range(block.start + past.origins.start, block.start + past.origins.stop)
            errors.append((e, months))
    if not errors:
        return learnt
    sizes = np.concatenate([_mean_size(e) for e, _ in errors], axis=1)
    if not np.isfinite(sizes).any(axis=1).all():
        return learnt
    learnt = replace(learnt, error=np.maximum(np.nanmedian(sizes, axis=1), spread.SMALLEST_ERROR))
    evidence = [_BlockErrors(e, spread.signs(e, learnt.error), months) for e, months in errors]
    learnt = replace(learnt, surprise=_surprise(evidence))
    parts = [spread.predictors(one.signs, learnt.surprise_at(one.months)) for one in evidence]
    response = spread.fit_response([one.errors for one in evidence], parts)
    z = [one.errors / spread.expected_size(part, response) for one, part in zip(evidence, parts, strict=True)]
    standardised = np.concatenate([one.transpose(0, 2, 1).reshape(-1, LEARNT_HORIZON) for one in z])
    shape = spread.fit_shape(standardised, student_shape(), evidence=SHAPE_EVIDENCE)
    return replace(learnt, response=response, shape=shape, dependence=fit_dependence(standardised))


def _mean_size(e: Array) -> Array:
    """Return the mean absolute error by horizon and series; NaN where there is none."""
    known = np.isfinite(e)
    total = np.where(known, np.abs(e), 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)


def _surprise(blocks: list[_BlockErrors]) -> dict[int, float]:
    """Return by month the median ratio of recent to usual errors over the series, where there are enough of them."""
    ratios: dict[int, list[float]] = {}
    for one in blocks:
        for month, row in zip(one.months, one.signs.recent / one.signs.own[:, 0], strict=True):
            ratios.setdefault(month, []).extend(row[one.signs.has_recent[one.months.index(month)]])
    return {month: float(np.median(each)) for month, each in ratios.items() if len(each) >= FEWEST_SERIES}
