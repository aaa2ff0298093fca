"""What parks of the register produced by yuan of capital, by area and by job (docs/methods/reference_class.md)."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from analysis.core.errors import EvidenceError
from analysis.methods.reference_class import LEAST, ReferenceClass, reference_class
from analysis.sources.evidence import Known

CAPITAL, AREA, JOBS, FIRMS = "capital", "area", "jobs", "firms"
CURRENCIES = ("cny", "usd", "uzs")

#: Output may be gross output, or sales where no output was published.
_OUTPUTS = [f"{what}_{currency}" for what in ("output_value", "sales") for currency in CURRENCIES]

#: Days between an output and what it is set against, beyond which they no longer belong together.
_MOST_APART = 3 * 365

#: A planned area stays as it is for longer.
_PLANNED, _PLAN_LASTS = "planned_area_km2", 20 * 365

#: Indicators of each basis. Of the areas the built one is taken where there is one.
_BASES = {
    CAPITAL: [f"investment_{currency}" for currency in CURRENCIES],
    AREA: ["built_area_km2", "area_km2", _PLANNED],
    JOBS: ["jobs"],
    FIRMS: ["firms"],
}

#: Sums over fewer days than this are no year's output: a month or two may be a season.
_LEAST_DAYS = 85

_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class Peers:
    """Parks with an output and something to set it against.

    Attributes
    ----------
    table
        One row a park and basis: `park`, `kind`, `basis` (`capital`, `area`, `jobs` or `firms`), `output_cny` (a year,
        yuan), `output_start`, `output_end`, `spread` (`year`, `years`: the mean of several, or `part`: the annual rate
        of a part of a year), `sales` (whether it is sales), `base` (yuan, square kilometres, persons or firms),
        `base_on`, `ratio`, `age` (years from the park's opening to the output; null where not known), `loose` (whether
        a figure is "over" or "about"), `output_id`, `base_id`, `rate_ids` (of exchange rates).
    """

    table: pl.DataFrame

    def of(self, basis: str) -> pl.DataFrame:
        """Return the parks of one basis, highest ratio first."""
        return self.table.filter(pl.col("basis") == basis).sort("ratio", "park", descending=[True, False])

    @cached_property
    def classes(self) -> dict[str, ReferenceClass]:
        """The class of each basis that has three parks."""
        found = {}
        for basis in _BASES:
            cases = self.of(basis).rename({"park": "case"})
            if cases.height >= LEAST:
                found[basis] = reference_class(cases)
        return found


def peers(known: Known, *, park: str) -> Peers:
    """Return what other parks produced, as far as both figures had been published.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    park
        The park that is asked about: it is not its own peer.

    Raises
    ------
    EvidenceError
        If an amount is in a currency of which no exchange rate was published.
    """
    register = known.places.parks.filter(pl.col("park") != park)
    statements = known.statements.filter(
        pl.col("place").is_in(register["park"].to_list()) & (pl.col("status") == "valid") & (pl.col("value") > 0)
    )
    rows = []
    for row in register.select("park", "kind", "opened").iter_rows(named=True):
        own = statements.filter(pl.col("place") == row["park"])
        rows += [found for basis in _BASES if (found := _pair(known, row, own, basis)) is not None]
    return Peers(pl.DataFrame(rows, schema=_SCHEMA, orient="row"))


_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "park": pl.String, "kind": pl.String, "basis": pl.String, "output_cny": pl.Float64, "output_start": pl.Date,
    "output_end": pl.Date, "spread": pl.String, "sales": pl.Boolean, "base": pl.Float64, "base_on": pl.Date,
    "ratio": pl.Float64, "age": pl.Int64, "loose": pl.Boolean, "output_id": pl.String, "base_id": pl.String,
    "rate_ids": pl.List(pl.String),
}  # fmt: skip


def _pair(known: Known, park: dict[str, Any], own: pl.DataFrame, basis: str) -> tuple[Any, ...] | None:
    """Return a park's output against one basis: the pair that is closest in time, then the newest."""
    outputs = own.filter(
        pl.col("indicator").is_in(_OUTPUTS)
        & (pl.col("measure") == "level")
        & ((pl.col("period_end") - pl.col("period_start")).dt.total_days() >= _LEAST_DAYS)
    )
    bases = own.filter(
        pl.col("indicator").is_in(_BASES[basis]) & ((pl.col("measure") == "stock") | (pl.col("indicator") == _PLANNED))
    )
    pairs = [
        (abs((base["period_end"] - output["period_end"]).days), -output["period_end"].toordinal(),
         _BASES[basis].index(base["indicator"]), output["statement_id"], output, base)
        for output in outputs.iter_rows(named=True)
        for base in bases.iter_rows(named=True)
    ]  # fmt: skip
    near = [pair for pair in pairs if pair[0] <= (_PLAN_LASTS if pair[5]["indicator"] == _PLANNED else _MOST_APART)]
    if not near:
        return None
    *_, output, base = min(near, key=lambda pair: (pair[2], *pair[:2], pair[3]) if basis == AREA else pair[:4])
    return _row(known, park, basis, output, base)


