"""Statements that cannot all be true: each search returns the smallest set of rows that contradict one another.

All searches use interval arithmetic on rounded figures. Rounding of a sum of parts adds up, and no search
calls a contradiction what rounding explains. A hair of slack keeps floating-point sums from deciding.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import polars as pl

Row = dict[str, Any]

#: Relative slack of every comparison, against floating-point noise.
SLACK = 1e-9

#: A base revised by no more than this is a revision, beyond it a contradiction.
BASE_REVISION = 0.03

#: Units of flows, of which a part of a period never exceeds the whole.
ADDITIVE = (
    "tonnes",
    "vehicles",
    "vehicles_exported",
    "trains",
    "persons",
    "CNY",
    "USD",
    "TEU",
    "wagons",
    "flights",
    "1",
)

_PERIOD = ["period_start", "period_end"]


class Conflict(NamedTuple):
    """A contradiction: its kind, the ids of the smallest conflicting set in order, and the sentence."""

    kind: str
    statement_ids: tuple[str, ...]
    sentence: str


def disagreeing(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find figures of one series, period and measure that exclude each other."""
    groups = rows.group_by(["series_id", *_PERIOD, "measure", "unit"], maintain_order=True)
    for _, group in groups:
        if group.height > 1:
            top, bottom = group.sort("low", "line").row(-1, named=True), group.sort("high", "line").row(0, named=True)
            if _above(top["low"], bottom["high"]):
                yield _conflict("same figure", [bottom, top], f"{_said(bottom)} and {_said(top)} exclude each other")


