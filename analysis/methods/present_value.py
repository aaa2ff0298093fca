"""Present value and rates of return of flows that carry dates (docs/methods/present_value.md)."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from analysis.core.errors import EvidenceError

#: Days of a year, as spreadsheets and pyxirr count them (actual/365).
DAYS = 365.0

#: Where rates are looked for: from a loss of all but a thousandth a year to a hundredfold gain; none lies beyond.
_RATES = np.concatenate([np.linspace(-0.999, 1, 2000), np.geomspace(1.001, 100, 500)])


def npv(rate: float, flows: ArrayLike, times: ArrayLike | None = None) -> float:
    """Return the net present value, the sum of `flow / (1 + rate)^time`.

    Parameters
    ----------
    rate
        Discount rate a year (or period), a fraction above -1.
    flows
        Money in, above zero, and out, below.
    times
        When, in years from the first; 0, 1, 2, ... if not given.
    """
    amounts = np.asarray(flows, dtype=float)
    when = np.arange(len(amounts)) if times is None else np.asarray(times, dtype=float)
    return float((amounts / (1 + rate) ** when).sum())


def rates_of_return(flows: ArrayLike, times: ArrayLike | None = None) -> tuple[float, ...]:
    """Return every rate at which the net present value is zero, lowest first; none where all flows have one sign.

    A flow that changes sign more than once can have several rates. All of them are returned, as none is the right one.
    Parameters as of `npv`.
    """
    amounts = np.asarray(flows, dtype=float)
    if not ((amounts > 0).any() and (amounts < 0).any()):
        return ()
    when = np.arange(len(amounts)) if times is None else np.asarray(times, dtype=float)
    values = np.array([npv(rate, amounts, when) for rate in _RATES])
    places = np.nonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)[0]
    roots = [float(brentq(npv, _RATES[at], _RATES[at + 1], args=(amounts, when), xtol=1e-14)) for at in places]
    return (*roots, *(float(rate) for rate in _RATES[values == 0]))


def modified_rate(flows: ArrayLike, *, finance: float, reinvest: float) -> float:
    """Return the modified internal rate: money in grows at one rate, money out is financed at another.

    `(FV of inflows at reinvest / PV of outflows at finance)^(1 / (n - 1)) - 1`.

    Parameters
    ----------
    flows
        As of `npv`, a period apart.
    finance, reinvest
        Rates a period, fractions.

    Raises
    ------
    EvidenceError
        If all flows have one sign.
    """
    amounts = np.asarray(flows, dtype=float)
    if not ((amounts > 0).any() and (amounts < 0).any()):
        raise EvidenceError("All flows have one sign, so they have no rate of return. Give money in and money out.")
    periods = len(amounts) - 1
    earned = npv(reinvest, np.where(amounts > 0, amounts, 0.0)) * (1 + reinvest) ** periods
    paid = -npv(finance, np.where(amounts < 0, amounts, 0.0))
    return float((earned / paid) ** (1 / periods) - 1)


def years_from_first(days: Sequence[dt.date]) -> np.ndarray:
    """Return the years from the first of some days to each, actual days over 365."""
    return np.array([(day - days[0]).days / DAYS for day in days])
