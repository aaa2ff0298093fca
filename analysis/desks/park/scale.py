"""How large a park's expected output is beside the economy that it lies in (docs/methods/structure.md)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.methods.structure import location_quotient, shift_share
from analysis.sources.evidence import Known

SECTORS = ("primary", "secondary", "tertiary")

#: What each quantity is called in the ledger and in the yearbooks, the first that is found being taken.
_NAMES = {
    "gdp": ("gdp_cny",),
    "industry": ("industrial_value_added_cny", "gdp_industry_cny"),
    **{sector: (f"{sector}_value_added_cny", f"gdp_{sector}_cny") for sector in SECTORS},
}

#: Years that two economies' sectors may lie apart and still be compared.
_MOST_APART = 2

_COLUMNS = ("place", "indicator", "period_start", "period_end", "value", "statement_id", "publisher", "url",
            "published_on", "value_as_published")  # fmt: skip


@dataclass(frozen=True)
class ValueAddedRatio:
    """Value added by yuan of gross output, as one park published both for one span.

    Attributes
    ----------
    ratio
        Value added over output, a fraction.
    park, start, end
        The park and the span.
    ids
        The statements of value added and output.
    """

    ratio: float
    park: str
    start: dt.date
    end: dt.date
    ids: tuple[str, str]


@dataclass(frozen=True, eq=False)
class Scale:
    """An economy, and a park's target beside it.

    Attributes
    ----------
    economy, parent, nation
        The park's prefecture, the region around it, and the nation.
    figures
        Newest yearly figures of the economy: `what` (`gdp`, `industry`, `primary`, `secondary`, `tertiary`), `year`,
        `value` (yuan at current prices), `statement_id`, `in_ledger`, `publisher`, `url`, `published_on`.
    ratio
        Value added by output of the peer that published both; None where none did.
    quotients
        `sector`, `share`, `parent_share` (fractions of the sum of sectors), `quotient`, `year`, `parent_year`; without
        rows where the sectors of both were not published within two years.
    shift
        `industry` (sector), `national`, `mix`, `competitive`, `change`, yuan: the parent's growth inside the nation's,
        between `shift_years`; without rows where fewer than two common years were published.
    shift_years
        First and last common year; None without rows.
    """

    economy: str
    parent: str
    nation: str
    figures: pl.DataFrame
    ratio: ValueAddedRatio | None
    quotients: pl.DataFrame
    shift: pl.DataFrame
    shift_years: tuple[int, int] | None

    def figure(self, what: str) -> dict[str, Any] | None:
        """Return the newest figure of one kind; None where none was published."""
        rows = self.figures.filter(pl.col("what") == what)
        return rows.row(0, named=True) if rows.height else None

    def share(self, output_cny: float, of: str) -> float | None:
        """Return the value added of an output, by the peer's ratio, as a fraction of an amount of the economy."""
        figure = self.figure(of)
        return None if self.ratio is None or figure is None else output_cny * self.ratio.ratio / figure["value"]


def scale(known: Known, *, park: str, economy: str, parent: str = "xinjiang", nation: str = "china") -> Scale:
    """Return the scale of an economy, as far as it had been published.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    park
        The park that is asked about; the ratio of value added comes from another one.
    economy, parent, nation
        Places of the ledger and the yearbooks.
    """
    facts = _yearly(known)
    shift, years = _shift(facts, parent, nation)
    return Scale(
        economy=economy,
        parent=parent,
        nation=nation,
        figures=_newest(facts, economy),
        ratio=_ratio(known, park),
        quotients=_quotients(facts, economy, parent),
        shift=shift,
        shift_years=years,
    )


def _yearly(known: Known) -> pl.DataFrame:
    """Return the whole years of the quantities in yuan, `what` and `year` beside them, ledger before yearbooks."""
    ledger = known.statements.filter((pl.col("status") == "valid") & (pl.col("measure") == "level"))
    yearbook = known.evidence.yearbook.filter(
        (pl.col("measure") == "level") & (pl.col("unit") == "CNY") & (pl.col("published_on") <= known.as_of)
    )
    named = {name: what for what, names in _NAMES.items() for name in names}
    both = pl.concat(
        [table.select(_COLUMNS).with_columns(in_ledger=pl.lit(at == 0)) for at, table in enumerate((ledger, yearbook))]
    )
    whole = (pl.col("period_start").dt.ordinal_day() == 1) & (
        pl.col("period_end") == pl.date(pl.col("period_start").dt.year(), 12, 31)
    )
    return (
        both.filter(pl.col("indicator").is_in(list(named)) & whole)
        .with_columns(what=pl.col("indicator").replace_strict(named), year=pl.col("period_end").dt.year())
        .sort("in_ledger", "published_on", descending=[True, True], nulls_last=True)
        .unique(["place", "what", "year"], keep="first", maintain_order=True)
    )


