"""Panels and paths as SDMX: data in SDMX-CSV 2.0 or SDMX-ML 3.0, and beside them the structure with its code lists.

The ids of a ledger are parts separated by dots: place, indicator, flow, mode and partner become dimensions. Any other
ids become one dimension, SERIES. A path has a dimension STATISTIC: mean, median, and the ends of each interval.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from analysis.core.errors import ParameterError
from analysis.runtime import files
from analysis.runtime.optional_packages import load_package

#: Endings of files: SDMX-CSV and SDMX-ML. The structure lies beside each, under the third.
CSV, XML, STRUCTURE = ".sdmx.csv", ".xml", ".structure.xml"

_AGENCY, _VERSION = "SILKPORT", "1.0"

#: A message says when it was made; the same table gives the same bytes.
_PREPARED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

_PARTS = ("PLACE", "INDICATOR", "FLOW", "MODE", "PARTNER")
_PLAIN_ID = r"^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+){3,4}$"

#: Code of all partners together, where an id names none.
_ALL = "_T"

#: The cross-domain code of each status of a figure, and its name; ORIGIN keeps our own word.
_STATUS = {
    "reported": ("A", "Normal value"),
    "derived": ("I", "Imputed value"),
    "estimated": ("E", "Estimated value"),
    "forecast": ("F", "Forecast value"),
    "closed": ("I", "Imputed value"),
}

_NAMES = {
    "FREQ": "Frequency", "PLACE": "Place", "INDICATOR": "Indicator", "FLOW": "Direction", "MODE": "Mode of transport",
    "PARTNER": "Partner", "SERIES": "Series", "STATISTIC": "Statistic", "TIME_PERIOD": "Time period",
    "OBS_VALUE": "Observation value", "UNIT_MEASURE": "Unit of measure", "OBS_STATUS": "Observation status",
    "ORIGIN": "How the value was made",
}  # fmt: skip
_FREQUENCIES = {"M": "Monthly", "A": "Annual", "Q": "Quarterly", "W": "Weekly"}


def is_sdmx(path: Path) -> bool:
    """Return whether the name of a file asks for SDMX."""
    return path.name.endswith((CSV, XML))


def write(table: pl.DataFrame, path: Path) -> None:
    """Write a panel or a path as SDMX, and its structure beside it; both, or neither.

    Parameters
    ----------
    table
        A panel (`series_id, time_period, obs_value`, and `unit` and `obs_status` where known; months), or a path
        (`path_table.PATH_SCHEMA`).
    path
        Where the data go: a name that ends in `.sdmx.csv` or `.xml`.

    Raises
    ------
    ParameterError
        If the table is neither.
    ExtraError
        If pysdmx is not installed.
    ReportError
        If the files cannot be written.
    """
    data, structure = messages(table, csv=path.name.endswith(CSV), name=str(path))
    stem = path.name.removesuffix(CSV).removesuffix(XML)
    files.write_all(path.parent, {f"{stem}{STRUCTURE}": structure.encode(), path.name: data.encode()})


def messages(table: pl.DataFrame, *, csv: bool, name: str = "The table") -> tuple[str, str]:
    """Return the data of a panel or a path as SDMX-CSV or SDMX-ML, and the structure as SDMX-ML.

    Raises
    ------
    ParameterError, ExtraError
        As for `write`.
    """
    observations = _observations(table, name)
    writer = load_package("pysdmx.io", extra="sdmx", what=f"SDMX in {name}")
    formats = load_package("pysdmx.io.format", extra="sdmx", what=name).Format
    pandas = load_package("pysdmx.io.pd", extra="sdmx", what=name)
    message = load_package("pysdmx.model.message", extra="sdmx", what=name)
    structure = _Structure.of(observations)
    coded = observations.with_columns(
        pl.col(column).replace(_code_ids(observations[column].drop_nulls().unique()))
        for column in observations.columns
        if _is_coded(column)
    )
    dataset = pandas.PandasDataset(data=coded.to_pandas(), structure=structure.definition.to_schema())
    form = formats.DATA_SDMX_CSV_2_0_0 if csv else formats.DATA_SDMX_ML_3_0
    data = writer.write_sdmx(
        [dataset], form, **({} if csv else {"header": message.Header(id="silkport", prepared=_PREPARED)})
    )
    # A writer of data leaves its marks on a header, which a structure may not carry.
    header = message.Header(id="silkport", prepared=_PREPARED)
    described = writer.write_sdmx(structure.artefacts, formats.STRUCTURE_SDMX_ML_3_0, header=header)
    return str(data), str(described)


def _observations(table: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return one row an observation: the dimensions, TIME_PERIOD, OBS_VALUE and the attributes."""
    if "level" in table.columns and "median" in table.columns:
        long = _statistics(table)
    elif {"series_id", "time_period", "obs_value"} <= set(table.columns):
        long = table.with_columns(freq=pl.lit("M"), statistic=pl.lit(None, pl.String))
    else:
        raise ParameterError(f"{name} asks for SDMX, which holds panels and paths. End --out in .csv or .parquet.")
    long = long.filter(pl.col("obs_value").is_not_null() & pl.col("obs_value").is_finite())
    origin = pl.col("obs_status").cast(pl.String) if "obs_status" in long.columns else pl.lit("reported")
    unit = pl.col("unit") if "unit" in long.columns else pl.lit(None, pl.String)
    columns = {
        "FREQ": pl.col("freq").cast(pl.String),
        **_dimensions(long),
        "STATISTIC": pl.col("statistic"),
        "TIME_PERIOD": _period(),
        "OBS_VALUE": pl.col("obs_value").cast(pl.Float64),
        "UNIT_MEASURE": unit,
        "OBS_STATUS": origin.replace_strict({word: code for word, (code, _) in _STATUS.items()}, default="A"),
        "ORIGIN": origin,
    }
    found = long.select(expression.alias(column) for column, expression in columns.items())
    return found.drop(column for column in ("STATISTIC", "UNIT_MEASURE") if found[column].null_count() == len(found))


