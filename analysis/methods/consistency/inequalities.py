"""Statements about flows as linear inequalities over flows that are never negative (docs/methods/contradictions.md)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

#: Offices revise last year's figure; a revision beyond this share is a contradiction.
BASE_REVISION = 0.03

#: Each series as sums of cells, the smallest flows that a ledger tells apart, in one way or more.
Sums = Mapping[str, Sequence[Sequence[Hashable]]]


@dataclass(frozen=True)
class Inequalities:
    """What statements allow: `coefficients @ flow <= limits` for flows of at least zero.

    Attributes
    ----------
    coefficients, limits
        One row an inequality, scaled so that a miss of 0.01 is one percent of the stated figure.
    owner
        The position of the statement that an inequality belongs to.
    link
        Whether an inequality only says that a base was revised no further than usual.
    stated, base
        One row a statement: the sum over its span, and over the span that its growth compares with (else empty).
    """

    coefficients: sparse.csr_array
    limits: np.ndarray
    owner: np.ndarray
    link: np.ndarray
    stated: sparse.csr_array
    base: sparse.csr_array

    def of(self, statements: np.ndarray, *, links: bool = True) -> "Inequalities":
        """Return the inequalities of some statements, without those on revisions if `links` is false."""
        rows = np.isin(self.owner, statements) & (links | ~self.link)
        return replace(
            self,
            coefficients=self.coefficients[rows],
            limits=self.limits[rows],
            owner=self.owner[rows],
            link=self.link[rows],
        )


def families(statements: pl.DataFrame, sums: Sums) -> list[pl.DataFrame]:
    """Split statements into families whose series share a cell, directly or through others.

    Parameters
    ----------
    statements, sums
        As `flows.flow_statements` and `flows.sums_of` return them.
    """
    series = list(dict.fromkeys(statements["series_id"]))
    cells: dict[Hashable, int] = {}
    pairs = [(i, cells.setdefault(c, len(cells))) for i, name in enumerate(series) for way in sums[name] for c in way]
    rows, columns = np.array(pairs, dtype=int).reshape(-1, 2).T
    graph = sparse.coo_array((np.ones(rows.size), (rows, len(series) + columns)), shape=(len(series) + len(cells),) * 2)
    family = connected_components(graph, directed=False)[1][: len(series)]
    table = pl.DataFrame({"series_id": series, "family": family}, schema={"series_id": pl.String, "family": pl.Int64})
    joined = statements.join(table, on="series_id", how="left", validate="m:1", maintain_order="left")
    return joined.partition_by("family", maintain_order=True, include_key=False)


def inequalities(statements: pl.DataFrame, sums: Sums) -> Inequalities:
    """Write the statements of a family as inequalities.

    The unknowns are the flow of each cell in each of the shortest spans that the statements tell apart (a month cut
    by a stated day is two spans), and, for growth, the base of each cell as its office knew it later.
    With S the flow over the stated span, B over the span compared with, R that base as known later:

        level in [l, u]      S <= u, S >= l
        growth in [g, h]     S <= (1 + h) R, S >= (1 + g) R
        usual revision       R <= 1.03 B, R >= B / 1.03

    Parameters
    ----------
    statements
        As `flows.flow_statements` returns them.
    sums
        As `flows.sums_of` returns them.
    """
    stated, base, revised, owner = _sums(statements, sums)
    growth = statements["growth"].to_numpy()[owner]
    least, most = (statements[name].to_numpy()[owner] for name in ("least", "most"))
    none, one, usual = np.zeros(owner.size), np.ones(owner.size), np.full(owner.size, 1 + BASE_REVISION)
    over, under = np.isfinite(least), np.isfinite(most)
    forms = [  # factors of S, B and R, the limit, which statements it is about, whether it is a link
        (one, none, none, most, ~growth & under, False),
        (-one, none, none, -least, ~growth & over, False),
        (one, none, -most, none, growth & under, False),
        (-one, none, least, none, growth & over, False),
        (none, -usual, one, none, growth, True),
        (none, 1 / usual, -one, none, growth, True),
        # Without a level every flow could be zero, and any growth would fit.
        (none, none, -one, -one, growth & growth.all(), False),
    ]
    size = _sizes(statements)
    chosen = [np.flatnonzero(about) for *_, about, _ in forms]
    scale = [1 / size[owner[rows]] for rows in chosen]
    factors = sparse.vstack(
        [
            sparse.hstack([_pick(rows, s * np.median(size) * factor[rows], owner.size) for factor in form[:3]])
            for form, rows, s in zip(forms, chosen, scale, strict=True)
        ],
        format="csr",
    )
    return Inequalities(
        coefficients=sparse.csr_array(factors @ sparse.vstack([stated, base, revised], format="csr")),
        limits=np.concatenate([s * form[3][rows] for form, rows, s in zip(forms, chosen, scale, strict=True)]),
        owner=owner[np.concatenate(chosen)],
        link=np.concatenate([np.full(rows.size, form[5]) for form, rows in zip(forms, chosen, strict=True)]),
        stated=stated[: len(statements)],
        base=base[: len(statements)],
    )


def _pick(rows: np.ndarray, factors: np.ndarray, count: int) -> sparse.csr_array:
    """Return the matrix that takes some of `count` rows, times a factor each."""
    return sparse.csr_array((factors, rows, np.arange(rows.size + 1)), shape=(rows.size, count))


def _sums(
    statements: pl.DataFrame, sums: Sums
) -> tuple[sparse.csr_array, sparse.csr_array, sparse.csr_array, np.ndarray]:
    """Return the sums over the unknowns, the first way of each statement before all second ways.

    Returns
    -------
    tuple
        The sums over the stated span, over the span compared with, and of the revised bases, one row a statement and
        way; and the position of the statement of each row.
    """
    cells = _told_apart({name: sums[name] for name in set(statements["series_id"])})
    spans = list(statements.select("period_start", "period_end", "base_start", "base_end").iter_rows())
    days = {day for a, b, c, d in spans for day in (*_cuts(a, b), *(_cuts(c, d) if c else ()))}
    cut = {day: i for i, day in enumerate(sorted(days))}
    flows = _Columns()
    stated, base, revised = _Rows(), _Rows(), _Rows()
    ways = [(j, cells[name][0]) for j, name in enumerate(statements["series_id"])]
    ways += [(j, way) for j, name in enumerate(statements["series_id"]) for way in cells[name][1:]]
    for j, way in ways:
        start, end, base_start, base_end = spans[j]
        stated.add(flows[cell, t] for cell in way for t in _steps(cut, start, end))
        base.add(flows[cell, t] for cell in way for t in (_steps(cut, base_start, base_end) if base_start else ()))
        revised.add(flows[cell, spans[j]] for cell in (way if base_start else ()))
    sums_over = (rows.matrix(len(flows)) for rows in (stated, base, revised))
    return *sums_over, np.array([j for j, _ in ways], dtype=int)


class _Columns(dict[Hashable, int]):
    """The number of each unknown, given when it is first asked for."""

    def __missing__(self, key: Hashable) -> int:
        return self.setdefault(key, len(self))


class _Rows:
    """Sums of unknowns, row by row."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self.ends = [0]

    def add(self, columns: Iterable[int]) -> None:
        """Append the sum of the given unknowns."""
        self.columns += columns
        self.ends.append(len(self.columns))

    def matrix(self, width: int) -> sparse.csr_array:
        """Return the rows as a matrix of zeros and ones."""
        return sparse.csr_array(
            (np.ones(len(self.columns)), self.columns, self.ends), shape=(len(self.ends) - 1, width)
        )


