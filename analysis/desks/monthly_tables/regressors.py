"""What may explain a series beside trend and season: events, the calendar of a port, regressors of one's own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.core.periods import add_months, month_end
from analysis.estimates.explained import festival_windows, join_regressors
from analysis.methods.structural import Intervention
from analysis.runtime.folders import data_folder
from analysis.sources.evidence import Known
from analysis.sources.monthly_tables import EVENTS, read_events, read_regressors

#: States of a port of which each has an effect of its own. The days of a reconstructed path are open ones, so that
#: closed days have none there.
STATES = ("closed", "limited", "one_way")


@dataclass(frozen=True)
class Explanatory:
    """What the models of all series may use.

    Attributes
    ----------
    events
        `monthly_tables.EVENTS`.
    own
        `time_period` and a column a regressor of one's own; None without a file.
    place, mode
        The port whose closures and Spring Festival count; empty for none.
    """

    events: pl.DataFrame
    own: pl.DataFrame | None
    place: str
    mode: str

    def interventions(self, months: pl.DataFrame) -> list[Intervention]:
        """Return the events that some months of a series with figures show, and others do not."""
        shown = months.drop_nulls()["time_period"]
        found = []
        for row in self.events.iter_rows(named=True):
            end = row["end"] or shown.max()
            during = shown.is_between(row["start"], end).sum()
            if 0 < during < len(shown):
                found.append(Intervention(row["name"], row["start"], row["end"]))
        return found

    def regressors(
        self, known: Known, months: pl.DataFrame, *, horizon: int, states: Sequence[str] = STATES
    ) -> pl.DataFrame | None:
        """Return the regressors of the months of a series and of those ahead, those left out that never vary.

        Parameters
        ----------
        known
            What was known of closures and festivals.
        months
            `time_period`, `obs_value`: the series.
        horizon
            Months ahead.
        states
            States of the port that count.
        """
        first, last = months["time_period"].min(), months["time_period"].max()
        assert isinstance(first, dt.date)
        assert isinstance(last, dt.date)
        count = (last.year - first.year) * 12 + last.month - first.month + 1 + horizon
        calendar = pl.DataFrame({"time_period": [add_months(first, step) for step in range(count)]})
        tables = [None if self.own is None else calendar.join(self.own, on="time_period", how="left")]
        if self.place:
            festival = known.evidence.spring_festival
            if festival.first_days and known.places.has_spring_festival(self.place):
                tables.append(festival_windows(festival, first, count))
            tables.append(closure_shares(known, self.place, self.mode, calendar, states))
        joined = join_regressors(*tables)
        if joined is None:
            return None
        shown = joined.join(months.drop_nulls(), on="time_period", how="semi")
        flat = [name for name in joined.columns if name != "time_period" and shown[name].n_unique() < 2]
        kept = joined.drop(flat)
        return kept if kept.width > 1 else None


def read(*, events_file: str = "", regressors_file: str = "", place: str = "", mode: str = "road") -> Explanatory:
    """Return what the models may use.

    Parameters
    ----------
    events_file, regressors_file
        Files in `data/`, or full paths; none if empty.
    place, mode
        A port of the registers, such as `irkeshtam` and `road`; none if empty.

    Raises
    ------
    InputError
        If a file is no such table.
    """
    events = read_events(data_folder() / events_file) if events_file else pl.DataFrame(schema=EVENTS)
    own = read_regressors(data_folder() / regressors_file) if regressors_file else None
    return Explanatory(events, own, place, mode)


def closure_shares(known: Known, place: str, mode: str, calendar: pl.DataFrame, states: Sequence[str]) -> pl.DataFrame:
    """Return the share of each month's days in each state: `time_period`, `closures: closed`, ...

    Parameters
    ----------
    known
        What was known of closures by the cut-off; days to come count as open.
    place, mode
        The port.
    calendar
        `time_period`: the months.
    states
        The states that count.
    """
    spans = known.evidence.calendars.closures(place, mode, as_of=known.as_of)
    columns = {}
    for state in states:
        own = spans.filter(pl.col("state") == state).select("start", "end").rows()
        columns[f"closures: {state}"] = [_share_of_days(month, own) for month in calendar["time_period"]]
    return calendar.with_columns(pl.Series(name, values) for name, values in columns.items())


def _share_of_days(month: dt.date, spans: Sequence[tuple[dt.date, dt.date]]) -> float:
    """Return the share of a month's days that any of the spans covers."""
    last = month_end(month)
    covered = {
        day
        for start, end in spans
        for day in range(max(start, month).toordinal(), min(end, last).toordinal() + 1)
    }  # fmt: skip
    return len(covered) / last.day
