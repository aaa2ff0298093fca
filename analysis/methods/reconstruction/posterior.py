"""The posterior of flows that were fitted together: draws and paths of any of their series."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.path_table import significant
from analysis.core.periods import months_between
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.methods.reconstruction.draws import Draws, bound_together, draw
from analysis.methods.reconstruction.mode import Mode
from analysis.methods.reconstruction.prior import COMPONENTS
from analysis.methods.reconstruction.result import Reconstruction, monthly_flows, summarise
from analysis.methods.reconstruction.spans import base_span
from analysis.methods.reconstruction.status import (
    PublishedSums,
    periods_of_zeros,
    periods_with_status,
    with_status_of_sum,
)
from analysis.methods.reconstruction.structure import Family, System
from analysis.methods.reconstruction.window import Days

#: Below this share of draws that satisfy every statement, report the statements as contradictory.
LEAST_SATISFIED = 0.25


@dataclass(frozen=True)
class Posterior:
    """The posterior of flows that were fitted together.

    Attributes
    ----------
    system, mode
        The model and its mode.
    evidence
        The statements, in the order in which they were read.
    parts
        The parts of each series.
    start, end
        First and last month of the paths unless others are asked for.
    skipped
        `series_id` to the reason why there is no path.
    unused
        `statement_id` to the reason why it was not used.
    zeros
        The published zeros, whose days are closed: `zeros.COLUMNS`.
    shut
        The open days of each part of a series with a zero, whether or not the model has the part.
    """

    system: System
    mode: Mode
    evidence: pl.DataFrame
    parts: Mapping[str, tuple[str, ...]]
    start: dt.date
    end: dt.date
    skipped: dict[str, Reason]
    unused: dict[str, Reason]
    zeros: pl.DataFrame
    shut: Mapping[str, Days]

    def paths(
        self,
        series: Sequence[str],
        sampling: Sampling,
        *,
        months: tuple[dt.date, dt.date] | None = None,
        workers: int = 1,
    ) -> dict[str, Reconstruction | Reason]:
        """Return the reconstruction of each of some series, or the reason why there is none.

        Parameters
        ----------
        series
            Which series.
        sampling
            Interval levels, draws and seed.
        months
            First and last month of the paths, inside the window of the fit.
        workers
            How many processes draw; the result does not depend on it.
        """
        drawn = self.draw_parts(series, sampling, workers=workers)
        return self.summarise_draws(series, drawn, levels=sampling.levels, months=months)

    def draw_parts(self, series: Sequence[str], sampling: Sampling, *, workers: int = 1) -> dict[int, Draws]:
        """Return draws of the parts of `bound_parts`, by position."""
        parts = self.bound_parts(series)
        if not parts:
            return {}
        return draw(self.system, self.mode, parts=parts, draws=sampling.draws, seed=sampling.seed, workers=workers)

    def bound_parts(self, series: Sequence[str]) -> list[int]:
        """Return the positions of the parts of some series and of all parts that statements bind to them."""
        return bound_together(self.system, [part for parts in self._members(series).values() for part in parts])[0]

    def summarise_draws(
        self,
        series: Sequence[str],
        drawn: Mapping[int, Draws],
        *,
        levels: tuple[int, ...],
        months: tuple[dt.date, dt.date] | None = None,
    ) -> dict[str, Reconstruction | Reason]:
        """Return what `paths` returns, from draws that cover these series."""
        members = self._members(series)
        figures: dict[int, PublishedSums] = {}
        paths: dict[str, Reconstruction | Reason] = {}
        for name in series:
            if name in self.skipped:
                paths[name] = self._path_of_zeros(name, levels, months or (self.start, self.end)) or self.skipped[name]
                continue
            satisfied = np.logical_and.reduce([drawn[part].converged for part in members[name]])
            f = self._family(members[name])
            if satisfied.mean() < LEAST_SATISFIED:
                paths[name] = conflict(name, self.system.families[f], self.mode, f)
                continue
            figures[f] = figures.get(f) or PublishedSums.collect(self.system.families[f].equations)
            x = np.stack([drawn[part].x[satisfied] for part in members[name]], axis=1)
            paths[name] = self._path(name, f, members[name], x, figures[f], levels, months or (self.start, self.end))
        return paths

    def surprises(self) -> pl.DataFrame:
        """Return how far each statement lies from what all others say about its quantity, linearised at the mode.

        Returns
        -------
        DataFrame
            `statement_id`, `surprise`: what is stated minus what the others expect, over its standard deviation
            (errors included); positive where more is stated than expected.
        """
        joint = self.mode.joint
        rows: list[tuple[str, float]] = []
        for block in joint.blocks:
            own = np.diagonal(joint.inverse_covariance(block))
            for f, offset in zip(block.families, block.offsets[:-1], strict=True):
                w = self.mode.w[f]
                standardised = w / np.sqrt(own[offset : offset + w.size])
                rows += zip(self.system.families[f].equations.table["statement_id"], standardised.tolist(), strict=True)
        return pl.DataFrame(sorted(rows), schema={"statement_id": pl.String, "surprise": pl.Float64}, orient="row")

    def _members(self, series: Sequence[str]) -> dict[str, list[int]]:
        """Return the positions of the parts of each series that has a path."""
        positions = {part.part_id: i for i, part in enumerate(self.system.parts)}
        return {name: [positions[part] for part in self.parts[name]] for name in series if name not in self.skipped}

    def _family(self, members: list[int]) -> int:
        """Return the family whose statements involve all parts of a series, else the first one of its first part."""
        for f, _ in self.system.families_of_part[members[0]]:
            if set(members) <= set(self.system.families[f].parts):
                return f
        return self.system.families_of_part[members[0]][0][0]

    def _path(
        self,
        name: str,
        f: int,
        members: list[int],
        x: np.ndarray,
        figures: PublishedSums,
        levels: tuple[int, ...],
        months: tuple[dt.date, dt.date],
    ) -> Reconstruction:
        """Return the path of a series, its parts summed draw by draw."""
        family = self.system.families[f]
        days = tuple(self.system.parts[part].days for part in members)
        rates = np.exp(x)
        zeros = self._zeros_of(name)
        if set(members) <= set(family.parts):
            places = tuple(family.parts.index(part) for part in members)
            periods, chosen = periods_with_status(days, places, family.equations, figures, *months, zeros=zeros)
        else:
            periods, chosen = self._periods_of_parts(members, days, months, zeros)
        hyperparameters = self._hyperparameters_of_part(members[0]) if len(members) == 1 else {}
        return self._summary(name, periods, chosen, days, rates, levels, hyperparameters)

    def _periods_of_parts(
        self, members: list[int], days: tuple[Days, ...], months: tuple[dt.date, dt.date], zeros: pl.DataFrame
    ) -> tuple[pl.DataFrame, np.ndarray]:
        """Return the periods of a series of which zeros alone were published, with a status from those of its parts."""
        statuses = []
        for part, own in zip(members, days, strict=True):
            f, place = self.system.families_of_part[part][0]
            equations = self.system.families[f].equations
            figures = PublishedSums.collect(equations)
            periods, chosen = periods_with_status((own,), (place,), equations, figures, *months, zeros=zeros)
            statuses.append(periods["obs_status"].to_list())
        nothing = np.stack([chosen @ each.open for each in days]).sum(axis=0) == 0
        return with_status_of_sum(periods, statuses, nothing, zeros), chosen

    def _path_of_zeros(
        self, name: str, levels: tuple[int, ...], months: tuple[dt.date, dt.date]
    ) -> Reconstruction | None:
        """Return the path of a series of which only zeros are known, if they cover all the years asked for."""
        if self.skipped[name].code != "only_zeros":
            return None
        first, last = months[0].replace(month=1, day=1), months[1].replace(month=12, day=31)
        days = tuple(self.shut[part].within(first, last) for part in self.parts[name])
        if any(each.share.any() for each in days):
            return None
        zeros = self._zeros_of(name)
        periods, chosen = periods_of_zeros(days, zeros, *months)
        return self._summary(name, periods, chosen, days, np.zeros((1, len(days), days[0].months)), levels)

    def _summary(
        self,
        name: str,
        periods: pl.DataFrame,
        chosen: np.ndarray,
        days: tuple[Days, ...],
        rates: np.ndarray,
        levels: tuple[int, ...],
        hyperparameters: dict[str, float] | None = None,
    ) -> Reconstruction:
        """Return a reconstruction from the rates a day of its parts and the months that each period is made of."""
        own = self.evidence.filter(pl.col("series_id") == name)
        return Reconstruction(
            series_id=name,
            unit=_unit(own),
            path=summarise(name, periods, monthly_flows(rates, days) @ chosen.T, levels),
            days=days,
            rates=rates,
            fit=_fit_table(own, rates, days, self.unused),
            hyperparameters=hyperparameters or {},
            zeros=self._zeros_of(name),
        )

    def _zeros_of(self, name: str) -> pl.DataFrame:
        """Return the zeros that close days of a series, and whether each is a figure for all of it: `whole`."""
        own = set(self.parts[name])
        about = {series: set(self.parts[series]) for series in self.zeros["series_id"]}
        shared = [series for series, parts in about.items() if parts & own]
        whole = [series for series, parts in about.items() if parts == own]
        return self.zeros.filter(pl.col("series_id").is_in(shared)).with_columns(
            whole=pl.col("series_id").is_in(whole) & pl.col("measure").is_in(LEVEL_MEASURES)
        )

    def _hyperparameters_of_part(self, part: int) -> dict[str, float]:
        """Return a part's standard deviations at the mode, and the distribution of overshoots."""
        sizes = zip(COMPONENTS, np.exp(self.mode.theta.own[part]), strict=True)
        overshoot = self.system.overshoot
        return {name: float(significant(size)) for name, size in sizes} | {
            "overshoot_mean": overshoot.mean,
            "overshoot_sd": overshoot.sd,
        }


