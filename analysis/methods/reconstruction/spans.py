"""Spans of days: the one that a growth rate compares with, from the one that it is stated for."""

import datetime as dt

from analysis.core.periods import add_months, months_between


def years_before(day: dt.date, years: int = 1) -> dt.date:
    """Return the same day some years before; 29 February becomes 28 February, and a month's end stays one."""
    return _shifted(day, -12 * years)


def _shifted(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later: the last day of a shorter month, and a month's end stays one."""
    before = add_months(day, months)
    last = (add_months(before, 1) - before).days
    is_end = (day + dt.timedelta(days=1)).day == 1
    return before.replace(day=last if is_end else min(day.day, last))


def base_span(measure: str, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of the span that a growth rate compares with; None for other measures.

    Parameters
    ----------
    measure
        yoy_growth: the same span a year before; growth_vs_2019: in 2019; growth_vs_prev_full_year: all of the year
        before; mom_growth: the span of as many months just before.
    start, end
        First and last day of the stated span.
    """
    match measure:
        case "yoy_growth":
            return years_before(start), years_before(end)
        case "growth_vs_2019":
            return years_before(start, start.year - 2019), years_before(end, start.year - 2019)
        case "growth_vs_prev_full_year":
            return dt.date(start.year - 1, 1, 1), dt.date(start.year - 1, 12, 31)
        case "mom_growth":
            back = -(months_between(start, end) + 1)
            return _shifted(start, back), _shifted(end, back)
    return None
