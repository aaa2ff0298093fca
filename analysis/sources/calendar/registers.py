"""The registers behind the calendar, with their schemas: closures, events and seasonal calendars of ports."""

import polars as pl

from analysis.core.errors import RegisterError
from analysis.sources import csv_tables

STATES = ("closed", "one_way", "limited", "opened")
STARTS = ("new_site", "round_the_clock")
EVENT_STATES = (*STATES, *STARTS, "reopened")
AFFECTS = ("freight", "persons", "both")
DIRECTIONS = ("both", "export", "import")

CLOSURES = pl.Schema(
    {
        "port": pl.String,
        "mode": pl.String,
        "start": pl.Date,
        "end": pl.Date,
        "what": pl.String,
        "affects": pl.String,
        "direction": pl.String,
        "share_open": pl.Float64,
        "confidence": pl.String,
        "published_on": pl.Date,
        "end_published_on": pl.Date,
        "basis": pl.String,
        "coded_note": pl.String,
    }
)

EVENTS = pl.Schema(
    {
        "port": pl.String,
        "event": pl.String,
        "date_start": pl.Date,
        "date_end": pl.Date,
        "description": pl.String,
        "description_zh": pl.String,
        "publisher": pl.String,
        "url": pl.String,
        "published_on": pl.Date,
        "affects": pl.String,
        "mode": pl.String,
        "what": pl.String,
        "direction": pl.String,
        "share_open": pl.Float64,
        "coded_note": pl.String,
    }
)

SCHEDULES = pl.Schema(
    {
        "port": pl.String,
        "mode": pl.String,
        "valid_from": pl.Date,
        "valid_to": pl.Date,
        "open_months": pl.String,
        "day_from": pl.Int64,
        "day_to": pl.Int64,
        "published_on": pl.Date,
        "end_published_on": pl.Date,
        "coded_note": pl.String,
    }
)

SPRING_FESTIVAL = pl.Schema({"year": pl.Int64, "first_day": pl.Date})


def closures_register() -> pl.DataFrame:
    """Return `port_closures.csv`: freight closed, one-way or limited, with the hand-coded columns."""
    return _register(
        "port_closures.csv",
        CLOSURES,
        key=("port", "mode", "start", "what"),
        required=("end", "affects", "direction", "coded_note"),
        choices={"what": STATES, "affects": AFFECTS, "direction": DIRECTIONS},
    )


def events_register() -> pl.DataFrame:
    """Return `port_events.csv`: closures, reopenings, seasons, capacity and policy, with the hand-coded columns."""
    return _register(
        "port_events.csv",
        EVENTS,
        key=("port", "event", "date_start", "description", "publisher"),
        choices={"what": EVENT_STATES, "affects": AFFECTS, "direction": DIRECTIONS},
    )


def schedules_register() -> pl.DataFrame:
    """Return `port_schedules.csv`: the months and days on which a seasonal port opens, while valid."""
    return _register(
        "port_schedules.csv",
        SCHEDULES,
        key=("port", "mode", "open_months", "day_from"),
        required=("day_to", "coded_note"),
    )


def spring_festival_register() -> pl.DataFrame:
    """Return `spring_festival.csv`: the first day of the Spring Festival of each year, key `year`, without gaps."""
    table = _register("spring_festival.csv", SPRING_FESTIVAL, key=("year",), required=("first_day",)).sort("year")
    gaps = table.filter((pl.col("year").diff() > 1) | (pl.col("first_day").dt.year() != pl.col("year")))
    if not gaps.is_empty():
        fact = f"data/spring_festival.csv breaks off before {gaps['year'][0]} or dates its festival into another year"
        raise RegisterError(f"{fact}. Give each year one row with its own day.")
    return table


def _register(
    file: str,
    schema: pl.Schema,
    *,
    key: tuple[str, ...],
    required: tuple[str, ...] = (),
    choices: dict[str, tuple[str, ...]] | None = None,
) -> pl.DataFrame:
    return csv_tables.read_table(
        csv_tables.DATA / file, schema, key=key, required=required, choices=choices, error=RegisterError
    )
