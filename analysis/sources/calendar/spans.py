"""Spans of one state of a port, as far as they were published by a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import polars as pl

from analysis.core.periods import add_months, month_end, month_start
from analysis.sources.registers import PORT_CLOSURES, PORT_EVENTS, PORT_SCHEDULES, STARTS, STATES

#: Days after its end at which a span without a publication date is taken as published.
UNDATED_DELAY = 31

#: Flows that one-way traffic lets pass or stops; all others, such as the total, pass where either does.
ONE_SIDED = ("import", "export")


class Span(NamedTuple):
    """Days of one state (`STATES`) of a port as known on a date.

    `direction` of one-way traffic is the one that passes; of a closure or limit the one that it is about. `notice` and
    `notice_zh` say in English and in Chinese what was announced; null where only the state is known by that date.
    """

    start: dt.date
    end: dt.date
    state: str
    direction: str
    share_open: float | None
    notice: str | None
    notice_zh: str | None

    def share(self, flow: str | None) -> float | None:
        """Return the share of each day on which a flow passes; None if the span is not about the flow."""
        one_sided = flow in ONE_SIDED and self.direction in ONE_SIDED and flow != self.direction
        if one_sided:
            return 0.0 if self.state == "one_way" else None
        return 1.0 if self.share_open is None else self.share_open


@dataclass(frozen=True, eq=False)
class PortSpans:
    """The closures, coded events and seasonal calendars of all ports, with the days from which each was known.

    Attributes
    ----------
    closures, events
        `port, mode, start, end, what, direction, share_open, notice, notice_zh, known_on, end_known_on`; of events only
        those that are coded and about freight.
    schedules
        `port, mode, valid_from, valid_to, months` (a list), `day_from, day_to, known_on, end_published_on`.
    """

    closures: pl.DataFrame
    events: pl.DataFrame
    schedules: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "PortSpans":
        """Return the spans of the registers of a folder, by the name of each register."""
        return cls(
            closures=_known_closures(tables[PORT_CLOSURES.name]),
            events=_known_events(tables[PORT_EVENTS.name]),
            schedules=_known_schedules(tables[PORT_SCHEDULES.name]),
        )

    @cached_property
    def covered(self) -> frozenset[tuple[str, str]]:
        """The ports and modes of which any register says when they were open; all others count as always open."""
        lasting = self.events.filter(pl.col("what").is_in([*STATES, *STARTS]))
        return frozenset(
            key
            for table in (self.closures, lasting, self.schedules)
            for key in table.select("port", "mode").iter_rows()
        )

    @cached_property
    def _looked_up(self) -> dict[tuple[str, str, dt.date], tuple[Span, ...]]:
        """What `of_port` has returned: the calendars of a region ask for its ports again and again."""
        return {}

    def of_port(self, port: str, mode: str, as_of: dt.date) -> tuple[Span, ...]:
        """Return the spans of the closures, and those of events that no closure span overlaps."""
        key = port, mode, as_of
        if key not in self._looked_up:
            first = self.of_closures(port, mode, as_of)
            others = [
                event
                for event in self.of_events(port, mode, as_of)
                if not any(event.start <= span.end and span.start <= event.end for span in first)
            ]
            self._looked_up[key] = (*first, *others)
        return self._looked_up[key]

    def of_closures(self, port: str, mode: str, as_of: dt.date) -> list[Span]:
        """Return the closures, limits and one-way rules that were published by a day."""
        return _known(self.closures.filter(pl.col("port") == port, pl.col("mode") == mode), as_of)

    def of_events(self, port: str, mode: str, as_of: dt.date) -> list[Span]:
        """Return the freight events that last for days and were published by a day."""
        rows = self.events.filter(pl.col("port") == port, pl.col("mode") == mode)
        return _known(rows.filter(pl.col("what").is_in(STATES)), as_of)

    def starts(self, port: str, mode: str, as_of: dt.date) -> list[tuple[dt.date, str]]:
        """Return the days on which a new site or work round the clock began, and which, as far as published."""
        begun = self.events.filter(
            pl.col("port") == port, pl.col("mode") == mode, pl.col("what").is_in(STARTS), pl.col("known_on") <= as_of
        )
        return list(begun.select("start", "what").iter_rows())

    def first_seasons(self, port: str, mode: str, as_of: dt.date) -> list[tuple[dt.date, dt.date]]:
        """Return the spans in which a port is open for the first time in months that its seasonal calendar kept shut.

        They lie in the year after the end of a calendar that no other one follows: what passes in them no earlier year
        tells.
        """
        rows = self.schedules.filter(pl.col("port") == port, pl.col("mode") == mode, pl.col("known_on") <= as_of)
        ended = rows.filter(pl.col("end_published_on").fill_null(as_of) <= as_of).drop_nulls("valid_to")
        if rows.is_empty() or ended.height < rows.height:
            return []
        end = max(ended["valid_to"])
        opened = {month for months in ended.filter(pl.col("valid_to") == end)["months"] for month in months}
        following = [month_start(add_months(end, count)) for count in range(1, 13)]
        return _runs([month for month in following if month.month not in opened])

    def scheduled(self, port: str, mode: str, start: dt.date, end: dt.date, as_of: dt.date) -> dict[dt.date, float]:
        """Return 1 for each open day of the seasonal calendars and for days without one, 0 for closed days."""
        share = dict.fromkeys(days(start, end), 1.0)
        rows = self.schedules.filter(pl.col("port") == port, pl.col("mode") == mode, pl.col("known_on") <= as_of)
        named: dict[dt.date, bool] = {}
        for row in rows.iter_rows(named=True):
            last = row["valid_to"] if row["valid_to"] and (row["end_published_on"] or as_of) <= as_of else end
            for day in days(max(row["valid_from"] or start, start), min(last, end)):
                opens = day.month in row["months"] and row["day_from"] <= day.day <= row["day_to"]
                named[day] = named.get(day, False) or opens
        return share | {day: float(opens) for day, opens in named.items()}


def _runs(months: list[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Return the first and the last day of each run of successive months, given by their first days."""
    runs: list[tuple[dt.date, dt.date]] = []
    for month in months:
        if runs and runs[-1][1] + dt.timedelta(days=1) == month:
            runs[-1] = (runs[-1][0], month_end(month))
        else:
            runs.append((month, month_end(month)))
    return runs


