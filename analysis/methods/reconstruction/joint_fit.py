"""The entry of the package: fit the monthly paths of flows to what was published, one flow alone or all together."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.bounds import contradicted_bounds
from analysis.core.errors import EvidenceError
from analysis.core.reasons import Reason
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.methods.reconstruction.mode import DRAFT_ROUNDS, Mode, find_mode, log_marginal_likelihood
from analysis.methods.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.methods.reconstruction.posterior import Posterior, conflict
from analysis.methods.reconstruction.prior import prior_shapes
from analysis.methods.reconstruction.result import Reconstruction
from analysis.methods.reconstruction.structure import (
    NODE_TIERS,
    Family,
    NamedFamily,
    Node,
    Part,
    System,
    prior_centres,
    split_into_families,
)
from analysis.methods.reconstruction.window import Days, covering_window, days_in_window, jump_variances
from analysis.methods.reconstruction.zeros import close_zeros


@dataclass(frozen=True)
class Calendar:
    """When a part was open, and when its flow may jump.

    Attributes
    ----------
    open_share
        `date, share_open` (0 to 1, above 1 for longer hours); days that it does not hold are open.
    regimes
        Spans in which the flow may jump: `start, end, jump` (standard deviation, in logs, of a further step a month).
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
        `part_id, region, kind, activity` (null where there is none): the nodes whose movements a part shares; without
        this table all parts share those of one region. `home`: the port or region that a part belongs to; a statement
        about parts of several homes is a tie. `festive`: whether the festival moves a part; every part if absent.
    calendars
        Part to its calendar; a part without one is always open.
    festivals
        Candidates for the festival's windows: the centred share of each window by month of the inner window (months by
        windows). The candidate under which the statements are most likely is taken.
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
        Spans in which the flow may jump: `start, end, jump` (standard deviation, in logs, of a further step a month).
    overshoot
        Distribution of how far figures lie beyond bounds; the prior of `learn_overshoot` if not given.
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
    path_or_reason = posterior.paths([name], sampling)[name]
    if isinstance(path_or_reason, Reason):
        raise EvidenceError(path_or_reason)
    return path_or_reason


def reconstruct_together(
    evidence: pl.DataFrame,
    *,
    start: dt.date,
    end: dt.date,
    structure: Structure | None = None,
    overshoot: Overshoot | None = None,
) -> Posterior:
    """Fit the flows of all series jointly; what they have in common is estimated from all of them.

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
        Distribution of how far figures lie beyond bounds; the prior of `learn_overshoot` if not given.

    Raises
    ------
    EvidenceError
        If there is no statement at all.
    """
    if evidence.is_empty():
        raise EvidenceError(Reason("no_statement"))
    structure = structure or Structure()
    evidence = _sorted_evidence(evidence)
    parts = _parts_by_series(evidence, structure.parts)
    first, last = covering_window(evidence, start, end)
    names = sorted({part for name in parts.values() for part in name})
    calendars = structure.calendars or {}
    plain = days_in_window(first, last, None)
    days = {
        name: days_in_window(first, last, calendars[name].open_share) if name in calendars else plain for name in names
    }
    unused = {
        bound: Reason("contradicted", statement=figure) for bound, figure in contradicted_bounds(evidence).items()
    }
    closed = close_zeros(evidence.filter(~pl.col("statement_id").is_in(list(unused))), parts, days)
    families, reasons = split_into_families(closed.evidence, parts, closed.days, _homes_of_parts(structure.nodes))
    unused |= closed.unused | reasons
    skipped: dict[str, Reason] = {}
    overshoot = overshoot or learn_overshoot()
    inputs = _FitInputs(parts, closed.days, structure, overshoot, skipped)
    families, system, mode = _fit_under_likeliest_festival(inputs, families)
    touched = {part for family in families for part in family.parts}
    zero_series = set(closed.zeros["series_id"])
    skipped |= {
        name: Reason("only_zeros" if name in zero_series else "no_level", series=name)
        for name in sorted(parts)
        if name not in skipped and not set(parts[name]) <= touched
    }
    shut = {part: closed.days[part] for name in sorted(zero_series) for part in parts[name]}
    return Posterior(system, mode, evidence, parts, start, end, skipped, unused, closed.zeros, shut)


def _sorted_evidence(evidence: pl.DataFrame) -> pl.DataFrame:
    """Sort statements so that the draws do not depend on the order of the rows."""
    for name in {"base_id", "count"} - {*evidence.columns}:
        evidence = evidence.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    return evidence.sort("series_id", "period_start", "period_end", "measure", "relation", "value", "statement_id")


def _parts_by_series(evidence: pl.DataFrame, table: pl.DataFrame | None) -> dict[str, tuple[str, ...]]:
    """Return the parts of each series of the evidence, sorted."""
    listed: dict[str, list[str]] = {}
    for series, part in table.select("series_id", "part_id").iter_rows() if table is not None else ():
        listed.setdefault(series, []).append(part)
    series = pl.concat([evidence["series_id"], evidence["base_id"].drop_nulls()]).unique().sort()
    return {name: tuple(sorted(listed.get(name, [name]))) for name in series}


def _homes_of_parts(nodes: pl.DataFrame | None) -> dict[str, str]:
    """Return the home of each part (empty where it is not known); no table, no homes."""
    if nodes is None or "home" not in nodes.columns:
        return {}
    return dict(nodes.select("part_id", pl.col("home").fill_null("")).iter_rows())


