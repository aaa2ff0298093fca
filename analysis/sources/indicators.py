"""The register of indicators: of what kind each one is, what activity it shows, its unit and both its names."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import polars as pl

from analysis.core import units
from analysis.core.errors import RegisterError
from analysis.sources import csv_tables
from analysis.sources.csv_tables import BadRow

INDICATORS = pl.Schema(dict.fromkeys(("indicator", "kind", "activity", "unit", "name_en", "name_zh"), pl.String))

#: The kinds of indicators; only the first adds up over the months of a year.
KINDS = {
    "flow": "adds up over the months of a year: tonnes, vehicles, trains, persons, values",
    "programme": "adds up over the term of a plan or batch of projects, not month by month: aid, orders, contracts",
    "account": "is compiled by quarter, with levels at current and growth at constant prices: gross domestic product",
    "stock": "holds at one moment: people, firms, areas, capacities",
    "ratio": "sets one quantity against another: shares, growth rates, amounts per head",
    "index": "is a price, or its change: consumer prices, exchange rates",
    "difference": "is one quantity less another, so that a part can be larger than the whole",
}

#: Kinds of which a part of a period never holds more than the whole period.
ADDITIVE_KINDS = ("flow", "programme", "account")

#: What rises and falls together: `traffic` is goods that pass a port (persons are none: travellers were stopped when
#: goods were not); `trade` is the value of all goods, at a port as well as of a region or country.
ACTIVITIES = ("traffic", "trade")


class Indicator(NamedTuple):
    """A row of the register; what its columns mean stands in data/README.md."""

    kind: str
    activity: str | None
    unit: str
    name_en: str
    name_zh: str


@dataclass(frozen=True, eq=False)
class Indicators:
    """What is known of indicators. One that is not listed is taken as a flow and has no activity.

    Attributes
    ----------
    table
        `indicators.csv`: `indicator`, `kind` (one of `KINDS`), `activity` (one of `ACTIVITIES`, or null), `unit`,
        `name_en`, `name_zh`; without rows where nothing is known.
    """

    table: pl.DataFrame

    @cached_property
    def rows(self) -> Mapping[str, Indicator]:
        """The rows of the register by indicator."""
        return {name: Indicator(*row) for name, *row in self.table.select(INDICATORS.names()).iter_rows()}

    def kind(self, indicator: str | None) -> str:
        """Return the kind of an indicator, one of `KINDS`."""
        row = self.rows.get(indicator or "")
        return row.kind if row else "flow"

    def is_flow(self, indicator: str | None) -> bool:
        """Return whether an indicator adds up over the months of a year."""
        return self.kind(indicator) == "flow"

    def activity(self, indicator: str | None) -> str | None:
        """Return the activity that an indicator shows, one of `ACTIVITIES`; None for any other."""
        row = self.rows.get(indicator or "")
        return row.activity if row else None

    def names(self, indicator: str) -> tuple[str, str]:
        """Return the English and the Chinese name; one that is not listed is called as the ledger has it."""
        row = self.rows.get(indicator)
        plain = indicator.replace("_", " ")
        return (row.name_en, row.name_zh) if row else (plain, plain)

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the indicators of some kinds, in the order of the register."""
        return [name for name, row in self.rows.items() if row.kind in kinds]

    def unlisted(self, ledger: pl.DataFrame) -> list[BadRow]:
        """Return a sentence for each row of a ledger whose indicator is not listed; none where nothing is.

        Parameters
        ----------
        ledger
            `line`, `indicator` (null where a minimal ledger has none).
        """
        strange = ledger.filter(pl.col("indicator").is_not_null() & ~pl.col("indicator").is_in(list(self.rows)))
        rows = strange.select("line", "indicator").iter_rows() if self.rows else ()
        return [
            BadRow(line, f"indicator {name!r} is not listed in indicators.csv. {self._remedy(name)}")
            for line, name in rows
        ]

    def _remedy(self, name: str) -> str:
        """Return what to do about an indicator that is not listed."""
        near = difflib.get_close_matches(name.lower(), self.rows, n=1, cutoff=0.8)
        return f"Did you mean {near[0]!r}? If not, add a row for it there." if near else "Add a row for it there."


def read(path: Path) -> Indicators:
    """Read a register of indicators; where there is no such file, nothing is known of any.

    Parameters
    ----------
    path
        An `indicators.csv`.

    Raises
    ------
    RegisterError
        If the file breaks its schema.
    """
    if not path.exists():
        return Indicators(pl.DataFrame(schema=INDICATORS))
    return Indicators(
        csv_tables.read_table(
            path,
            INDICATORS,
            key=("indicator",),
            required=("kind", "unit", "name_en", "name_zh"),
            choices={"kind": list(KINDS), "activity": ACTIVITIES, "unit": list(units.UNITS)},
            error=RegisterError,
        )
    )


@cache
def bundled() -> Indicators:
    """Return the register of the folder of bundled evidence."""
    return read(csv_tables.DATA / "indicators.csv")
