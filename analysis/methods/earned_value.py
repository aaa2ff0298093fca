"""Earned value and earned schedule of a plan that is under way (docs/methods/earned_value.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.core.errors import EvidenceError


@dataclass(frozen=True)
class EarnedValue:
    """Where a plan stands after some periods; money in the unit of the plan, time in its periods.

    Attributes
    ----------
    planned
        Planned value, cumulative, by period from 0: the last is the budget.
    at
        Periods that have passed.
    pv, ev, ac
        Planned value by now, earned value (the budget of the work done), actual cost.
    """

    planned: tuple[float, ...]
    at: float
    pv: float
    ev: float
    ac: float

    @property
    def bac(self) -> float:
        """Budget at completion."""
        return self.planned[-1]

    @property
    def cv(self) -> float:
        """Cost variance, EV - AC: below 0 the work cost more than planned."""
        return self.ev - self.ac

    @property
    def sv(self) -> float:
        """Schedule variance in money, EV - PV: below 0 less was done than planned."""
        return self.ev - self.pv

    @property
    def cpi(self) -> float | None:
        """Cost performance index, EV / AC; None while nothing was spent."""
        return self.ev / self.ac if self.ac else None

    @property
    def spi(self) -> float | None:
        """Schedule performance index, EV / PV. It drifts to 1 at the end of a late plan; `spi_t` does not."""
        return self.ev / self.pv if self.pv else None

    @property
    def eac_cpi(self) -> float | None:
        """Estimate at completion if the rest costs what the work so far did: BAC / CPI."""
        return self.bac / self.cpi if self.cpi else None

    @property
    def eac_typical(self) -> float:
        """Estimate at completion if the rest costs what was planned: AC + BAC - EV."""
        return self.ac + self.bac - self.ev

    @property
    def eac_schedule(self) -> float | None:
        """Estimate at completion if delay costs, too: AC + (BAC - EV) / (CPI SPI)."""
        if not self.cpi or not self.spi:
            return None
        return self.ac + (self.bac - self.ev) / (self.cpi * self.spi)

    @property
    def etc(self) -> float | None:
        """Estimate to complete, EAC - AC, with the rest as dear as the work so far."""
        return None if self.eac_cpi is None else self.eac_cpi - self.ac

    @property
    def vac(self) -> float | None:
        """Variance at completion, BAC - EAC: below 0 the plan will cost more than its budget."""
        return None if self.eac_cpi is None else self.bac - self.eac_cpi

    @property
    def tcpi(self) -> float | None:
        """Cost performance that the rest needs to end within the budget; None once the budget is spent."""
        return (self.bac - self.ev) / (self.bac - self.ac) if self.ac < self.bac else None

    @property
    def es(self) -> float:
        """Earned schedule: the period in which the work done by now was planned to be done, interpolated."""
        values = np.asarray(self.planned)
        whole = int(np.searchsorted(values, self.ev, side="right")) - 1
        if whole >= len(values) - 1:
            return float(np.argmax(values >= values[-1]))
        return whole + float((self.ev - values[whole]) / (values[whole + 1] - values[whole]))

    @property
    def sv_t(self) -> float:
        """Schedule variance in time, ES - AT: below 0 the plan is so many periods late."""
        return self.es - self.at

    @property
    def spi_t(self) -> float:
        """Schedule performance index in time, ES / AT."""
        return self.es / self.at

    @property
    def ieac_t(self) -> float | None:
        """Periods that the whole plan will take at the pace so far: planned duration / SPI(t); None before any work."""
        return (len(self.planned) - 1) / self.spi_t if self.es > 0 else None


def earned_value(planned: Sequence[float], *, earned: float, spent: float, at: float) -> EarnedValue:
    """Return where a plan stands.

    Parameters
    ----------
    planned
        Planned value, cumulative, at the end of each period from 0 on: starts at 0 and never falls.
    earned
        Budget of the work done by now.
    spent
        Actual cost by now.
    at
        Periods that have passed, above 0; parts of one count.

    Raises
    ------
    EvidenceError
        If the plan falls, or something is below zero or beyond the plan.
    """
    values = np.asarray(planned, dtype=float)
    if len(values) < 2 or values[0] != 0 or (np.diff(values) < 0).any() or values[-1] <= 0:
        raise EvidenceError("The planned value does not rise from 0. Give it cumulative, a period each, from 0 on.")
    if not 0 <= earned <= values[-1]:
        raise EvidenceError(f"The earned value {earned:g} lies outside 0 to the budget {values[-1]:g}. Correct it.")
    if spent < 0 or at <= 0:
        raise EvidenceError(
            f"Spent {spent:g} after {at:g} periods cannot be. Give a cost of 0 or more, a time above 0."
        )
    periods = np.arange(len(values))
    return EarnedValue(tuple(values.tolist()), at, float(np.interp(at, periods, values)), earned, spent)
