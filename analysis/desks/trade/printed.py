"""Growth as printed beside growth by levels, and the base that is implied beside the one that was printed."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.desks.trade.figures import Row, by_span, growth_rates, levels, range_of
from analysis.methods.growth import Range, average_growth, growth_by_levels, implied_base, verdict
from analysis.methods.reconstruction.spans import base_span


@dataclass(frozen=True)
class Printed:
    """What was printed of one series and span, and what follows from it; flows in the unit of the series.

    Attributes
    ----------
    level
        The ledger row of the level; None where only a rate was printed.
    growth
        The ledger row of the growth rate; None where none was printed.
    base
        The ledger row of the level of the same days a year before; None where none was printed.
    by_levels
        Growth that the two levels imply, a fraction; None without both.
    implied
        The base that level and growth imply; None without both.
    two_years
        Average growth a year on the level of the same days two years before; None without both.
    verdict
        Whether printed and implied base agree (`growth.verdict`); None where there is only one of them.
    """

    level: Row | None
    growth: Row | None
    base: Row | None
    by_levels: Range | None
    implied: Range | None
    two_years: Range | None
    verdict: str | None

    @property
    def row(self) -> Row:
        """The ledger row that says which series and span this is."""
        found = self.level or self.growth
        assert found is not None
        return found

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """First and last day."""
        return self.row["period_start"], self.row["period_end"]

    @property
    def rate(self) -> Range | None:
        """Growth as printed, or else by levels."""
        return range_of(self.growth) if self.growth else self.by_levels

    @property
    def base_range(self) -> Range | None:
        """The base as implied, or else as printed."""
        if self.implied is not None:
            return self.implied
        return range_of(self.base) if self.base else None

    @property
    def ids(self) -> list[str]:
        """The statements behind it."""
        return [row["statement_id"] for row in (self.level, self.growth, self.base) if row is not None]


def printed(stated: pl.DataFrame) -> list[Printed]:
    """Return every series and span of which a level or a growth rate was printed, by last day and series.

    Parameters
    ----------
    stated
        Facts of the series in question, as `figures.stated_facts` returns them.
    """
    by_level, by_growth = by_span(levels(stated)), by_span(growth_rates(stated))
    keys = sorted({*by_level, *by_growth}, key=lambda key: (key[2], key[1], key[0]))
    return [_printed(key, by_level, by_growth) for key in keys]


def _printed(
    key: tuple[str, dt.date, dt.date],
    by_level: dict[tuple[str, dt.date, dt.date], Row],
    by_growth: dict[tuple[str, dt.date, dt.date], Row],
) -> Printed:
    """Return what was printed of one series and span, and what follows."""
    level, growth = by_level.get(key), by_growth.get(key)
    base, before = _earlier(key, by_level, 1), _earlier(key, by_level, 2)
    implied = implied_base(range_of(level), range_of(growth)) if level and growth else None
    return Printed(
        level=level,
        growth=growth,
        base=base,
        by_levels=growth_by_levels(range_of(level), range_of(base)) if level and base else None,
        implied=implied,
        two_years=average_growth(range_of(level), range_of(before), years=2) if level and before else None,
        verdict=verdict(range_of(base), implied) if base and implied else None,
    )


def _earlier(
    key: tuple[str, dt.date, dt.date], by_level: dict[tuple[str, dt.date, dt.date], Row], years: int
) -> Row | None:
    """Return the level of the same days so many years before."""
    series, *span = key
    for _ in range(years):
        earlier = base_span("yoy_growth", *span)
        assert earlier is not None
        span = list(earlier)
    return by_level.get((series, span[0], span[1]))
