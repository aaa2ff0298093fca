"""Reconstruct the monthly paths of flows from what was published about them, one at a time or all together."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError
from analysis.core.reasons import Reason
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.methods.reconstruction.bounds import contradicted
from analysis.methods.reconstruction.mode import Fit, evidence_under, fit
from analysis.methods.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.methods.reconstruction.posterior import Posterior, conflict
from analysis.methods.reconstruction.prior import shapes_of
from analysis.methods.reconstruction.result import Reconstruction
from analysis.methods.reconstruction.structure import (
    NODE_LEVELS,
    Family,
    Found,
    Node,
    Part,
    System,
    centres,
    families_of,
)
from analysis.methods.reconstruction.window import Days, days_of, inflation_of, window_of


@dataclass(frozen=True)
class Calendar:
    """When a part was open, and when its level may jump.

    Attributes
    ----------
    open_share
        `date, share_open` (0 to 1, above 1 for longer hours); days that it does not hold are open.
    regimes
        Spans in which the level may jump: `start, end, inflation` (factor of the monthly variance).
    """

    open_share: pl.DataFrame | None = None
    regimes: pl.DataFrame | None = None


@dataclass(frozen=True)
class Structure:
    """How the series of a ledger hang together.

    Attributes
    ----------
    parts
        `series_id, part_id`: a series is the sum of its parts; one that is not listed is its own part.
    nodes
        `part_id, region, kind, activity` (null where there is none): whom a part shares movements with; without this
        table all parts share those of one region. `home`: where a part belongs; statements about parts of several
        homes tie them.
    calendars
        Part to its calendar; a part without one is always open.
    festivals
        Candidates for the festival's windows: the centred share of each window by month of the inner window (months by
        windows). The one under which the statements are most likely is taken.
    """

    parts: pl.DataFrame | None = None
    nodes: pl.DataFrame | None = None
    calendars: Mapping[str, Calendar] | None = None
    festivals: tuple[np.ndarray, ...] = ()


def reconstruct(
    evidence: pl.DataFrame,
    *,
    start: dt.date,
    end: dt.date,
    open_share: pl.DataFrame | None = None,
    regimes: pl.DataFrame | None = None,
    overshoot: Overshoot | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> Reconstruction:
    """Reconstruct months and years of a flow from levels, averages, growth rates and bounds.

    The model is that of docs/methods/reconstruction.md.

    Parameters
    ----------
    evidence
        Statements of one series that may enter a likelihood: `statement_id, series_id, period_start, period_end,
        measure` (level, daily_average, monthly_average, growth), `relation, value, unit, half_width`; levels in
        `unit`, averages in that unit a day or month, growth as a fraction.
    start, end
        First and last month of the path (any day of them).
    open_share
        Calendar, `date, share_open` (0 to 1); days that it does not hold are open.
    regimes
        Spans in which the level may jump: `start, end, inflation` (factor of the monthly variance).
    overshoot
        How far figures lie beyond bounds; the prior of `learn_overshoot` if not given.
    sampling
        Interval levels, draws and seed.

    Raises
    ------
    EvidenceError
        If no level can be used, or the statements contradict each other so that no path meets them.
    """
    if evidence.is_empty():
        raise EvidenceError(Reason("no_statement"))
    name = str(evidence["series_id"][0])
    structure = Structure(calendars={name: Calendar(open_share, regimes)})
    posterior = reconstruct_together(evidence, start=start, end=end, structure=structure, overshoot=overshoot)
    found = posterior.paths([name], sampling)[name]
    if isinstance(found, Reason):
        raise EvidenceError(found)
    return found


def reconstruct_together(
    evidence: pl.DataFrame,
    *,
    start: dt.date,
    end: dt.date,
    structure: Structure | None = None,
    overshoot: Overshoot | None = None,
) -> Posterior:
    """Fit the flows of all series jointly: what they share is learnt from all of them.

    Parameters
    ----------
    evidence
        Statements as in `reconstruct`, of any number of series; shares name the series that they are a share of in
        `base_id`, figures of another count than that of their series name it in `count`.
    start, end
        First and last month of the paths (any day of them).
    structure
        Sums, shared movements and calendars; every series stands alone, with the movements of all, if not given.
    overshoot
        How far figures lie beyond bounds; the prior of `learn_overshoot` if not given.

    Raises
    ------
    EvidenceError
        If there is no statement at all.
    """
    if evidence.is_empty():
        raise EvidenceError(Reason("no_statement"))
    structure = structure or Structure()
    evidence = _in_order(evidence)
    parts = _parts_of(evidence, structure.parts)
    first, last = window_of(evidence, start, end)
    names = sorted({part for name in parts.values() for part in name})
    calendars = structure.calendars or {}
    plain = days_of(first, last, None)
    days = {name: days_of(first, last, calendars[name].open_share) if name in calendars else plain for name in names}
    unused = contradicted(evidence)
    found, reasons = families_of(
        evidence.filter(~pl.col("statement_id").is_in(list(unused))), parts, days, _homes(structure.nodes)
    )
    unused |= reasons
    skipped: dict[str, Reason] = {}
    overshoot = overshoot or learn_overshoot()
    found, system, fitted = _likeliest(_Task(parts, days, structure, overshoot, skipped), found)
    touched = {part for family in found for part in family.parts}
    skipped |= {
        name: Reason("no_level", series=name)
        for name in sorted(parts)
        if name not in skipped and not set(parts[name]) <= touched
    }
    return Posterior(system, fitted, evidence, parts, start, end, skipped, unused)


def _in_order(evidence: pl.DataFrame) -> pl.DataFrame:
    """Sort statements so that the draws do not depend on the order of the rows."""
    for name in {"base_id", "count"} - {*evidence.columns}:
        evidence = evidence.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    return evidence.sort("series_id", "period_start", "period_end", "measure", "relation", "value", "statement_id")


def _parts_of(evidence: pl.DataFrame, table: pl.DataFrame | None) -> dict[str, tuple[str, ...]]:
    """Return the parts of each series of the evidence, sorted."""
    found: dict[str, list[str]] = {}
    for series, part in table.select("series_id", "part_id").iter_rows() if table is not None else ():
        found.setdefault(series, []).append(part)
    series = pl.concat([evidence["series_id"], evidence["base_id"].drop_nulls()]).unique().sort()
    return {name: tuple(sorted(found.get(name, [name]))) for name in series}


def _homes(nodes: pl.DataFrame | None) -> dict[str, str]:
    """Return where each part belongs, if anything is known of it."""
    if nodes is None or "home" not in nodes.columns:
        return {}
    return dict(nodes.select("part_id", pl.col("home").fill_null("")).iter_rows())


@dataclass(frozen=True)
class _Task:
    """What a fit is made of beside its families: as in `reconstruct_together`."""

    parts: Mapping[str, tuple[str, ...]]
    days: Mapping[str, Days]
    structure: Structure
    overshoot: Overshoot
    skipped: dict[str, Reason]

    def system(self, found: list[Found], festival: np.ndarray | None) -> System:
        """Put a system together under a candidate for the festival's windows."""
        return _system(found, self.days, self.structure, self.overshoot, festival)


