"""The system: parts (flows that are no sums), families of parts tied by statements, and nodes that parts share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.methods.reconstruction.equation_builder import build_equations
from analysis.methods.reconstruction.equations import StatementEquations
from analysis.methods.reconstruction.overshoot import Overshoot
from analysis.methods.reconstruction.prior import Shapes
from analysis.methods.reconstruction.window import Days

#: Tiers of nodes, the widest first: those of a region or of a kind of port are shared by many ports; the last one, the
#: activity, is shared by the flows of one port.
SHARED_TIERS = ("region", "kind")
NODE_TIERS = (*SHARED_TIERS, "activity")


@dataclass(frozen=True)
class Part:
    """A flow that is not a sum of others.

    Attributes
    ----------
    part_id
        Its name.
    days
        Its open days, month by month.
    centre
        Prior mean of its log daily rate: the median stated rate, so that the result does not depend on the unit.
    scale
        Key of its priors in `prior.SCALE_PRIORS`: `ratio` where other flows share its activity, `alone` where it is
        known to share no movement with others, else `flow`.
    jumps
        Variance of a further step of its random walk into each month; zero throughout where other flows share its
        activity, which then jumps in its stead.
    festive
        Whether the festival moves it.
    """

    part_id: str
    days: Days
    centre: float
    scale: str
    jumps: np.ndarray
    festive: bool = True


@dataclass(frozen=True)
class Node:
    """What several parts have in common: a path that all of them follow.

    Attributes
    ----------
    name, tier
        Such as `mountain_road`, of tier `kind`.
    parts
        Positions of its parts.
    jumps
        Variance of a further step of its random walk into each month; zero but for the activity of a port.
    festive
        Whether the festival moves it.
    """

    name: str
    tier: str
    parts: tuple[int, ...]
    jumps: np.ndarray
    festive: bool = True


@dataclass(frozen=True)
class Family:
    """Parts that statements about sums connect, and those statements.

    Attributes
    ----------
    equations
        Their equations.
    parts
        Positions of the parts, in the order of the equations' terms.
    tie
        Whether the statements tie parts of several homes: the ports of a region, the modes of a port.
    """

    equations: StatementEquations
    parts: tuple[int, ...]
    tie: bool


@dataclass(frozen=True)
class System:
    """Everything that is reconstructed together.

    Attributes
    ----------
    parts, families, nodes
        Sorted by name, so that nothing depends on the order of rows.
    shapes
        Covariance shapes of all paths.
    overshoot
        Distribution of how far a figure lies beyond a bound named for it.
    """

    parts: tuple[Part, ...]
    families: tuple[Family, ...]
    nodes: tuple[Node, ...]
    shapes: Shapes
    overshoot: Overshoot

    @cached_property
    def families_of_part(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each part, the families whose statements involve it, and its position in each; its own family first."""
        places: list[list[tuple[int, int]]] = [[] for _ in self.parts]
        for f, family in sorted(enumerate(self.families), key=lambda pair: pair[1].tie):
            for position, part in enumerate(family.parts):
                places[part].append((f, position))
        return tuple(map(tuple, places))

    @cached_property
    def statements(self) -> int:
        """How many statements all families have."""
        return sum(family.equations.y.size for family in self.families)

    @cached_property
    def wide_nodes(self) -> tuple[int, ...]:
        """Positions of the nodes that join the blocks: those of regions and of kinds of port.

        There are none where their months outnumber the statements: then one block of all families is solved sooner.
        """
        wide = tuple(i for i, node in enumerate(self.nodes) if node.tier in SHARED_TIERS)
        return wide if len(wide) * self.shapes.months < self.statements else ()

    @cached_property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """Families that share a part or a node that is not wide, as positions; they are solved together."""
        links = [[f for f, _ in families] for families in self.families_of_part]
        for i, node in enumerate(self.nodes):
            if i not in self.wide_nodes:
                links.append([self.families_of_part[part][0][0] for part in node.parts])
        return connected_groups(len(self.families), links)

    @cached_property
    def stated_months(self) -> tuple[np.ndarray, ...]:
        """For each part, the months that any statement about it involves."""
        stated = []
        for families in self.families_of_part:
            terms = [self.families[f].equations.terms[position] for f, position in families]
            stated.append(np.flatnonzero(sum((term.N + term.M).sum(axis=0) for term in terms)))
        return tuple(stated)