def _told_apart(sums: Sums) -> dict[str, list[list[Hashable]]]:
    """Return the sums with one cell for all cells that stand in the same sums."""
    holders = defaultdict(list)
    for name, ways in sorted(sums.items()):
        for k, way in enumerate(ways):
            for cell in way:
                holders[cell].append((name, k))
    same = {cell: tuple(held) for cell, held in holders.items()}
    return {name: [list(dict.fromkeys(same[cell] for cell in way)) for way in ways] for name, ways in sums.items()}


def _cuts(start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    return start, end + dt.timedelta(days=1)


def _steps(cut: Mapping[dt.date, int], start: dt.date, end: dt.date) -> range:
    first, after = _cuts(start, end)
    return range(cut[first], cut[after])


def _sizes(statements: pl.DataFrame) -> np.ndarray:
    """Return what counts as 100% of each statement: a level itself, for growth the median level of its series."""
    figure = pl.mean_horizontal(
        pl.when(pl.col(side).is_finite()).then(pl.col(side)) for side in ("least", "most")
    ).abs()
    level = pl.when(~pl.col("growth") & (figure > 0)).then(figure)
    size = pl.coalesce(level, level.median().over("series_id"), level.median(), pl.lit(1.0))
    return statements.select(size=size)["size"].to_numpy()
