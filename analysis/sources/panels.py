"""Monthly panels from files: CSV or Parquet, in our columns or in those of Nixtla's libraries."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from analysis.core.errors import InputError
from analysis.runtime.folders import BUNDLED_PANEL
from analysis.sources.csv_tables import decode, read_bytes

#: Names of a series, whose leading zeros count.
_NAMES = ("series_id", "unique_id")


def read(path: str | Path = BUNDLED_PANEL) -> pl.DataFrame:
    """Read a panel as it stands, the bundled one by default; `forecasting.forecast` checks its rows.

    Raises
    ------
    InputError
        If the file is missing, empty, or neither CSV nor Parquet.
    """
    path = Path(path)
    try:
        table = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    except pl.exceptions.PolarsError as problem:
        kind = "Parquet file" if path.suffix == ".parquet" else "table in CSV"
        fact = str(problem).splitlines()[0]
        raise InputError(f"{path} is no {kind} ({fact}). Save it again, with the suffix .csv or .parquet.") from None
    if table.is_empty():
        raise InputError(f"{path} has no rows. Give a header row and one row a series and month.")
    return table


@contextmanager
def opened(path: str | Path) -> Iterator[pl.DataFrame]:
    """Read a panel as `read` does, and name its file in errors about its rows and columns too."""
    panel = read(path)
    try:
        yield panel
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _parquet(path: Path) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(read_bytes(path)))


def _csv(path: Path) -> pl.DataFrame:
    text = decode(path)
    if not text.strip():
        raise InputError(f"{path} is empty. Give a header row and one row a series and month.")
    header = [name.strip() for name in text.partition("\n")[0].split(",")]
    names = {name: pl.String for name in _NAMES if name in header}
    return pl.read_csv(io.StringIO(text), schema_overrides=names, infer_schema_length=None, try_parse_dates=False)
