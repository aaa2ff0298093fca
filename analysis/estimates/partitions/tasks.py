"""What is done with one partition: tasks that know its path and return little."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, InputError, SilkportError
from analysis.core.frequency import Frequency, frequency_of
from analysis.core.observations import days, id_text
from analysis.core.path_table import PATH_SCHEMA
from analysis.methods import forecasting
from analysis.runtime import files

T = TypeVar("T")

_IDS, _MONTHS = ("series_id", "unique_id"), ("time_period", "ds")


@dataclass(frozen=True)
class Contents:
    """What a partition holds: the names that may be learnt from, a number for every series, and its last period."""

    sample: list[str]
    marks: np.ndarray
    last: dt.date | None


@dataclass(frozen=True)
class Done:
    """What became of a partition: how many series were forecast, why others were not, by name, and what is to be said.

    `ended` counts its series that end before the panel's last month, as `forecasting.Forecast` does.
    """

    series: int
    skipped: dict[str, str]
    notes: tuple[str, ...]
    ended: pl.DataFrame


def contents(path: Path, season: int) -> Contents:
    """Return what a partition holds, from its columns of ids and periods."""
    ids, frequency = names(path), frequency_of(season)
    marks = np.array([mark(name) for name in ids], dtype=np.uint64)
    return Contents(forecasting.sample(ids), marks, _last(path, frequency))


def mark(name: str) -> int:
    """Return the number of a series."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest())


def _last(path: Path, frequency: Frequency) -> dt.date | None:
    """Return the last period of a partition; None if it has none that can be read."""
    schema = _guarded(path, lambda: pl.read_parquet_schema(path))
    column = next((name for name in _MONTHS if name in schema), None)
    if column is None:
        return None
    period = frequency.start(days(schema[column])).max()
    last = pl.scan_parquet(path).select(pl.col(column).alias("time_period")).select(period)
    found: dt.date | None = _guarded(path, last.collect).item()
    return found


def rows_of(path: Path, names: list[str]) -> pl.DataFrame:
    """Return the rows of some series of a partition."""
    column = _id_column(path)
    wanted = pl.Series(names, dtype=pl.String).implode()
    return _guarded(path, lambda: pl.scan_parquet(path).filter(_names(path, column).is_in(wanted)).collect())


def forecast_part(path: Path, out: Path, learnt: dict[str, Any], options: dict[str, Any]) -> Done:
    """Forecast a partition and write its paths, whole or not at all; a second time it writes the same bytes.

    Parameters
    ----------
    path, out
        The Parquet file to read, and the one to write.
    learnt
        What the whole panel shares, as `Learnt.as_json` writes it.
    options
        `horizon`, `levels`, `seed`, `open_days`, `skip_ended` and `panel_end` of `forecasting.forecast`.
    """
    shared = forecasting.Learnt.from_json(learnt)
    if options["open_days"] is not None:
        own = pl.col("series_id").is_in(pl.Series(names(path), dtype=pl.String).implode())
        open_days = forecasting.checked_open_days(options["open_days"], shared.frequency).filter(own)
        options = options | {"open_days": open_days}
    try:
        found = forecasting.forecast(_guarded(path, lambda: pl.read_parquet(path)), learnt=shared, **options)
    except CoverageError as none:
        found = forecasting.Forecast(pl.DataFrame(schema=PATH_SCHEMA), shared, {path.name: str(none)})
    except SilkportError as problem:
        raise type(problem)(f"{path}: {problem}") from problem
    write_parquet(found.table, out)
    return Done(found.table["series_id"].n_unique(), found.skipped, found.notes, found.ended)


def write_parquet(table: pl.DataFrame, path: Path) -> None:
    """Write a table as a Parquet file that appears whole."""
    buffer = io.BytesIO()
    table.write_parquet(buffer)
    files.write_all(path.parent, {path.name: buffer.getvalue()})


def names(path: Path) -> list[str]:
    """Return the names of a partition's series, each once."""
    column = _id_column(path)
    found = _guarded(path, lambda: pl.scan_parquet(path).select(_names(path, column).alias(column)).unique().collect())
    return found[column].drop_nulls().to_list()


def _id_column(path: Path) -> str:
    """Return the name of the column of ids."""
    columns = _guarded(path, lambda: pl.read_parquet_schema(path))
    found = next((name for name in _IDS if name in columns), None)
    if found is None:
        raise InputError(f"{path} has the columns {', '.join(columns)}, but no {' or '.join(_IDS)}. Rename one.")
    return found


def _names(path: Path, column: str) -> pl.Expr:
    """Return the column of ids as text."""
    return id_text(_guarded(path, lambda: pl.read_parquet_schema(path))[column], column)


def _guarded(path: Path, read: Callable[[], T]) -> T:
    """Return what a reader returns, or say in one sentence that the file cannot be read."""
    try:
        return read()
    except (OSError, pl.exceptions.PolarsError) as problem:
        first = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        raise InputError(f"{path} cannot be read as Parquet ({first}). Write it again.") from problem
