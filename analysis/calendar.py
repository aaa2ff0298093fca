"""When a port was open to freight, as far as was published by a date.

Three registers, the earlier before the later: closures (`port_closures.csv`), events about freight
(`port_events.csv`), seasonal calendars (`port_schedules.csv`). A day that none of them names is open.
"""

import datetime as dt
from functools import cache
from typing import NamedTuple

import polars as pl

from analysis import intake, places
from analysis.errors import PeriodError, RegisterError

STATES = ("closed", "one_way", "limited", "opened")
EVENT_STATES = (*STATES, "reopened", "new_site")
AFFECTS = ("freight", "persons", "both")
DIRECTIONS = ("both", "export", "import")

#: Days after its end at which a span without a publication date is taken as published.
UNDATED_DELAY = 31

#: Shorter closures (holidays, storms) move the days of a month, not the level of the flow.
SHORTEST_REGIME = 15

#: Days after a closure, or after the move to a new site, in which the level may still jump.
SETTLING = 60

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


class Span(NamedTuple):
    """Days of one state of a port, as known on a date; `what` is one of `EVENT_STATES`."""

    start: dt.date
    end: dt.date
    state: str
    share_open: float | None
    what: str


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


def covers(port: str | None, mode: str | None) -> bool:
    """Return whether any register says when a port was open by a mode; if not, it counts as always open."""
    return port is not None and mode is not None and (port, mode) in _covered()


def open_share(port: str, mode: str, start: dt.date, end: dt.date, *, as_of: dt.date) -> pl.DataFrame:
    """Return how far a port was open to freight on each day.

    Where spans overlap, closed beats one-way and one-way beats limited. A limit without a published share
    counts as a full day: it only allows the level to jump (`regimes`).

    Parameters
    ----------
    port, mode
        Such as `irkeshtam` and `road`.
    start, end
        First and last day.
    as_of
        Only what was published by then counts. A span whose end was not yet known lasts until that day.

    Returns
    -------
    DataFrame
        `date`, one row a day, and `share_open` from 0 (closed) to 1.

    Raises
    ------
    PeriodError
        If the period runs backwards.
    CoverageError
        If no register of places holds the port. A known place without a calendar counts as always open.
    """
    if start > end:
        raise PeriodError(f"The period runs backwards, from {start} to {end}. Swap the two days.")
    places.names(port)
    share = _scheduled(port, mode, start, end, as_of)
    for spans in (_event_spans(port, mode, as_of), _closure_spans(port, mode, as_of)):
        days: dict[dt.date, Span] = {}
        for span in sorted(spans, key=lambda span: STATES.index(span.state), reverse=True):
            days |= dict.fromkeys(_days(max(span.start, start), min(span.end, end)), span)
        share |= {day: 1.0 if span.share_open is None else span.share_open for day, span in days.items()}
    return pl.DataFrame(
        {"date": list(share), "share_open": list(share.values())}, schema={"date": pl.Date, "share_open": pl.Float64}
    )


def regimes(port: str, mode: str, *, as_of: dt.date) -> pl.DataFrame:
    """Return the spans in which the level of a flow may jump.

    These are closures, limits and one-way rules of at least `SHORTEST_REGIME` days, the `SETTLING` days after
    each, and those after the move to a new site.

    Returns
    -------
    DataFrame
        `start`, `end` (days, both included) and `what`: closed, one_way, limited, reopened or new_site.
        Sorted by start; spans may overlap.
    """
    places.names(port)
    settling = dt.timedelta(days=SETTLING)
    found: set[tuple[dt.date, dt.date, str]] = set()
    for span in _spans(port, mode, as_of):
        if span.state != "opened" and (span.end - span.start).days + 1 >= SHORTEST_REGIME:
            found.add((span.start, span.end, span.state))
            if span.end < as_of:
                found.add((span.end + dt.timedelta(days=1), span.end + settling, "reopened"))
    for day in _moves(port, mode, as_of):
        found.add((day, day + settling, "new_site"))
    return pl.DataFrame(sorted(found), schema={"start": pl.Date, "end": pl.Date, "what": pl.String}, orient="row")