def _statistics(path: pl.DataFrame) -> pl.DataFrame:
    """Return mean, median and the ends of each interval of a path, each as an observation of its own."""
    keys = ["series_id", "freq", "time_period", "obs_status"]
    points = path.unpivot(["mean", "median"], index=keys, variable_name="statistic", value_name="obs_value")
    ends = path.unpivot(
        ["lower", "upper"], index=[*keys, "level"], variable_name="statistic", value_name="obs_value"
    ).with_columns(statistic=pl.format("{}_{}", "statistic", "level"))
    both = pl.concat([points.unique(maintain_order=True), ends.select(points.columns)])
    return both.with_columns(pl.col("statistic").str.to_uppercase()).sort(
        "series_id", "freq", "time_period", "statistic"
    )


def _dimensions(table: pl.DataFrame) -> Mapping[str, pl.Expr]:
    """Return the dimensions that name a series: the parts of its id, or the id itself."""
    if not table["series_id"].str.contains(_PLAIN_ID).all():
        return {"SERIES": pl.col("series_id")}
    parts = pl.col("series_id").str.split(".")
    return {
        column: parts.list.get(place, null_on_oob=True).fill_null(_ALL) for place, column in enumerate(_PARTS)
    }  # fmt: skip


def _period() -> pl.Expr:
    """Return a period as SDMX writes it."""
    day = pl.col("time_period").cast(pl.Date)
    return (
        pl.when(pl.col("freq").cast(pl.String) == "A")
        .then(day.dt.strftime("%Y"))
        .when(pl.col("freq").cast(pl.String) == "Q")
        .then(pl.format("{}-Q{}", day.dt.year(), day.dt.quarter()))
        .when(pl.col("freq").cast(pl.String) == "W")
        .then(pl.format("{}-W{}", day.dt.iso_year(), day.dt.week().cast(pl.String).str.zfill(2)))
        .otherwise(day.dt.strftime("%Y-%m"))
    )


@dataclass(frozen=True)
class _Structure:
    """The structure of a data set: its definition, and all artefacts in the order of a message."""

    definition: Any
    artefacts: Sequence[Any]

    @classmethod
    def of(cls, observations: pl.DataFrame) -> "_Structure":
        """Return the structure of observations; their words are the names of codes."""
        model = load_package("pysdmx.model", extra="sdmx", what="SDMX")
        lists = {
            column: _code_list(model, column, observations) for column in observations.columns if _is_coded(column)
        }
        concepts = model.ConceptScheme(
            id="CS_SILKPORT",
            name="Concepts of Silkport",
            agency=_AGENCY,
            version=_VERSION,
            items=[model.Concept(id=column, name=_NAMES[column]) for column in observations.columns],
        )
        components = [_component(model, column, lists) for column in observations.columns]
        definition = model.DataStructureDefinition(
            id="PATHS" if "STATISTIC" in observations.columns else "PANEL",
            name="Monthly and yearly figures of ports and parks",
            agency=_AGENCY,
            version=_VERSION,
            components=model.Components(components),
        )
        return cls(definition, [*lists.values(), concepts, definition])


def _is_coded(column: str) -> bool:
    return column not in ("TIME_PERIOD", "OBS_VALUE")


def _component(model: Any, column: str, lists: Mapping[str, Any]) -> Any:
    """Return a dimension, the measure, or an attribute of each observation."""
    concept = model.ItemReference(
        sdmx_type="Concept", agency=_AGENCY, id="CS_SILKPORT", version=_VERSION, item_id=column
    )
    if column == "OBS_VALUE":
        return model.Component(column, True, model.Role.MEASURE, concept, local_dtype=model.DataType.DOUBLE)
    if column == "TIME_PERIOD":
        return model.Component(column, True, model.Role.DIMENSION, concept, local_dtype=model.DataType.PERIOD)
    if column in ("UNIT_MEASURE", "OBS_STATUS", "ORIGIN"):
        return model.Component(
            column, False, model.Role.ATTRIBUTE, concept, local_codes=lists[column], attachment_level="O"
        )
    return model.Component(column, True, model.Role.DIMENSION, concept, local_codes=lists[column])


def _code_list(model: Any, column: str, observations: pl.DataFrame) -> Any:
    """Return the code list of a column."""
    words = observations[column].drop_nulls().unique().sort()
    codes = [model.Code(id=code, name=_code_name(column, word)) for word, code in _code_ids(words).items()]
    return model.Codelist(
        id=f"CL_{column}", name=_NAMES[column], agency=_AGENCY, version=_VERSION, items=codes, is_partial=False
    )


def _code_name(column: str, word: str) -> str:
    """Return the name of a code."""
    if column == "FREQ":
        return _FREQUENCIES[word]
    if column == "OBS_STATUS":
        return next(name for code, name in _STATUS.values() if code == word)
    return "All" if word == _ALL else word


def _code_ids(words: Iterable[str]) -> dict[str, str]:
    """Return an id of letters, digits and underscores for each word, as codes of SDMX have it."""
    return {word: re.sub(r"[^A-Za-z0-9_@$-]", lambda sign: f"_x{ord(sign[0]):X}_", word) for word in words}
