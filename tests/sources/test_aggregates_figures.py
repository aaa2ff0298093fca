"""What the register of aggregates says, against totals and parts that were published for one period."""

import datetime as dt
from functools import cache

import polars as pl

from analysis.sources import ledger
from tests.evidence import bundled
from tests.repository import ROOT

KEY = ["place", "indicator", "flow", "mode", "partner"]
Period = tuple[dt.date, dt.date]


@cache
def figures() -> dict[tuple[str, str, Period], tuple[float, float]]:
    """Return value and rounding half-width of what was published, the finest of each measure and period."""
    rows = ledger.evidence(bundled().statements).filter(pl.col("relation").is_in(["eq", "approx"]))
    rows = rows.sort("half_width", "line").with_columns(what=pl.concat_str(KEY, separator=".", ignore_nulls=True))
    columns = ("what", "measure", "period_start", "period_end", "value", "half_width")
    found: dict[tuple[str, str, Period], tuple[float, float]] = {}
    for what, measure, start, end, value, half_width in rows.select(columns).iter_rows():
        found.setdefault((what, measure, (start, end)), (value, half_width))
    return found


@cache
def parts_in_register(what: str) -> tuple[str, list[str]]:
    """Return the row of the register that is about a total, and its parts; rows of a named place come first."""
    register = bundled().registers["aggregates"]
    words = what.split(".")
    for total in (what, ".".join(["*", *words[1:3], "*"])):
        parts = register.filter(pl.col("total") == total)["part"].to_list()
        if parts and "*" in total:
            return total, [".".join([words[0], *part.split(".")[1:3], *words[3:]]) for part in parts]
        if parts:
            return total, parts
    return "", []


def level(what: str, period: Period) -> tuple[float, float] | None:
    """Return level and half-width as published, or as the sum of all parts."""
    if (what, "level", period) in figures():
        return figures()[what, "level", period]
    parts = [level(part, period) for part in parts_in_register(what)[1]]
    known = [part for part in parts if part is not None]
    return (sum(v for v, _ in known), sum(h for _, h in known)) if known and len(known) == len(parts) else None


def year_before(what: str, period: Period) -> float | None:
    """Return the level of the year before that level and growth imply."""
    now, growth = level(what, period), figures().get((what, "yoy_growth", period))
    return None if now is None or growth is None else now[0] / (1 + growth[0])


@cache
def comparisons() -> pl.DataFrame:
    """Return every published total of which parts were published for the same period.

    `total` names the row of the register; `kind`: levels, growth (all parts), some parts; `gap`: total over parts less
    one, of some parts what they leave of the total; `beyond`: what rounding does not explain.
    """
    rows = []
    for (what, measure, period), (value, half_width) in figures().items():
        total, names = parts_in_register(what)
        parts = [level(part, period) for part in names]
        known = [part for part in parts if part is not None]
        before = [base for name in names if (base := year_before(name, period)) is not None]
        if measure == "level" and known:
            summed, slack = sum(v for v, _ in known), half_width + sum(h for _, h in known)
            if len(known) == len(parts):
                rows.append((total, "levels", value / summed - 1, max(abs(value - summed) - slack, 0.0) / value))
            else:
                rows.append((total, "some parts", 1 - summed / value, 0.0))
        if measure == "yoy_growth" and names and len(before) == len(names):
            rows.append((total, "growth", (1 + value) / (sum(v for v, _ in known) / sum(before)) - 1, 0.0))
    return pl.DataFrame(rows, schema=["total", "kind", "gap", "beyond"], orient="row")


def table() -> list[str]:
    """Return the lines that docs/methods/aggregates.md shows: one a total that the ledger lets one check."""
    lines = []
    for total in bundled().registers["aggregates"]["total"].unique(maintain_order=True):
        gaps = comparisons().filter(pl.col("total") == total)
        if gaps.is_empty():
            continue
        cells = []
        for kind in ("levels", "growth"):
            found = gaps.filter(pl.col("kind") == kind)["gap"].abs()
            cells += [f"{found.len()}", f"{found.max():.2%}" if found.len() else ""]
        rest = gaps.filter(pl.col("kind") == "some parts")["gap"]
        cells += [f"{rest.len()}", f"{rest.min():.2%}" if rest.len() else ""]
        lines.append(f"| `{total}` | {' | '.join(cells)} |".replace("  ", " "))
    return lines


def test_published_totals_are_the_sums_of_their_published_parts_within_rounding() -> None:
    whole = comparisons().filter(pl.col("kind") == "levels")
    assert whole.height > 40
    # floating-point sums leave a hair
    assert whole["beyond"].max() < 1e-9


def test_growth_of_a_total_is_that_of_its_parts() -> None:
    # beyond 1%: Uzbek trade with China in the first half of 2024 only, which data/known_conflicts.csv names
    gaps = comparisons().filter(pl.col("kind") == "growth")["gap"].abs().sort()
    assert gaps.len() == 31
    assert gaps[-2] < 0.01


def test_some_of_the_parts_never_exceed_the_total() -> None:
    assert comparisons().filter(pl.col("kind") == "some parts")["gap"].min() > 0


def test_the_page_shows_the_verification_as_computed() -> None:
    page = (ROOT / "docs" / "methods" / "aggregates.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `") and line.count("|") == 8] == table()


def test_directions_of_all_modes_are_not_split_by_mode_as_rail_alone_exceeds_them() -> None:
    # Horgos 2021: over 3.9 Mt by rail to September (railway), 3.785 Mt by all modes to October (bulletin)
    rows = ledger.read(ROOT / "data" / "statements.csv").filter(
        pl.col("statement_id").is_in(["567056b28b", "8ea1a11a6c"])
    )
    value = dict(rows.select("mode", "value").iter_rows())
    end = dict(rows.select("mode", "period_end").iter_rows())
    assert value["rail"] > value["all"]
    assert end["rail"] < end["all"]
    for name in ("horgos.freight_tonnes.export.all", "alashankou.freight_tonnes.export.all"):
        assert parts_in_register(name) == ("", [])