def _newest(facts: pl.DataFrame, economy: str) -> pl.DataFrame:
    own = facts.filter(pl.col("place") == economy).sort("year", descending=True)
    newest = own.unique("what", keep="first", maintain_order=True)
    order = {what: at for at, what in enumerate(_NAMES)}
    return newest.sort(pl.col("what").replace_strict(order)).select(
        "what", "year", "value", "statement_id", "in_ledger", "publisher", "url", "published_on"
    )


def _ratio(known: Known, park: str) -> ValueAddedRatio | None:
    """Return the newest pair of value added and output of one park and span, other than the park itself."""
    parks = known.places.parks["park"].to_list()
    own = known.statements.filter(
        pl.col("place").is_in(parks)
        & (pl.col("place") != park)
        & (pl.col("status") == "valid")
        & (pl.col("measure") == "level")
    )
    added, output = (
        own.filter(pl.col("indicator") == name) for name in ("industrial_value_added_cny", "output_value_cny")
    )
    pairs = added.join(output, on=["place", "period_start", "period_end"], suffix="_output").sort("period_end", "place")
    if pairs.is_empty():
        return None
    row = pairs.row(-1, named=True)
    ids = (row["statement_id"], row["statement_id_output"])
    return ValueAddedRatio(
        row["value"] / row["value_output"], row["place"], row["period_start"], row["period_end"], ids
    )


def _sectors(facts: pl.DataFrame, place: str) -> dict[int, list[float]]:
    """Return the sectors of a place by year, of the years in which all three were published."""
    own = facts.filter((pl.col("place") == place) & pl.col("what").is_in(SECTORS))
    years: dict[int, dict[str, float]] = {}
    for year, what, value in own.select("year", "what", "value").iter_rows():
        years.setdefault(year, {})[what] = value
    return {year: [found[what] for what in SECTORS] for year, found in years.items() if len(found) == len(SECTORS)}


def _quotients(facts: pl.DataFrame, economy: str, parent: str) -> pl.DataFrame:
    """Return location quotients of the newest year of the economy whose parent has one close enough."""
    own, around = _sectors(facts, economy), _sectors(facts, parent)
    pairs = [(year, -abs(year - other), other) for year in own for other in around if abs(year - other) <= _MOST_APART]
    schema = {"sector": pl.String, "share": pl.Float64, "parent_share": pl.Float64, "quotient": pl.Float64,
              "year": pl.Int64, "parent_year": pl.Int64}  # fmt: skip
    if not pairs:
        return pl.DataFrame(schema=schema)
    year, _, other = max(pairs)
    quotients = location_quotient(own[year], around[other])
    rows = [
        (
            sector,
            own[year][at] / sum(own[year]),
            around[other][at] / sum(around[other]),
            float(quotients[at]),
            year,
            other,
        )
        for at, sector in enumerate(SECTORS)
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _shift(facts: pl.DataFrame, parent: str, nation: str) -> tuple[pl.DataFrame, tuple[int, int] | None]:
    """Return shift-share of the parent in the nation between the first and the last year that both have."""
    region, whole = _sectors(facts, parent), _sectors(facts, nation)
    years = sorted(set(region) & set(whole))
    if len(years) < 2:
        empty = {"industry": pl.String, **dict.fromkeys(("national", "mix", "competitive", "change"), pl.Float64)}
        return pl.DataFrame(schema=empty), None
    first, last = years[0], years[-1]
    table = pl.DataFrame({
        "industry": SECTORS, "region_start": region[first], "region_end": region[last],
        "nation_start": whole[first], "nation_end": whole[last],
    })  # fmt: skip
    return shift_share(table), (first, last)
