"""The port-by-month sheet: how far each port was open to freight, month by month, as far as was published."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from analysis.core.periods import month_end, month_range
from analysis.sources.evidence import Known

#: States of a month, the gravest first: a month has the gravest one that holds on most of its days.
STATES = ("closed", "one_way", "limited", "open", "unknown")

#: Modes that the sheet is about.
MODES = ("road", "rail")


def port_months(known: Known, region: str, start: dt.date, end: dt.date) -> pl.DataFrame:
    """Return the state of each port and mode of a region in each month.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    region
        The region of the ports.
    start, end
        First and last month.

    Returns
    -------
    DataFrame
        `port, mode, month` (first day), `state` (of `STATES`: that of most days; unknown where no calendar speaks of
        the port), `share_closed` (of its days, 0 to 1), in the order of the register and of time.
    """
    rows = []
    ports = known.places.ports.filter(pl.col("region") == region)
    months = month_range(start, end)
    for port, modes in ports.select("port", "modes").iter_rows():
        for mode in (each for each in modes if each in MODES):
            rows += [(port, mode, *row) for row in _months_of(known, port, mode, months)]
    schema = {"port": pl.String, "mode": pl.String, "month": pl.Date, "state": pl.String, "share_closed": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _months_of(known: Known, port: str, mode: str, months: Sequence[dt.date]) -> list[tuple[dt.date, str, float]]:
    """Return month, state and share of closed days of one port and mode."""
    calendars = known.evidence.calendars
    if not calendars.covers(port, mode):
        return [(month, "unknown", 0.0) for month in months]
    last = month_end(months[-1])
    share = calendars.open_share(port, mode, months[0], last, as_of=known.as_of)
    shut = {day for day, passing in share.iter_rows() if passing <= 0}
    spans = calendars.closures(port, mode, as_of=known.as_of).rows(named=True)
    found = []
    for month in months:
        days = [month + dt.timedelta(days=count) for count in range((month_end(month) - month).days + 1)]
        counts = {"closed": sum(day in shut for day in days)}
        for state in ("one_way", "limited"):
            under = [each for each in spans if each["state"] == state]
            counts[state] = sum(
                day not in shut and any(each["start"] <= day <= each["end"] for each in under) for day in days
            )
        counts["open"] = len(days) - counts["closed"] - max(counts["one_way"], counts["limited"])
        state = max(("closed", "one_way", "limited", "open"), key=lambda name: counts[name])
        found.append((month, state, counts["closed"] / len(days)))
    return found


def reopenings(known: Known, region: str, day: dt.date) -> pl.DataFrame:
    """Return when each port's last closure before a day ended, and what the calendar says of the port afterwards.

    Returns
    -------
    DataFrame
        `port, mode, closed_from, closed_to` (of the last closure of at least 30 days that began before `day`; null
        where none did), `state` (on `day`, of `STATES`), in the order of `closed_to`.
    """
    calendars = known.evidence.calendars
    rows = []
    ports = known.places.ports.filter(pl.col("region") == region)
    for port, modes in ports.select("port", "modes").iter_rows():
        for mode in (each for each in modes if each in MODES and calendars.covers(port, each)):
            spans = calendars.closures(port, mode, as_of=known.as_of)
            long = spans.filter(
                (pl.col("state") == "closed")
                & (pl.col("start") < day)
                & ((pl.col("end") - pl.col("start")).dt.total_days() >= 29)
            ).sort("end")
            last = long.row(-1, named=True) if len(long) else {"start": None, "end": None}
            state = calendars.state_on(port, mode, day, as_of=known.as_of)
            rows.append((port, mode, last["start"], last["end"], state))
    schema = {"port": pl.String, "mode": pl.String, "closed_from": pl.Date, "closed_to": pl.Date, "state": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("closed_to", "port", nulls_last=True)