def connected_groups(count: int, links: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the positions 0 to `count` in groups that links connect, each sorted, by their first member."""
    group = list(range(count))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for link in links:
        first = min(map(root, link))
        for i in link:
            group[root(i)] = first
            first = min(first, root(i))
    members: dict[int, list[int]] = {}
    for i in range(count):
        members.setdefault(root(i), []).append(i)
    return tuple(tuple(group) for group in members.values())


def nodes_of_parts(system: System) -> list[list[int]]:
    """Return the positions of the nodes above each part."""
    nodes: list[list[int]] = [[] for _ in system.parts]
    for position, node in enumerate(system.nodes):
        for part in node.parts:
            nodes[part].append(position)
    return nodes


class NamedFamily(NamedTuple):
    """A family whose parts are names, before these have positions in a system."""

    equations: StatementEquations
    parts: tuple[str, ...]
    tie: bool


def split_into_families(
    evidence: pl.DataFrame,
    parts: Mapping[str, tuple[str, ...]],
    days: Mapping[str, Days],
    homes: Mapping[str, str],
) -> tuple[list[NamedFamily], dict[str, Reason]]:
    """Split the evidence into families and build the equations of each.

    Parameters
    ----------
    evidence, parts, days
        As in `equation_builder.build_equations`, of all series.
    homes
        Part to the port or region that it belongs to; statements about parts of several homes are ties.

    Returns
    -------
    list
        The families, ties last.
    dict
        `statement_id` to the reason why it is not used.
    """
    unused: dict[str, Reason] = {}
    evidence = _drop_without_level(evidence, parts, unused)
    base = pl.coalesce("base_id", "series_id")
    spans = {
        pair: tuple(part for name in pair for part in parts[name])
        for pair in evidence.select("series_id", base).unique().rows()
    }
    wide = [pair for pair, touched in spans.items() if len({homes.get(part, "") for part in touched}) > 1]
    position = {part: i for i, part in enumerate(sorted({part for touched in spans.values() for part in touched}))}
    families = []
    for tie in (False, True):
        chosen = sorted(pair for pair in spans if (pair in wide) == tie)
        group_of = {
            i: number
            for number, group in enumerate(
                connected_groups(len(position), [[position[part] for part in spans[pair]] for pair in chosen])
            )
            for i in group
        }
        family = pl.DataFrame(
            [(*pair, group_of[position[spans[pair][0]]]) for pair in chosen],
            schema={"series_id": pl.String, "base": pl.String, "family": pl.Int64},
            orient="row",
        )
        tables = evidence.with_columns(base=base).join(
            family, on=["series_id", "base"], how="inner", maintain_order="left", validate="m:1"
        )
        for table in tables.sort("family", maintain_order=True).partition_by("family", maintain_order=True):
            equations, touched, reasons = build_equations(table.drop("family", "base"), parts, days)
            unused |= reasons
            if equations.y.size:
                families.append(NamedFamily(equations, touched, tie))
    return sorted(families, key=lambda each: (each.tie, each.parts)), unused


def _drop_without_level(
    table: pl.DataFrame, parts: Mapping[str, tuple[str, ...]], unused: dict[str, Reason]
) -> pl.DataFrame:
    """Leave out statements about parts of which no level is known: growth alone fixes no flow."""
    levels = table.filter(pl.col("measure").is_in(LEVEL_MEASURES))["series_id"].unique()
    known = {part for name in levels for part in parts[name]}
    series = pl.concat([table["series_id"], table["base_id"].drop_nulls()]).unique()
    unknown = [name for name in series if not set(parts[name]) <= known]
    about_unknown = pl.col("series_id").is_in(unknown) | pl.col("base_id").is_in(unknown).fill_null(False)
    unused |= dict.fromkeys(table.filter(about_unknown)["statement_id"], Reason("no_comparable_level"))
    return table.filter(~about_unknown)


def prior_centres(families: Sequence[NamedFamily]) -> dict[str, float]:
    """Return the crude log daily rate of each part: that of its own family, else that of a tie."""
    centres: dict[str, float] = {}
    for family in families:
        for part, centre in zip(family.parts, _centres(family.equations), strict=True):
            centres.setdefault(part, centre)
    return centres


def _centres(equations: StatementEquations) -> list[float]:
    """Return the crude log daily rate of each part: the median over the levels that involve the fewest parts."""
    levels = ~equations.ratio
    count, total = np.zeros(equations.y.size), np.zeros(equations.y.size)
    for term in equations.terms:
        inside = term.N.sum(axis=1)
        total[term.rows] += inside
        count[term.rows] += inside > 0
    rate = equations.y - np.log(np.maximum(total, 1e-12))
    centres = []
    for term in equations.terms:
        rows = term.rows[levels[term.rows] & (term.N.sum(axis=1) > 0)]
        fewest = rows[count[rows] == count[rows].min(initial=np.inf)]
        centres.append(float(np.median(rate[fewest])) if fewest.size else 0.0)
    return centres
