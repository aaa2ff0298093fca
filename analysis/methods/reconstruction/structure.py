"""Flows that are reconstructed together: parts, the families that statements tie, the nodes that parts share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.methods.reconstruction.overshoot import Overshoot
from analysis.methods.reconstruction.prior import Shapes
from analysis.methods.reconstruction.spans import LEVELS
from analysis.methods.reconstruction.stated import Operator
from analysis.methods.reconstruction.stated_rows import operator_of
from analysis.methods.reconstruction.window import Days

#: Levels of nodes that many ports share, from the widest to the narrowest; `activity` belongs to one port.
GLOBAL = ("region", "kind")
NODE_LEVELS = (*GLOBAL, "activity")


@dataclass(frozen=True)
class Part:
    """A flow that is not a sum of others.

    Attributes
    ----------
    part_id
        Its name.
    days
        Its open days.
    centre
        Prior mean of its log daily rate: the median stated rate, so that the result does not depend on the unit.
    scale
        Whose prior of standard deviations it has: `flow`, or `ratio` beside others of the same activity.
    stack
        Covariance shapes of its own path, in the order of `prior.COMPONENTS`.
    """

    part_id: str
    days: Days
    centre: float
    scale: str
    stack: np.ndarray


@dataclass(frozen=True)
class Node:
    """What several parts have in common: a path that all of them follow.

    Attributes
    ----------
    name, level
        Such as `mountain_road`, of level `kind`.
    parts
        Positions of its parts.
    """

    name: str
    level: str
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Family:
    """Parts that statements about sums connect, and those statements.

    Attributes
    ----------
    operator
        The statements.
    parts
        Positions of the parts, in the order of the operator's touches.
    tie
        Whether the statements tie parts of several homes: the ports of a region, the modes of a port.
    """

    operator: Operator
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
        Covariance shapes of the nodes.
    overshoot
        How far a figure lies beyond a bound named for it.
    """

    parts: tuple[Part, ...]
    families: tuple[Family, ...]
    nodes: tuple[Node, ...]
    shapes: Shapes
    overshoot: Overshoot

    @cached_property
    def touching(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each part, the families whose statements touch it, and its position in each; its own family first."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.parts]
        for f, family in sorted(enumerate(self.families), key=lambda pair: pair[1].tie):
            for position, part in enumerate(family.parts):
                found[part].append((f, position))
        return tuple(map(tuple, found))

    @cached_property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """Families that share a part or an activity, as positions; they are solved together."""
        links = [[f for f, _ in places] for places in self.touching]
        for node in self.nodes:
            if node.level not in GLOBAL:
                links.append([self.touching[part][0][0] for part in node.parts])
        return connected(len(self.families), links)

    @cached_property
    def stack(self) -> np.ndarray:
        """Covariance shapes of a node."""
        return self.shapes.stack(np.ones(self.shapes.months))


def connected(count: int, links: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
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
    return tuple(tuple(found) for found in members.values())


def memberships(system: System) -> list[list[int]]:
    """Return the nodes of each part."""
    found: list[list[int]] = [[] for _ in system.parts]
    for position, node in enumerate(system.nodes):
        for part in node.parts:
            found[part].append(position)
    return found


class Found(NamedTuple):
    """A family before its parts have positions."""

    operator: Operator
    parts: tuple[str, ...]
    tie: bool


def families_of(
    evidence: pl.DataFrame,
    parts: Mapping[str, tuple[str, ...]],
    days: Mapping[str, Days],
    homes: Mapping[str, str],
) -> tuple[list[Found], dict[str, Reason]]:
    """Split the evidence into families and turn each into an operator.

    Parameters
    ----------
    evidence, parts, days
        As in `rows.operator_of`, of all series.
    homes
        Part to where it belongs; statements about parts of several homes are ties.

    Returns
    -------
    list
        Families with the parts that they touch.
    dict
        `statement_id` to the reason why it is not used.
    """
    unused: dict[str, Reason] = {}
    evidence = _levelled(evidence, parts, unused)
    base = pl.coalesce("base_id", "series_id")
    spans = {
        pair: tuple(part for name in pair for part in parts[name])
        for pair in evidence.select("series_id", base).unique().rows()
    }
    wide = [pair for pair, touched in spans.items() if len({homes.get(part, "") for part in touched}) > 1]
    position = {part: i for i, part in enumerate(sorted({part for touched in spans.values() for part in touched}))}
    found = []
    for tie in (False, True):
        chosen = sorted(pair for pair in spans if (pair in wide) == tie)
        group_of = {
            i: number
            for number, group in enumerate(
                connected(len(position), [[position[part] for part in spans[pair]] for pair in chosen])
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
            operator, touched, reasons = operator_of(table.drop("family", "base"), parts, days)
            unused |= reasons
            if operator.y.size:
                found.append(Found(operator, touched, tie))
    return sorted(found, key=lambda each: (each.tie, each.parts)), unused


def _levelled(table: pl.DataFrame, parts: Mapping[str, tuple[str, ...]], unused: dict[str, Reason]) -> pl.DataFrame:
    """Leave out what is said about parts of which no level is known: growth alone fixes no flow."""
    levels = table.filter(pl.col("measure").is_in(LEVELS))["series_id"].unique()
    known = {part for name in levels for part in parts[name]}
    series = pl.concat([table["series_id"], table["base_id"].drop_nulls()]).unique()
    lost = [name for name in series if not set(parts[name]) <= known]
    gone = pl.col("series_id").is_in(lost) | pl.col("base_id").is_in(lost).fill_null(False)
    unused |= dict.fromkeys(table.filter(gone)["statement_id"], Reason("no_comparable_level"))
    return table.filter(~gone)


def centres(families: Sequence[Found]) -> dict[str, float]:
    """Return the crude log daily rate of each part: the median of what is stated about it, by its own family first."""
    found: dict[str, float] = {}
    for family in families:
        for part, centre in zip(family.parts, _centres(family.operator), strict=True):
            found.setdefault(part, centre)
    return found


def _centres(operator: Operator) -> list[float]:
    """Return the crude log daily rate of each part: the median over what is stated about it, alone if possible."""
    levels = ~operator.ratio
    count, total = np.zeros(operator.y.size), np.zeros(operator.y.size)
    for touch in operator.touches:
        inside = touch.N.sum(axis=1)
        total[touch.rows] += inside
        count[touch.rows] += inside > 0
    rate = operator.y - np.log(np.maximum(total, 1e-12))
    found = []
    for touch in operator.touches:
        rows = touch.rows[levels[touch.rows] & (touch.N.sum(axis=1) > 0)]
        fewest = rows[count[rows] == count[rows].min(initial=np.inf)]
        found.append(float(np.median(rate[fewest])) if fewest.size else 0.0)
    return found