def closures(port: str, mode: str, *, as_of: dt.date) -> pl.DataFrame:
    """Return the spans that a chart shades: when freight was closed, one-way or limited, as known on a date.

    Returns
    -------
    DataFrame
        `start`, `end` (days, both included), `state` (closed, one_way or limited) and `what`, the basis or
        description in words; sorted by start.
    """
    places.names(port)
    spans = [span for span in _spans(port, mode, as_of) if span.state != "opened"]
    rows = sorted({(span.start, span.end, span.what, span.state) for span in spans})
    schema = {"start": pl.Date, "end": pl.Date, "what": pl.String, "state": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _spans(port: str, mode: str, as_of: dt.date) -> list[Span]:
    """Return the spans of the closures, and those of events that no closure span overlaps."""
    first = _closure_spans(port, mode, as_of)
    return first + [
        event
        for event in _event_spans(port, mode, as_of)
        if not any(event.start <= span.end and span.start <= event.end for span in first)
    ]


def _closure_spans(port: str, mode: str, as_of: dt.date) -> list[Span]:
    rows = _closure_table().filter(pl.col("port") == port, pl.col("mode") == mode)
    return _known(rows, as_of)


def _event_spans(port: str, mode: str, as_of: dt.date) -> list[Span]:
    rows = _event_table().filter(pl.col("port") == port, pl.col("mode") == mode)
    return _known(rows.filter(pl.col("what").is_in(STATES)), as_of)


def _moves(port: str, mode: str, as_of: dt.date) -> list[dt.date]:
    """Return the days on which a port moved to a new site, as far as published."""
    moves = _event_table().filter(
        pl.col("port") == port, pl.col("mode") == mode, pl.col("what") == "new_site", pl.col("known_on") <= as_of
    )
    return moves["start"].to_list()


def _known(rows: pl.DataFrame, as_of: dt.date) -> list[Span]:
    """Return the spans published by a day; one whose end was not yet published lasts until that day."""
    known = rows.filter(pl.col("known_on") <= as_of).with_columns(
        end=pl.when(pl.col("end_known_on") <= as_of).then(pl.col("end")).otherwise(pl.lit(as_of))
    )
    return [Span(*row) for row in known.select("start", "end", "what", "share_open", "words").iter_rows()]


@cache
def _closure_table() -> pl.DataFrame:
    """Return the closures of freight with the days from which their start and their end are known."""
    known = pl.coalesce("published_on", pl.col("end") + pl.duration(days=UNDATED_DELAY))
    return (
        closures_register()
        .filter(pl.col("affects") != "persons")
        .with_columns(known_on=known, words="basis")
        .with_columns(end_known_on=pl.coalesce("end_published_on", "known_on"))
    )


@cache
def _event_table() -> pl.DataFrame:
    """Return the coded freight events in the columns of `_closure_table`; the notice names both ends."""
    end = pl.coalesce("date_end", "date_start")
    known = pl.coalesce("published_on", end + pl.duration(days=UNDATED_DELAY))
    return (
        events_register()
        .filter(pl.col("affects").is_in(["freight", "both"]) & pl.col("what").is_not_null())
        .with_columns(start="date_start", end=end, known_on=known, end_known_on=known, words="description")
    )


@cache
def _schedule_table() -> pl.DataFrame:
    since = pl.coalesce("valid_from", "valid_to")
    return schedules_register().with_columns(
        known_on=pl.coalesce("published_on", since + pl.duration(days=UNDATED_DELAY)),
        months=pl.col("open_months").str.split(";").list.eval(pl.element().cast(pl.Int64)),
    )


def _scheduled(port: str, mode: str, start: dt.date, end: dt.date, as_of: dt.date) -> dict[dt.date, float]:
    """Return 1 for each open day of the seasonal calendars and for days without one, 0 for closed days."""
    share = dict.fromkeys(_days(start, end), 1.0)
    rows = _schedule_table().filter(pl.col("port") == port, pl.col("mode") == mode, pl.col("known_on") <= as_of)
    named: dict[dt.date, bool] = {}
    for row in rows.iter_rows(named=True):
        last = row["valid_to"] if row["valid_to"] and (row["end_published_on"] or as_of) <= as_of else end
        for day in _days(max(row["valid_from"] or start, start), min(last, end)):
            opens = day.month in row["months"] and row["day_from"] <= day.day <= row["day_to"]
            named[day] = named.get(day, False) or opens
    return share | {day: float(opens) for day, opens in named.items()}


def _days(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + dt.timedelta(days=count) for count in range((end - start).days + 1)]


@cache
def _covered() -> frozenset[tuple[str, str]]:
    tables = (
        _closure_table(),
        _event_table().filter(pl.col("what").is_in([*STATES, "new_site"])),
        _schedule_table(),
    )
    return frozenset(key for table in tables for key in table.select("port", "mode").iter_rows())


def _register(
    file: str,
    schema: pl.Schema,
    *,
    key: tuple[str, ...],
    required: tuple[str, ...] = (),
    choices: dict[str, tuple[str, ...]] | None = None,
) -> pl.DataFrame:
    return intake.read_table(
        intake.DATA / file, schema, key=key, required=required, choices=choices, error=RegisterError
    )
