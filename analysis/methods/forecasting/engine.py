"""The entry: forecast a panel by what its series share, block by block, in as many processes as pay."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from analysis.core.errors import ParameterError
from analysis.core.frequency import WEEKLY, frequency_of
from analysis.core.path_table import FREQ, OBS_STATUS, PATH_SCHEMA, significant
from analysis.methods.forecasting import notes, openings, scenarios
from analysis.methods.forecasting import panel as panels
from analysis.methods.forecasting.ahead import Ahead, Options
from analysis.methods.forecasting.applying import look_ahead
from analysis.methods.forecasting.learning import learn_from
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.panel import Block, Panel
from analysis.methods.forecasting.result import Forecast
from analysis.methods.forecasting.settings import Array
from analysis.runtime.processes import map_in_processes

#: Longest horizon, and longest season of months; longer ones are refused, but for the season of weeks.
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
    scenario: pl.DataFrame | None = None,
    learnt: Learnt | None = None,
    skip_ended: int | None = None,
    panel_end: dt.date | None = None,
    workers: int = 1,
) -> Forecast:
    """Forecast every series of a panel by month, quarter or week.

    Parameters
    ----------
    panel
        `series_id, time_period, obs_value` or `unique_id, ds, y`: one row a series and period in any order, values at
        least 0; an absent or null period was not observed. Each series is forecast from its own last period.
    horizon, levels
        Periods ahead, on which the numbers of a period do not depend; interval levels in percent.
    season
        Periods after which the season repeats, which says what a row is: 4 quarters, 52 weeks (from Monday), or any
        other number of months; 1 for none.
    seed, draws
        Of whole paths; no draws if no number is given.
    open_days
        `series_id, time_period, share_open`, share of the days open, through the horizon; absent periods are open.
    scenario
        `time_period`, `series_id` unless it is the same for all, and a column for each regressor that is known ahead,
        such as a price, through the horizon; the panel has the same columns for its past.
    learnt
        What the panel shares, if `learn` was called before: then series do not depend on which others stand in `panel`.
    skip_ended, panel_end
        Leave out series that end so many periods, or more, before the last of the panel that `panel` is a part of.
    workers
        Processes at most. A script that asks for several keeps its own start under `if __name__ == "__main__"`.

    Returns
    -------
    Forecast
        The point forecast is the median. Closed months are exactly 0. `notes` name series that ended early.

    Raises
    ------
    InputError, CoverageError, ParameterError
        If the table is no panel, no series has enough periods (others are in `skipped`), or an option is out of range.
    """
    season = season if learnt is None else learnt.cycle
    _check(horizon, levels, season, draws, workers)
    observed = panels.read(panel, frequency=frequency_of(season))
    known = None if scenario is None else scenarios.read(panel, scenario, observed, horizon=horizon, season=season)
    checked = observed if known is None else known.without_effects(observed)
    options = Options(horizon, _probabilities(levels), draws, seed)
    learnt = learnt or learn_from(checked, season=season)
    result = _forecast(checked, learnt, options, levels, open_days, skip_ended, panel_end, workers)
    return (result if known is None else known.put_into(result)).after(observed.table)


def _forecast(
    checked: Panel,
    learnt: Learnt,
    options: Options,
    levels: tuple[int, ...],
    open_days: pl.DataFrame | None,
    skip_ended: int | None,
    panel_end: dt.date | None,
    workers: int,
) -> Forecast:
    """Forecast a checked panel by what its series share."""
    last = panel_end or max(checked.table["time_period"])
    ended, left_out = notes.ended(checked, last=last, skip_ended=skip_ended)
    work = partial(_apply, learnt=learnt, options=options, levels=levels)
    tasks = _tasks(checked.without(left_out), open_days, options.horizon)
    table, paths, absences = _collect(work, tasks, workers)
    said = [] if panel_end else notes.ended_notes(ended, last=last, frequency=checked.frequency)
    said += _other_notes(checked, absences, open_days)
    return Forecast(table, learnt, checked.skipped, paths, (*said,), ended=ended)


def _other_notes(panel: Panel, absences: Absences, open_days: pl.DataFrame | None) -> list[str]:
    """Return sentences about ids that are alike, months that no year has, and open days that no forecast uses."""
    sentences = [*notes.similar_ids(panel.ids()), *notes.absence_notes(absences, panel.frequency)]
    if open_days is None:
        return sentences
    ends = dict(panel.table.group_by("series_id").agg(pl.col("time_period").max()).iter_rows())
    days = openings.checked_open_days(open_days, panel.frequency).filter(~pl.col("series_id").is_in([*panel.skipped]))
    return [*sentences, *notes.open_day_notes(days, ends, panel.frequency)]


def _check(horizon: int, levels: tuple[int, ...], season: int, draws: int | None, workers: int) -> None:
    """Raise if an option is out of range."""
    unit = frequency_of(season).unit
    if not 1 <= horizon <= FURTHEST:
        raise ParameterError(f"The horizon is {horizon} {unit}s. Ask for 1 to {FURTHEST}.")
    if not 1 <= season <= LONGEST_SEASON and season != WEEKLY.per_year:
        raise ParameterError(
            f"The season is {season} months. Ask for 1 to {LONGEST_SEASON}, or for 52 if the table is by week."
        )
    if not levels or any(not 0 < level < 100 for level in levels):
        raise ParameterError(f"The levels are {', '.join(map(str, levels)) or 'none'}. Give percents from 1 to 99.")
    if draws is not None and draws < 1:
        raise ParameterError(f"The number of draws is {draws}. Ask for at least one.")
    if workers < 1:
        raise ParameterError(f"The number of workers is {workers}. Ask for at least one.")


def _collect(
    work: Callable[[_Task], _BlockResult], tasks: list[_Task], workers: int
) -> tuple[pl.DataFrame, Draws, Absences]:
    """Return the rows of all blocks, and the draws and absent periods of all series, from as many processes as pay."""
    worthwhile = min(workers, sum(len(task.block.ids) for task in tasks) // SERIES_PER_WORKER, len(tasks))
    tables: list[pl.DataFrame] = []
    paths: Draws = {}
    absences: Absences = {}
    for rows, draws, absent in map_in_processes(work, tasks, workers=worthwhile):
        tables.append(rows)
        paths.update(draws)
        absences.update(absent)
    table = pl.concat([pl.DataFrame(schema=PATH_SCHEMA), *tables])
    return table.sort("series_id", "time_period", "level"), paths, absences


def _probabilities(levels: tuple[int, ...]) -> Array:
    """Return the middle and the two ends of each interval."""
    return np.array([0.5, *(tail for level in levels for tail in ((100 - level) / 200, (100 + level) / 200))])


def _tasks(panel: Panel, open_days: pl.DataFrame | None, horizon: int) -> list[_Task]:
    """Return the blocks of a panel with their open days."""
    shares = None if open_days is None else openings.open_shares(open_days, panel.frequency)
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
    periods = block.frequency.first_days(block.end + 1 + np.arange(horizon))
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
                "time_period": np.tile(np.repeat(periods, each), series),
                "level": np.tile(np.array(levels, dtype=np.int64), series * horizon),
                **{name: values.ravel() for name, values in by_level.items()},
                "closed": np.repeat(ahead.closed.ravel(), each),
            },
            schema_overrides={"series_id": pl.String},
        )
        .select(
            "series_id",
            pl.lit(block.frequency.code, FREQ).alias("freq"),
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