def days(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return all days from start to end, both included; none if the end comes first."""
    return [dt.date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1)]


def _known(rows: pl.DataFrame, as_of: dt.date) -> list[Span]:
    """Return the spans published by a day; one whose end was not yet published lasts until that day."""
    known = rows.filter(pl.col("known_on") <= as_of).with_columns(
        end=pl.when(pl.col("end_known_on") <= as_of).then(pl.col("end")).otherwise(pl.lit(as_of))
    )
    columns = known.select("start", "end", "what", "direction", "share_open", "notice", "notice_zh")
    return [Span(*row) for row in columns.iter_rows()]


def _known_closures(closures: pl.DataFrame) -> pl.DataFrame:
    """Return the closures of freight with the days from which their start and their end are known.

    They have no notice: their basis also tells what became known later.
    """
    known = pl.coalesce("published_on", pl.col("end") + pl.duration(days=UNDATED_DELAY))
    return (
        closures.filter(pl.col("affects") != "persons")
        .with_columns(known_on=known, notice=pl.lit(None, pl.String), notice_zh=pl.lit(None, pl.String))
        .with_columns(end_known_on=pl.coalesce("end_published_on", "known_on"))
    )


def _known_events(events: pl.DataFrame) -> pl.DataFrame:
    """Return the coded freight events in the columns of the closures; the notice names both ends."""
    end = pl.coalesce("date_end", "date_start")
    known = pl.coalesce("published_on", end + pl.duration(days=UNDATED_DELAY))
    return (
        events.filter(pl.col("affects").is_in(["freight", "both"]) & pl.col("what").is_not_null())
        .with_columns(start="date_start", end=end, known_on=known, end_known_on=known)
        .with_columns(pl.col("direction").fill_null("both"), notice="description", notice_zh="description_zh")
    )


def _known_schedules(schedules: pl.DataFrame) -> pl.DataFrame:
    """Return the seasonal calendars with the day from which each is known and their months as numbers."""
    since = pl.coalesce("valid_from", "valid_to")
    return schedules.with_columns(
        known_on=pl.coalesce("published_on", since + pl.duration(days=UNDATED_DELAY)),
        months=pl.col("open_months").str.split(";").list.eval(pl.element().cast(pl.Int64)),
    )
