"""A panel in many files: learn once from a sample of all of it, then forecast file by file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from analysis.core.errors import InputError, ParameterError
from analysis.core.frequency import Frequency, frequency_of
from analysis.estimates.partitions import tasks, workers
from analysis.methods import forecasting
from analysis.methods.forecasting import notes
from analysis.runtime import files


@dataclass(frozen=True)
class Summary:
    """What became of a panel.

    Attributes
    ----------
    partitions, series
        How many files were written, and how many series they hold.
    skipped
        Name of a series, or of a file without any, to the sentence that says why there is no forecast.
    notes
        Sentences that a reader has to know, as in `forecasting.Forecast`.
    """

    partitions: int
    series: int
    skipped: dict[str, str]
    notes: tuple[str, ...] = ()


def forecast_partitions(
    data: Path,
    out: Path,
    *,
    horizon: int,
    levels: tuple[int, ...] = (80, 95),
    season: int = 12,
    seed: int = 1,
    open_days: pl.DataFrame | None = None,
    skip_ended: int | None = None,
    scheduler: str | None = None,
) -> Summary:
    """Forecast a folder of Parquet files into a folder of Parquet files.

    Parameters
    ----------
    data
        A folder whose Parquet files, in subfolders too, hold the panel, each series whole in one file; or one file.
    out
        The folder to write, absent or empty; a file if `data` is one. It appears whole or not at all.
    horizon, levels, season, seed, open_days, skip_ended
        As in `forecasting.forecast`.
    scheduler
        Address of a Dask scheduler, whose workers see both folders; None for this process.

    Returns
    -------
    Summary
        The numbers in the files are those of `forecasting.forecast` of the whole panel, however it is divided.

    Raises
    ------
    InputError
        If there is no Parquet file, one cannot be read, a series stands in two, or values are no panel.
    CoverageError
        If no series has enough months.
    ParameterError
        If the output has another suffix than `.parquet`, or an option cannot be.
    ReportError
        If the output cannot be written, or the cluster does not answer.
    """
    paths = _partitions(data)
    if out.suffix not in ("", ".parquet"):
        raise ParameterError(f"A panel in Parquet files is forecast into Parquet, not into {out.name}. Rename --out.")
    options = {"horizon": horizon, "levels": levels, "seed": seed, "open_days": open_days, "skip_ended": skip_ended}
    with workers.here() if scheduler is None else workers.cluster(scheduler) as run:
        contents = list(run(tasks.contents, ((path, season) for path in paths)))
        learnt, frequency = _learn(run, paths, contents, season), frequency_of(season)
        options["panel_end"] = max((part.last for part in contents if part.last), default=None)
        unknown = _unknown_open_days(open_days, contents)
        if data.is_file():
            return _forecast(run, [(paths[0], out.resolve())], learnt, options, frequency, unknown)
        with files.replace_folder(out) as folder:
            places = [(path, folder / f"part-{number:05}.parquet") for number, path in enumerate(paths)]
            return _forecast(run, places, learnt, options, frequency, unknown)


def _forecast(
    run: workers.Run,
    places: Sequence[tuple[Path, Path]],
    learnt: dict[str, Any],
    options: dict[str, Any],
    frequency: Frequency,
    unknown: Sequence[str],
) -> Summary:
    """Forecast every partition; `unknown` are sentences about the open days of series that none has."""
    done = list(run(tasks.forecast_part, ((*place, learnt, options) for place in places)))
    skipped = {name: reason for part in done for name, reason in part.skipped.items()}
    ended = pl.concat(part.ended for part in done)
    about_ends = notes.ended_notes(ended, last=options["panel_end"], frequency=frequency)
    said = [*about_ends, *(note for part in done for note in part.notes)]
    return Summary(len(done), sum(part.series for part in done), skipped, (*said, *unknown))


def _unknown_open_days(open_days: pl.DataFrame | None, contents: Sequence[tasks.Contents]) -> list[str]:
    """Return the sentence about open days of series that no partition has, if there are any."""
    if open_days is None:
        return []
    known = np.concatenate([part.marks for part in contents])
    names = open_days["series_id"].unique().sort().to_list()
    unknown = [name for name in names if not (known == np.uint64(tasks.mark(name))).any()]
    return [notes.unknown_open_days(unknown)] if unknown else []


def _partitions(data: Path) -> list[Path]:
    """Return the files of a panel in the order of their names."""
    paths = sorted(data.rglob("*.parquet")) if data.is_dir() else [data] if data.is_file() else []
    if not paths:
        raise InputError(f"{data} is no Parquet file and no folder that holds one. Name the panel with --data.")
    return [path.resolve() for path in paths]


def _learn(run: workers.Run, paths: Sequence[Path], contents: Sequence[tasks.Contents], season: int) -> dict[str, Any]:
    """Return what the panel shares, learnt here from the sample of all partitions."""
    marks: list[np.ndarray] = []
    holder: dict[str, Path] = {}
    for path, found in zip(paths, contents, strict=True):
        marks.append(found.marks)
        holder |= dict.fromkeys(found.sample, path)
        holder = {name: holder[name] for name in forecasting.sample(holder)}
    _refuse_divided(paths, marks)
    wanted = [(path, [name for name in holder if holder[name] == path]) for path in paths]
    rows = pl.concat(run(tasks.rows_of, (each for each in wanted if each[1])), how="vertical_relaxed")
    return forecasting.learn(rows, season=season).as_json()


def _refuse_divided(paths: Sequence[Path], marks: Sequence[np.ndarray]) -> None:
    """Refuse a series that stands in two partitions: it would be forecast twice, from half its months each time."""
    every = np.concatenate(marks)
    order = every.argsort(kind="stable")
    same = np.flatnonzero(every[order][1:] == every[order][:-1])
    if len(same):
        owner = np.repeat(np.arange(len(paths)), [len(each) for each in marks])
        first, second = (paths[owner[order[same[0] + step]]] for step in (0, 1))
        names = sorted(set(tasks.names(first)) & set(tasks.names(second)))
        raise InputError(
            f"The series {names[0]} stands in {first.name} and in {second.name}. Write each series whole into one file."
        )