def shrinking(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find flows of a part of a period that exceed the flow of the whole, as a cumulative that falls."""
    flows = rows.filter((pl.col("measure") == "level") & pl.col("unit").is_in(ADDITIVE) & ~_stock_like())
    for _, group in flows.group_by(["series_id", "unit"], maintain_order=True):
        for part, whole in combinations(group.sort("period_end", "period_start").iter_rows(named=True), 2):
            inner, outer = (part, whole) if _inside(part, whole) else (whole, part)
            if _inside(inner, outer) and _above(inner["low"], outer["high"]):
                yield _conflict("part above whole", [inner, outer], f"{_said(inner)} is more than {_said(outer)}")


def unequal_parts(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find imports, exports and transit that do not add up to the published total of the same period.

    Without a figure for transit the parts may only not exceed the total of freight; value has no transit.
    """
    levels = rows.filter(
        (pl.col("measure") == "level") & pl.col("flow").is_in(["total", "import", "export", "transit"])
    )
    for flows in _grouped(levels, "flow", "mode"):
        if not {"import", "export", "total"} <= flows.keys():
            continue
        total, parts = flows["total"], [flows[name] for name in ("import", "export", "transit") if name in flows]
        low, high = sum(part["low"] for part in parts), sum(part["high"] for part in parts)
        complete = "transit" in flows or total["unit"] in ("CNY", "USD")
        if _above(low, total["high"]) or (complete and _above(total["low"], high)):
            added = " + ".join(_said(part) for part in parts)
            yield _conflict("parts and total", [*parts, total], f"{added} do not add up to {_said(total)}")


def excessive_modes(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find road and rail of one port and period that exceed its total over all modes, pipelines included."""
    levels = rows.filter((pl.col("measure") == "level") & pl.col("mode").is_in(["all", "road", "rail"]))
    for modes in _grouped(levels, "mode", "flow"):
        parts = [modes[name] for name in ("road", "rail") if name in modes]
        if "all" in modes and parts and _above(sum(part["low"] for part in parts), modes["all"]["high"]):
            added = " + ".join(_said(part) for part in parts)
            yield _conflict("modes and total", [*parts, modes["all"]], f"{added} exceed {_said(modes['all'])}")


def unequal_bases(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find growth of imports, exports and total whose implied bases of last year do not add up."""
    sums = rows.filter(pl.col("flow").is_in(["total", "import", "export"]))
    growth = {_key(row): row for row in sums.filter(pl.col("measure") == "yoy_growth").iter_rows(named=True)}
    for flows in _grouped(sums.filter(pl.col("measure") == "level"), "flow", "mode"):
        if flows.keys() != {"import", "export", "total"} or not all(_key(row) in growth for row in flows.values()):
            continue
        bases = {name: implied_base(row, growth[_key(row)]) for name, row in flows.items()}
        low, high = (bases["import"][i] + bases["export"][i] for i in (0, 1))
        if _above(low, bases["total"][1]) or _above(bases["total"][0], high):
            used = [row for level in flows.values() for row in (level, growth[_key(level)])]
            yield _conflict(
                "bases of parts and total",
                used,
                f"{_where(flows['total'])}: last year's parts implied by growth are {low:,.0f} to {high:,.0f}, "
                f"last year's total {bases['total'][0]:,.0f} to {bases['total'][1]:,.0f}",
            )


def revised_bases(rows: pl.DataFrame) -> Iterator[Conflict]:
    """Find last year's figures that this year's figure and growth put more than `BASE_REVISION` away."""
    levels: dict[tuple[Any, ...], Row] = {}
    for row in rows.filter(pl.col("measure") == "level").sort("half_width", "line").iter_rows(named=True):
        levels.setdefault(_key(row), row)
    year_before = rows.filter((pl.col("measure") == "yoy_growth") & (pl.col("relation") == "eq")).with_columns(
        base_start=pl.col("period_start").dt.offset_by("-1y"),
        base_end=(pl.col("period_end").dt.offset_by("1d").dt.offset_by("-1y")).dt.offset_by("-1d"),
    )
    for growth in year_before.iter_rows(named=True):
        level = levels.get(_key(growth))
        base = levels.get((growth["series_id"], growth["base_start"], growth["base_end"]))
        if level is None or base is None:
            continue
        low, high = implied_base(level, growth)
        if base["low"] > high * (1 + BASE_REVISION) or base["high"] < low * (1 - BASE_REVISION):
            yield _conflict(
                "base",
                [base, level, growth],
                f"{_said(base)}, but {_said(level)} at {growth['value']:+.1%} implies {low:,.0f} to {high:,.0f}",
            )


def implied_base(level: Row, growth: Row) -> tuple[float, float]:
    """Return the interval of last year's figure that a level and its growth on last year leave possible.

    Both are rows with `low` and `high`; 37.83 billion at +34.9% puts the base in [28.029, 28.057] billion.
    """
    return level["low"] / (1 + growth["high"]), level["high"] / (1 + max(growth["low"], -1 + SLACK))


def _grouped(levels: pl.DataFrame, column: str, other: str) -> Iterator[dict[str, Row]]:
    """Yield the finest row of each word of a column, for each place, indicator, partner and period."""
    fine = levels.filter(pl.col("place").is_not_null() & pl.col("indicator").is_not_null()).sort("half_width", "line")
    for _, group in fine.group_by(["place", "indicator", other, "partner", "unit", *_PERIOD], maintain_order=True):
        found: dict[str, Row] = {}
        for row in group.iter_rows(named=True):
            found.setdefault(row[column], row)
        yield found


def _stock_like() -> pl.Expr:
    """Return which rows state a position or a change, of which a part may exceed the whole."""
    return pl.col("indicator").fill_null("").str.contains("population|per_capita|_change|stock|balance")


def _key(row: Row) -> tuple[Any, ...]:
    return row["series_id"], row["period_start"], row["period_end"]


def _inside(part: Row, whole: Row) -> bool:
    return bool(
        whole["period_start"] <= part["period_start"]
        and part["period_end"] <= whole["period_end"]
        and (part["period_start"], part["period_end"]) != (whole["period_start"], whole["period_end"])
    )


def _above(low: float, high: float) -> bool:
    return low > high + SLACK * max(abs(low), abs(high))


def _conflict(kind: str, rows: list[Row], fact: str) -> Conflict:
    ids = tuple(row["statement_id"] for row in rows)
    return Conflict(kind, ids, f"{fact}. Look at the sources of {', '.join(ids)}.")


def _where(row: Row) -> str:
    return f"{row['series_id']} {row['period_start']} to {row['period_end']}"


def _said(row: Row) -> str:
    """Return a statement in words: what, when, and the figure as published."""
    return f"{_where(row)} {row['measure']} {row['value_as_published'] or row['value']!s}"
