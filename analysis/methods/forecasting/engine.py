"""The entry: forecast a panel by what its series share, block by block, in as many processes as pay."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from analysis.core.errors import ParameterError
from analysis.core.path_table import FREQ, OBS_STATUS, PATH_SCHEMA, significant
from analysis.methods.forecasting import notes, openings
from analysis.methods.forecasting import panel as panels
from analysis.methods.forecasting.ahead import Ahead, Options
from analysis.methods.forecasting.applying import look_ahead
from analysis.methods.forecasting.learning import learn_from
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.panel import Block, Panel
from analysis.methods.forecasting.result import HISTORY, Forecast
from analysis.methods.forecasting.settings import Array
from analysis.runtime.processes import map_in_processes

#: Longest horizon and season, in months; longer ones are refused.
FURTHEST, LONGEST_SEASON = 120, 24

#: Series for which one more process pays: with fewer, starting it takes longer than it saves.
SERIES_PER_WORKER = 1000


#: Draws by series.
Draws = dict[str, Array]

#: The calendar months that series never have: those taken as closed, and the others.
Absences = dict[str, tuple[tuple[int, ...], tuple[int, ...]]]

#: The rows of a block, its draws, and its absent months.
_BlockResult = tuple[pl.DataFrame, Draws, Absences]


@dataclass(frozen=True)
class _Task:
    """A block, and the share of days on which its ports are open, series by month to the horizon; None: all."""

    block: Block
    open_share: Array | None


def forecast(
    panel: pl.DataFrame,
    *,
    horizon: int,
    levels: tuple[int, ...] = (80, 95),
    season: int = 12,
    seed: int = 1,
    draws: int | None = None,
    open_days: pl.DataFrame | None = None,
    learnt: Learnt | None = None,
    skip_ended: int | None = None,
    panel_end: dt.date | None = None,
    workers: int = 1,
) -> Forecast:
    """Forecast every series of a monthly panel.

    Parameters
    ----------
    panel
        `series_id, time_period, obs_value` or `unique_id, ds, y`: one row a series and month in any order, values at
        least 0; an absent or null month was not observed. Each series is forecast from its own last month.
    horizon
        Months ahead. The numbers of a month do not depend on it.
    levels, season
        Interval levels in percent. Months after which the season repeats; 1 for none.
    seed, draws
        Seed and number of draws of whole paths; no draws if not given.
    open_days
        `series_id, time_period, share_open`, share of the days open, through the horizon; absent months are open.
    learnt
        What the panel shares, if `learn` was called before: then series do not depend on which others stand in `panel`.
    skip_ended, panel_end
        Leave out series that end so many months, or more, before the last of the panel that `panel` is a part of.
    workers
        Largest number of processes, on which no number depends; a small panel is forecast in this one. A script that
        asks for several keeps its own start under `if __name__ == "__main__"`.

    Returns
    -------
    Forecast
        The point forecast is the median. Closed months are exactly 0. `notes` name series that ended early.

    Raises
    ------
    InputError, CoverageError, ParameterError
        If the table is no panel, no series has enough months (others are in `skipped`), or an option is out of range.
    """
    _check(horizon, levels, season if learnt is None else learnt.cycle, draws, workers)
    checked = panels.read(panel)
    learnt = learnt or learn_from(checked, season=season)
    last = panel_end or max(checked.table["time_period"])
    ended, left_out = notes.ended(checked.table, last=last, skip_ended=skip_ended)
    work = partial(_apply, learnt=learnt, options=Options(horizon, _probabilities(levels), draws, seed), levels=levels)
    tasks = _tasks(checked.without(left_out), open_days, horizon)
    tables, paths, absences = _collect(work, tasks, workers)
    table = pl.concat([pl.DataFrame(schema=PATH_SCHEMA), *tables]).sort("series_id", "time_period", "level")
    about_ends = [] if panel_end else notes.ended_notes(ended, last=last)
    said = (*about_ends, *_other_notes(checked, absences, open_days))
    recent = pl.col("time_period") > pl.col("time_period").max().over("series_id").dt.offset_by(f"-{HISTORY}mo")
    return Forecast(table, learnt, checked.skipped, paths, said, ended, checked.table.filter(recent))


def _other_notes(panel: Panel, absences: Absences, open_days: pl.DataFrame | None) -> list[str]:
    """Return sentences about ids that are alike, months that no year has, and open days that no forecast uses."""
    sentences = [*notes.similar_ids(panel.ids()), *notes.absence_notes(absences)]
    if open_days is None:
        return sentences
    ends = dict(panel.table.group_by("series_id").agg(pl.col("time_period").max()).iter_rows())
    days = openings.checked_open_days(open_days).filter(~pl.col("series_id").is_in([*panel.skipped]))
    return [*sentences, *notes.open_day_notes(days, ends)]


def _check(horizon: int, levels: tuple[int, ...], season: int, draws: int | None, workers: int) -> None:
    """Raise if an option is out of range."""
    for what, value, most in (("horizon", horizon, FURTHEST), ("season", season, LONGEST_SEASON)):
        if not 1 <= value <= most:
            raise ParameterError(f"The {what} is {value} months. Ask for 1 to {most}.")
    if not levels or any(not 0 < level < 100 for level in levels):
        raise ParameterError(f"The levels are {', '.join(map(str, levels)) or 'none'}. Give percents from 1 to 99.")
    if draws is not None and draws < 1:
        raise ParameterError(f"The number of draws is {draws}. Ask for at least one.")
    if workers < 1:
        raise ParameterError(f"The number of workers is {workers}. Ask for at least one.")


def _collect(
    work: Callable[[_Task], _BlockResult], tasks: list[_Task], workers: int
) -> tuple[list[pl.DataFrame], Draws, Absences]:
    """Return the rows of all blocks, and the draws and absent months of all series, from as many processes as pay."""
    worthwhile = min(workers, sum(len(task.block.ids) for task in tasks) // SERIES_PER_WORKER, len(tasks))
    tables: list[pl.DataFrame] = []
    paths: Draws = {}
    absences: Absences = {}
    for rows, draws, absent in map_in_processes(work, tasks, workers=worthwhile):
        tables.append(rows)
        paths.update(draws)
        absences.update(absent)
    return tables, paths, absences


def _probabilities(levels: tuple[int, ...]) -> Array:
    """Return the middle and the two ends of each interval."""
    return np.array([0.5, *(tail for level in levels for tail in ((100 - level) / 200, (100 + level) / 200))])


def _tasks(panel: Panel, open_days: pl.DataFrame | None, horizon: int) -> list[_Task]:
    """Return the blocks of a panel with their open days."""
    shares = None if open_days is None else openings.open_shares(open_days)
    return [
        _Task(block, None if shares is None else openings.block_shares(block, shares, horizon=horizon))
        for block in panel.blocks()
    ]


def _apply(task: _Task, *, learnt: Learnt, options: Options, levels: tuple[int, ...]) -> _BlockResult:
    """Forecast one block: its rows, and by series its draws and the months that it never has."""
    ahead = look_ahead(task.block, learnt, options, open_share=task.open_share)
    draws = {} if ahead.draws is None else dict(zip(task.block.ids, ahead.draws, strict=True))
    return _table(task.block, ahead, levels), draws, notes.absent_months(task.block, cycle=learnt.cycle)


def _table(block: Block, ahead: Ahead, levels: tuple[int, ...]) -> pl.DataFrame:
    """Return the rows of a block in the columns of a path."""
    series, horizon, each = len(block.ids), ahead.mean.shape[1], len(levels)
    months = (np.datetime64(block.end + 1, "M") + np.arange(horizon)).astype("datetime64[D]")
    cut = significant(ahead.quantiles)
    by_level = {
        "mean": np.repeat(significant(ahead.mean)[..., None], each, axis=2),
        "median": np.repeat(cut[..., :1], each, axis=2),
        "lower": cut[..., 1::2],
        "upper": cut[..., 2::2],
    }
    return (
        pl.DataFrame(
            {
                "series_id": np.repeat(np.array(block.ids, dtype=object), horizon * each),
                "time_period": np.tile(np.repeat(months, each), series),
                "level": np.tile(np.array(levels, dtype=np.int64), series * horizon),
                **{name: values.ravel() for name, values in by_level.items()},
                "closed": np.repeat(ahead.closed.ravel(), each),
            },
            schema_overrides={"series_id": pl.String},
        )
        .select(
            "series_id",
            pl.lit("M", FREQ).alias("freq"),
            pl.col("time_period").cast(pl.Date),
            "level",
            "mean",
            "median",
            "lower",
            "upper",
            pl.when("closed").then(pl.lit("closed")).otherwise(pl.lit("forecast")).cast(OBS_STATUS).alias("obs_status"),
        )
        .match_to_schema(PATH_SCHEMA)
    )
