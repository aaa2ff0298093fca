"""Numbers of vehicles in words."""

from analysis.pages.words.cells import Number
from analysis.pages.words.rounding import amount, without_commas


def vehicles(value: float, lower: float | None = None, upper: float | None = None) -> Number:
    """Return a number of vehicles: `745 vehicles`; `745辆次`; to whole ones, or to the digits its interval bears."""
    words = f"{value:,.0f}" if lower is None or upper is None else amount(value, lower, upper, least=0.5).value
    return Number(f"{words} vehicles", f"{without_commas(words)}辆次", (value,))


def vehicles_interval(value: float, lower: float, upper: float) -> Number:
    """Return an interval of vehicles: `310 to 1,910`; `310至1910`."""
    words = amount(value, lower, upper, least=0.5)
    low, high = without_commas(words.lower), without_commas(words.upper)
    return Number(words.interval, f"{low}至{high}", (lower, upper))