@dataclass(frozen=True)
class _FitInputs:
    """What a fit needs beside its families, as in `reconstruct_together`; `skipped` collects reasons by series."""

    parts: Mapping[str, tuple[str, ...]]
    days: Mapping[str, Days]
    structure: Structure
    overshoot: Overshoot
    skipped: dict[str, Reason]

    def system(self, families: list[NamedFamily], festival: np.ndarray | None) -> System:
        """Assemble the system under a candidate for the festival's windows."""
        return _assemble_system(families, self.days, self.structure, self.overshoot, festival)


def _fit_under_likeliest_festival(
    inputs: _FitInputs, families: list[NamedFamily]
) -> tuple[list[NamedFamily], System, Mode]:
    """Fit under the candidate for the festival's windows that makes the statements likeliest.

    Where a family's statements contradict each other, it is skipped with a reason and the others are fitted anew.
    """
    while True:
        system, draft = _likeliest_festival(inputs, families)
        mode = find_mode(system, start=draft)
        if all(mode.satisfied):
            return families, system, mode
        broken = {f for f, satisfied in enumerate(mode.satisfied) if not satisfied}
        inputs.skipped.update(_conflicts(inputs.parts, system, mode, broken))
        families = [family for f, family in enumerate(families) if f not in broken]


def _likeliest_festival(inputs: _FitInputs, families: list[NamedFamily]) -> tuple[System, Mode]:
    """Return the system under the likeliest candidate for the festival's windows, and a draft of its mode."""
    systems = [inputs.system(families, festival) for festival in inputs.structure.festivals or (None,)]
    draft = find_mode(systems[0], rounds=DRAFT_ROUNDS)
    if len(systems) == 1:
        return systems[0], draft
    likelihoods = [log_marginal_likelihood(draft, system) for system in systems]
    return systems[int(np.argmax(likelihoods))], draft


def _assemble_system(
    named_families: list[NamedFamily],
    days: Mapping[str, Days],
    structure: Structure,
    overshoot: Overshoot,
    festival: np.ndarray | None,
) -> System:
    """Assemble parts, families and nodes, everything in the order of its name."""
    centre = prior_centres(named_families)
    names = sorted(centre)
    position = {name: i for i, name in enumerate(names)}
    months = next(iter(days.values())).months
    shapes = prior_shapes(months, festival)
    still = _still_parts(structure.nodes)
    calendars = structure.calendars or {}
    jumps = [jump_variances(days[name], calendars.get(name, Calendar()).regimes) for name in names]
    nodes = _build_nodes(position, structure.nodes, still, jumps)
    beside = {part for node in nodes if node.tier == "activity" for part in node.parts}
    lone = _lone_parts(structure.nodes)
    parts = []
    for i, name in enumerate(names):
        scale = "ratio" if i in beside else "alone" if name in lone else "flow"
        own = np.zeros(months) if scale == "ratio" else jumps[i]
        parts.append(Part(name, days[name], centre[name], scale, own, name not in still))
    families = tuple(
        Family(each.equations, tuple(position[part] for part in each.parts), each.tie) for each in named_families
    )
    return System(tuple(parts), families, nodes, shapes, overshoot)


def _lone_parts(table: pl.DataFrame | None) -> set[str]:
    """Return the parts that are known to share no movement with others: persons, cars, retail sales."""
    if table is None:
        return set()
    tiers = [tier for tier in NODE_TIERS if tier in table.columns]
    return set(table.filter(pl.all_horizontal(pl.col(tiers).is_null()))["part_id"]) if tiers else set()


def _still_parts(table: pl.DataFrame | None) -> set[str]:
    """Return the parts that the festival does not move."""
    if table is None or "festive" not in table.columns:
        return set()
    return set(table.filter(~pl.col("festive"))["part_id"])


def _build_nodes(
    position: Mapping[str, int], table: pl.DataFrame | None, still: set[str], jumps: list[np.ndarray]
) -> tuple[Node, ...]:
    """Return the nodes that at least two parts share; without a table all parts share one region.

    The festival moves a node if it moves any of its parts. An activity jumps when any of its parts may: a closure or a
    reopening moves all that the port handles, so that the ratios of its flows to it do not jump; `jumps` are those
    of each part.
    """
    if table is None:
        table = pl.DataFrame({"part_id": list(position), "region": "all"})
    nodes = []
    for tier in NODE_TIERS:
        if tier in table.columns:
            members = table.filter(pl.col("part_id").is_in(list(position))).drop_nulls(tier).group_by(tier)
            for (name,), rows in sorted(members, key=lambda group: str(group[0][0])):
                if rows.height > 1:
                    shared = tuple(sorted(position[part] for part in rows["part_id"]))
                    own = np.max([jumps[part] for part in shared], axis=0)
                    steps = own if tier == "activity" else np.zeros_like(own)
                    nodes.append(Node(str(name), tier, shared, steps, not set(rows["part_id"]) <= still))
    return tuple(nodes)


def _conflicts(parts: Mapping[str, tuple[str, ...]], system: System, mode: Mode, broken: set[int]) -> dict[str, Reason]:
    """Return a reason for each series whose statements contradict each other; a broken tie drops its sums alone."""
    reasons = {}
    for f in sorted(broken):
        family = system.families[f]
        touched = {system.parts[part].part_id for part in family.parts}
        stated = set(family.equations.table["series_id"])
        for name in sorted(parts):
            if name in stated if family.tie else set(parts[name]) & touched:
                reasons[name] = conflict(name, family, mode, f)
    return reasons