def _likeliest(task: _Task, found: list[Found]) -> tuple[list[Found], System, Fit]:
    """Fit under the first candidate for the festival's windows; again if another makes the statements likelier."""
    candidates = task.structure.festivals or (None,)
    found, system, fitted = _met(task, found, candidates[0], None)
    likelihoods = [evidence_under(fitted, task.system(found, festival)) for festival in candidates[1:]]
    if likelihoods and max(likelihoods) > evidence_under(fitted, system):
        found, system, fitted = _met(task, found, candidates[1 + int(np.argmax(likelihoods))], fitted)
    return found, system, fitted


def _met(
    task: _Task, found: list[Found], festival: np.ndarray | None, start: Fit | None
) -> tuple[list[Found], System, Fit]:
    """Fit, and anew without the families whose statements cannot be met, which are skipped with a reason."""
    system = task.system(found, festival)
    fitted = fit(system, start=start)
    while not all(fitted.met):
        task.skipped.update(_conflicts(task.parts, system, fitted, {f for f, met in enumerate(fitted.met) if not met}))
        found = [family for family, met in zip(found, fitted.met, strict=True) if met]
        system = task.system(found, festival)
        fitted = fit(system)
    return found, system, fitted


def _system(
    found: list[Found],
    days: Mapping[str, Days],
    structure: Structure,
    overshoot: Overshoot,
    festival: np.ndarray | None,
) -> System:
    """Put families, parts and nodes together, everything in the order of its name."""
    centre = centres(found)
    names = sorted(centre)
    position = {name: i for i, name in enumerate(names)}
    months = next(iter(days.values())).months
    shapes = shapes_of(months, festival)
    nodes = _nodes(position, structure.nodes)
    beside = {part for node in nodes if node.level == "activity" for part in node.parts}
    stacks: dict[bytes, np.ndarray] = {}
    parts = []
    for i, name in enumerate(names):
        calendar = (structure.calendars or {}).get(name, Calendar())
        inflation = inflation_of(days[name], calendar.regimes)
        if inflation.tobytes() not in stacks:
            stacks[inflation.tobytes()] = shapes.stack(inflation)
        stack = stacks[inflation.tobytes()]
        parts.append(Part(name, days[name], centre[name], "ratio" if i in beside else "flow", stack))
    families = tuple(Family(each.operator, tuple(position[part] for part in each.parts), each.tie) for each in found)
    return System(tuple(parts), families, nodes, shapes, overshoot)


def _nodes(position: Mapping[str, int], table: pl.DataFrame | None) -> tuple[Node, ...]:
    """Return what at least two parts share; without a table all parts share one region."""
    if table is None:
        table = pl.DataFrame({"part_id": list(position), "region": "all"})
    nodes = []
    for level in NODE_LEVELS:
        if level in table.columns:
            members = table.filter(pl.col("part_id").is_in(list(position))).drop_nulls(level).group_by(level)
            for (name,), rows in sorted(members, key=lambda group: str(group[0][0])):
                if rows.height > 1:
                    nodes.append(Node(str(name), level, tuple(sorted(position[part] for part in rows["part_id"]))))
    return tuple(nodes)


def _conflicts(
    parts: Mapping[str, tuple[str, ...]], system: System, fitted: Fit, broken: set[int]
) -> dict[str, Reason]:
    """Return a reason for each series whose statements cannot be met; what a broken tie binds stands without it."""
    found = {}
    for f in sorted(broken):
        family = system.families[f]
        touched = {system.parts[part].part_id for part in family.parts}
        stated = set(family.operator.table["series_id"])
        for name in sorted(parts):
            if name in stated if family.tie else set(parts[name]) & touched:
                found[name] = conflict(name, family, fitted, f)
    return found