def _unit(own: pl.DataFrame) -> str:
    """Return the unit of the flow: that of its levels, or what a daily or monthly average counts."""
    levels = own.filter(pl.col("measure").is_in(LEVEL_MEASURES)).sort(pl.col("measure") != "level", maintain_order=True)
    return str(levels["unit"][0]).removesuffix("/day").removesuffix("/month") if levels.height else ""


def _fit_table(
    own: pl.DataFrame, rates: np.ndarray, days: tuple[Days, ...], unused: Mapping[str, Reason]
) -> pl.DataFrame:
    """Return each statement of a series beside the quantiles that the draws give for its quantity."""
    compared_rows = [
        row
        for row in own.filter(pl.col("measure") != "share").iter_rows(named=True)
        if row["statement_id"] not in unused
    ]
    weights, bases = [], []
    for row in compared_rows:
        start, end = row["period_start"], row["period_end"]
        base = base_span(row["measure"], start, end)
        times = 1
        if not base and row["measure"] != "level":
            times = months_between(start, end) + 1 if "month" in row["measure"] else (end - start).days + 1
        weights.append(np.concatenate([each.between(start, end) for each in days]) / times)
        bases.append(np.concatenate([each.between(*base) for each in days]) if base else 0 * weights[-1])
    flat = rates.reshape(len(rates), -1)
    compared = np.array([base.any() for base in bases], dtype=bool)
    values = flat @ np.reshape(weights, (-1, flat.shape[1])).T
    values[:, compared] /= flat @ np.reshape(bases, (-1, flat.shape[1]))[compared].T
    values[:, compared] -= 1
    quantiles = significant(np.quantile(values, [0.5, 0.1, 0.9], axis=0))
    columns = {"statement_id": [row["statement_id"] for row in compared_rows]}
    columns |= dict(zip(("median", "lower", "upper"), quantiles.tolist(), strict=True))
    fitted = pl.DataFrame(
        columns, schema={"statement_id": pl.String, **dict.fromkeys(("median", "lower", "upper"), pl.Float64)}
    )
    reasons = pl.DataFrame(
        {"statement_id": list(unused), "reason": [reason.written for reason in unused.values()]},
        schema={"statement_id": pl.String, "reason": pl.String},
    )
    return (
        own.select("statement_id", "measure", "relation", "value")
        .join(fitted, on="statement_id", how="left", maintain_order="left", validate="1:1")
        .join(reasons, on="statement_id", how="left", maintain_order="left", validate="1:1")
        .with_columns(pl.col("reason").is_null().alias("used"), pl.col("reason").fill_null(""))
    )


def conflict(name: str, family: Family, mode: Mode, f: int) -> Reason:
    """Return the reason that names the statement that the paths at the mode miss by the most."""
    equations = family.equations
    h = equations.h(mode.x[None, list(family.parts)])[0]
    gap = equations.y + equations.sign * np.exp(mode.z[f]) - h
    worst = equations.table["statement_id"][int(np.argmax(np.abs(gap) / equations.noise))]
    return Reason("contradiction", series=name, statement=worst)
