"""Which ports the calendar shows open to freight on a day, as far as was published by the data cut-off."""

import datetime as dt

import polars as pl

from analysis.sources.evidence import Known

#: Modes that a count of ports is about.
COUNTED = ("road", "rail")


def open_on(known: Known, region: str, day: dt.date) -> pl.DataFrame:
    """Return what the calendar says of each port and mode of a region on a day.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    region
        The region of the ports.
    day
        The day.

    Returns
    -------
    DataFrame
        `port, mode, state` in the order of the register; `state` is closed, one_way, limited, open (by a calendar that
        covers the port), or unknown (no calendar does).
    """
    calendars = known.evidence.calendars
    rows = []
    ports = known.places.ports.filter(pl.col("region") == region)
    for port, modes in ports.select("port", "modes").iter_rows():
        for mode in (each for each in modes if each in COUNTED):
            rows.append((port, mode, calendars.state_on(port, mode, day, as_of=known.as_of)))
    return pl.DataFrame(rows, schema={"port": pl.String, "mode": pl.String, "state": pl.String}, orient="row")
