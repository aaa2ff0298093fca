"""Registers of places: ports, parks, firms, aid projects, and the names of every place in English and Chinese."""

from functools import cache

import polars as pl

from analysis.core.errors import CoverageError, RegisterError
from analysis.sources import csv_tables

PORT_MODES = ("road", "rail", "air", "pipeline")
PORT_SCHEDULES = ("perennial", "seasonal", "temporary")

PORTS = pl.Schema(
    {
        "port": pl.String,
        "name_en": pl.String,
        "other_names": pl.String,
        "name_zh": pl.String,
        "neighbour_country": pl.String,
        "neighbour_port": pl.String,
        "region": pl.String,
        "prefecture": pl.String,
        "county": pl.String,
        "modes": pl.String,
        "schedule": pl.String,
        "opened_year": pl.Int64,
        "altitude_m": pl.Float64,
        "design_capacity_tonnes": pl.Float64,
        "lat": pl.Float64,
        "lon": pl.Float64,
        "counted_2022_04_28": pl.Boolean,
        "source_url": pl.String,
    }
)

PLACES = pl.Schema({"place": pl.String, "kind": pl.String, "name_en": pl.String, "name_zh": pl.String})

_ESTABLISHMENT = {
    "name_en": pl.String,
    "name_zh": pl.String,
    "place": pl.String,
    "industry": pl.String,
    "opened": pl.String,
    "attributes": pl.String,
    "url": pl.String,
}


def ports() -> pl.DataFrame:
    """Return the register of ports: road, rail, air and pipeline crossings of Xinjiang.

    Returns
    -------
    DataFrame
        Key `port`. `name_en`, `other_names` (separated by `;`) and `name_zh`; the neighbour's country and port;
        `region` (a place of places.csv), `prefecture`, `county`; `modes` as a list of road, rail, air, pipeline;
        `schedule` perennial, seasonal or temporary; `opened_year`; `altitude_m` in metres;
        `design_capacity_tonnes` in tonnes a year; `lat`, `lon` in degrees; `counted_2022_04_28`, whether the port
        is one of the 14 perennial and 1 seasonal ports open to freight on 28 April 2022; `source_url`. Null where
        the evidence does not say.

    Raises
    ------
    RegisterError
        If data/ports.csv breaks its schema.
    """
    table = csv_tables.read_table(
        csv_tables.DATA / "ports.csv",
        PORTS,
        key=("port",),
        required=("name_en", "name_zh", "region", "modes"),
        choices={"schedule": PORT_SCHEDULES},
        error=RegisterError,
    ).with_columns(pl.col("modes").str.split(";"))
    strange = sorted(set(table["modes"].explode()) - set(PORT_MODES))
    if strange:
        raise RegisterError(f"data/ports.csv has the mode {strange[0]!r}. Use one of {', '.join(PORT_MODES)}.")
    return table


def parks() -> pl.DataFrame:
    """Return the register of industrial parks, key `park`; columns as in `firms`."""
    return _establishments("park", "parks.csv")


def firms() -> pl.DataFrame:
    """Return the register of firms named in the evidence, key `firm`.

    Returns
    -------
    DataFrame
        `firm, name_en, name_zh, place, industry, opened` (a year, month or day, as published), `attributes`
        (facts in words), `url`. Null where the evidence does not say.
    """
    return _establishments("firm", "firms.csv")


def projects() -> pl.DataFrame:
    """Return the register of aid projects, key `project`; columns as in `firms`."""
    return _establishments("project", "projects.csv")


def areas() -> pl.DataFrame:
    """Return the register of places that are no port, park or firm: regions, prefectures, groups of ports, zones.

    Returns
    -------
    DataFrame
        Key `place`; `kind` (region, ports, prefecture, county, country, zone, firm), `name_en`, `name_zh`.

    Raises
    ------
    RegisterError
        If data/places.csv breaks its schema.
    """
    path = csv_tables.DATA / "places.csv"
    return csv_tables.read_table(path, PLACES, key=("place",), required=("kind", "name_en"), error=RegisterError)


def names(place: str) -> tuple[str, str]:
    """Return the English and the Chinese name of a place, park or firm; Chinese is empty where unknown.

    Raises
    ------
    CoverageError
        If no register holds the place.
    """
    known = _names()
    if place not in known:
        raise CoverageError(f"No register holds the place {place!r}. Add a row to data/places.csv or data/ports.csv.")
    return known[place]


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Return the names of all registers; the more special register wins."""
    found: dict[str, tuple[str, str]] = {}
    for table, key in ((areas(), "place"), (firms(), "firm"), (parks(), "park"), (ports(), "port")):
        for place, english, chinese in table.select(key, "name_en", "name_zh").iter_rows():
            found[place] = (english, chinese or "")
    return found


def _establishments(key: str, file: str) -> pl.DataFrame:
    schema = {key: pl.String, **_ESTABLISHMENT}
    return csv_tables.read_table(csv_tables.DATA / file, schema, key=(key,), required=("name_en",), error=RegisterError)
