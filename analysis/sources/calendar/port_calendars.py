"""When ports were open to freight: open days, regimes and shaded spans, as far as was published by a day."""

import datetime as dt
import itertools
from collections import Counter
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import PeriodError
from analysis.sources.calendar.spans import PortSpans, days
from analysis.sources.places import Places
from analysis.sources.registers import STATES

#: Shorter closures (holidays, storms) move the days of a month, not the level of the flow.
SHORTEST_REGIME = 15

#: Days after a closure, a move to a new site or the start of work round the clock, in which the level may still jump.
SETTLING = 60

#: Days after the first day of all traffic in which the level may jump: a new port or pipeline takes years to fill.
FILLING = 3 * 365


@dataclass(frozen=True, eq=False)
class PortCalendars:
    """The calendars of all ports: what a reconstruction and a chart ask about open days.

    Three registers speak of them, the earlier before the later: closures, events about freight, seasonal calendars. A
    day that none of them names is open.
    """

    spans: PortSpans
    places: Places

    def covers(self, port: str | None, mode: str | None) -> bool:
        """Return whether any register says when a port was open by a mode; if not, it counts as always open."""
        return (port, mode) in self.spans.covered

    def open_share(
        self, port: str, mode: str, start: dt.date, end: dt.date, *, as_of: dt.date, flow: str | None = None
    ) -> pl.DataFrame:
        """Return how far a port was open to freight on each day.

        Where spans overlap, closed beats one-way and one-way beats limited. A limit without a published share
        counts as a full day: it only allows the level to jump (`regimes`). One-way traffic is closed to the other
        direction. Before the first day of all traffic nothing passes.

        Parameters
        ----------
        port, mode
            Such as `irkeshtam` and `road`.
        start, end
            First and last day.
        as_of
            Only what was published by then counts. A span whose end was not yet known lasts until that day.
        flow
            `import` or `export` for the days of one direction; any other, such as `total`, passes where either does.

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
        self.places.names(port)
        share = self.spans.scheduled(port, mode, start, end, as_of)
        for spans in (self.spans.of_events(port, mode, as_of), self.spans.of_closures(port, mode, as_of)):
            for span in sorted(spans, key=lambda span: STATES.index(span.state), reverse=True):
                passing = span.share(flow)
                if passing is not None:
                    share |= dict.fromkeys(days(max(span.start, start), min(span.end, end)), passing)
        first = [day for day, what in self.spans.starts(port, mode, as_of) if what == "first_day"]
        if first:
            share |= dict.fromkeys(days(start, min(min(first) - dt.timedelta(days=1), end)), 0.0)
        return pl.DataFrame(
            {"date": list(share), "share_open": list(share.values())},
            schema={"date": pl.Date, "share_open": pl.Float64},
        )

    def regimes(self, port: str, mode: str, *, as_of: dt.date) -> pl.DataFrame:
        """Return the spans in which the level of a flow may jump.

        These are closures, limits and one-way rules of at least `SHORTEST_REGIME` days, the `SETTLING` days after
        each, those from the move to a new site or the start of work round the clock, the `FILLING` days from the first
        day of all traffic, and the months that a seasonal calendar kept shut when they are open for the first time.

        Returns
        -------
        DataFrame
            `start`, `end` (days, both included) and `what`: closed, one_way, limited, reopened, first_day, new_site,
            round_the_clock or first_season. Sorted by start; spans may overlap.
        """
        self.places.names(port)
        settling = dt.timedelta(days=SETTLING)
        found: set[tuple[dt.date, dt.date, str]] = set()
        for span in self.spans.of_port(port, mode, as_of):
            if span.state != "opened" and (span.end - span.start).days + 1 >= SHORTEST_REGIME:
                found.add((span.start, span.end, span.state))
                if span.end < as_of:
                    found.add((span.end + dt.timedelta(days=1), span.end + settling, "reopened"))
        for day, what in self.spans.starts(port, mode, as_of):
            found.add((day, day + (dt.timedelta(days=FILLING) if what == "first_day" else settling), what))
        found |= {(*span, "first_season") for span in self.spans.first_seasons(port, mode, as_of)}
        return pl.DataFrame(sorted(found), schema={"start": pl.Date, "end": pl.Date, "what": pl.String}, orient="row")

    def region_regimes(self, region: str, *, as_of: dt.date) -> pl.DataFrame:
        """Return the spans in which the flows of a region may jump: most of its ports are shut, one-way or limited.

        Parameters
        ----------
        region
            Such as `xinjiang`.
        as_of
            Only what was published by then counts.

        Returns
        -------
        DataFrame
            As of `regimes`; `what` is limited, and reopened for the `SETTLING` days after it.
        """
        ports = set(self.places.ports.filter(pl.col("region") == region)["port"])
        counted = [key for key in sorted(self.spans.covered) if key[0] in ports]
        shut = Counter(itertools.chain.from_iterable(self._shut(*key, as_of) for key in counted))
        most = sorted(day for day, count in shut.items() if 2 * count > len(counted))
        found: list[tuple[dt.date, dt.date, str]] = []
        for _, run in itertools.groupby(enumerate(most), lambda pair: pair[1] - pair[0]):
            span = [dt.date.fromordinal(day) for _, day in run]
            if len(span) >= SHORTEST_REGIME:
                found.append((span[0], span[-1], "limited"))
                if span[-1] < as_of:
                    found.append((span[-1] + dt.timedelta(days=1), span[-1] + dt.timedelta(days=SETTLING), "reopened"))
        return pl.DataFrame(found, schema={"start": pl.Date, "end": pl.Date, "what": pl.String}, orient="row")

    def _shut(self, port: str, mode: str, as_of: dt.date) -> set[int]:
        """Return the days, as ordinals, of closures, limits and one-way rules of at least `SHORTEST_REGIME` days."""
        spans = (span for span in self.spans.of_port(port, mode, as_of) if span.state != "opened")
        whole = (range(span.start.toordinal(), span.end.toordinal() + 1) for span in spans)
        return set(itertools.chain.from_iterable(each for each in whole if len(each) >= SHORTEST_REGIME))

    def closures(self, port: str, mode: str, *, as_of: dt.date) -> pl.DataFrame:
        """Return the spans that a chart shades: when freight was closed, one-way or limited, as known on a date.

        Returns
        -------
        DataFrame
            `start`, `end` (days, both included), `state` (closed, one_way or limited), `direction` (export, import or
            both), `notice` and `notice_zh`, what was announced of an event in English and Chinese; sorted by start.
        """
        self.places.names(port)
        spans = [span for span in self.spans.of_port(port, mode, as_of) if span.state != "opened"]
        rows = {(span.start, span.end, span.state, span.direction, span.notice, span.notice_zh) for span in spans}
        words = dict.fromkeys(("state", "direction", "notice", "notice_zh"), pl.String)
        table = pl.DataFrame(list(rows), schema={"start": pl.Date, "end": pl.Date, **words}, orient="row")
        return table.sort("start", "end", "notice", "state", "direction")