def _row(
    known: Known, park: dict[str, Any], basis: str, output: dict[str, Any], base: dict[str, Any]
) -> tuple[Any, ...]:
    days = (output["period_end"] - output["period_start"]).days + 1
    spread = "year" if abs(days - _YEAR) < 6 else "years" if days > _YEAR else "part"
    yearly = output["value"] if spread == "year" else output["value"] * _YEAR / days
    middle = output["period_start"] + (output["period_end"] - output["period_start"]) / 2
    rate = yuan_rate(known, output["unit"], middle)
    against = yuan_rate(known, base["unit"], middle) if basis == CAPITAL else Rate(1.0, ())
    amount = base["value"] * against.yuan
    opened = int(park["opened"][:4]) if park["opened"] else None
    return (
        park["park"], park["kind"] or "", basis, yearly * rate.yuan, output["period_start"], output["period_end"],
        spread, output["indicator"].startswith("sales"), amount, base["period_end"], yearly * rate.yuan / amount,
        None if opened is None else output["period_end"].year - opened,
        any(row["relation"] != "eq" for row in (output, base)), output["statement_id"], base["statement_id"],
        list(dict.fromkeys([*rate.ids, *against.ids])),
    )  # fmt: skip


class Rate(NamedTuple):
    """Yuan for one unit of a currency, the statements that say so, and the year of that of the yuan."""

    yuan: float
    ids: tuple[str, ...]
    year: int | None = None


def yuan_rate(known: Known, unit: str, day: dt.date) -> Rate:
    """Return the published rate of a currency nearest to a day, by way of the dollar.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    unit
        `CNY`, `USD` or `UZS`.
    day
        The day that the amount belongs to.

    Raises
    ------
    EvidenceError
        If no rate of the currency was published.
    """
    if unit == "CNY":
        return Rate(1.0, ())
    yuan, of_yuan, year = _nearest(known, "fx_cny_per_usd", day)
    if unit == "USD":
        return Rate(yuan, (of_yuan,), year)
    own, of_own, _ = _nearest(known, f"fx_{unit.lower()}_per_usd", day)
    return Rate(yuan / own, (of_own, of_yuan), year)


def _nearest(known: Known, indicator: str, day: dt.date) -> tuple[float, str, int]:
    """Return the published rate whose period lies nearest to a day."""
    rates = known.statements.filter((pl.col("indicator") == indicator) & (pl.col("status") == "valid"))
    if rates.is_empty():
        raise EvidenceError(
            f"No {indicator} was published by {known.as_of}. Add a statement of the rate to the ledger."
        )
    middle = pl.col("period_start") + (pl.col("period_end") - pl.col("period_start")) / 2
    away = (middle - pl.lit(day)).dt.total_days().abs()
    row = rates.sort(away, "statement_id").row(0, named=True)
    return float(row["value"]), str(row["statement_id"]), int(row["period_end"].year)
