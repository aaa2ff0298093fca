"""The register of indicators: of what kind each one is, what activity it shows, its unit and both its names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import polars as pl

from analysis.core.suggestions import nearest_word
from analysis.sources.csv_tables import BadRow
from analysis.sources.registers import INDICATORS

#: Kinds of which a part of a period never holds more than the whole period.
ADDITIVE_KINDS = ("flow", "programme", "account")


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
        The register `registers.INDICATORS`: `indicator`, `kind`, `activity` (null for none), `unit`, `name_en`,
        `name_zh`; without rows where nothing is known.
    """

    table: pl.DataFrame

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> "Indicators":
        """Return the indicators of the registers of a folder, by the name of each register."""
        return cls(tables[INDICATORS.name])

    @cached_property
    def rows(self) -> Mapping[str, Indicator]:
        """The rows of the register by indicator."""
        return {name: Indicator(*row) for name, *row in self.table.select(list(INDICATORS.columns)).iter_rows()}

    def kind(self, indicator: str | None) -> str:
        """Return the kind of an indicator, one of `registers.INDICATOR_KINDS`."""
        row = self.rows.get(indicator or "")
        return row.kind if row else "flow"

    def is_flow(self, indicator: str | None) -> bool:
        """Return whether an indicator adds up over the months of a year."""
        return self.kind(indicator) == "flow"

    def activity(self, indicator: str | None) -> str | None:
        """Return the activity that an indicator shows, one of `registers.ACTIVITIES`; None for any other."""
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

    @property
    def below_zero(self) -> list[str]:
        """The indicators that may lie below zero: differences, ratios and prices, which compare two quantities."""
        return self.of_kind("difference", "ratio", "index")

    def monthly_flows(self, series: pl.DataFrame) -> list[str]:
        """Return the series that add up over the months of a year: tonnes, vehicles, trains, persons, values.

        A series without an indicator, or with one that is not listed, counts as a flow.

        Parameters
        ----------
        series
            `series_id`, and `indicator`, null in a minimal ledger.
        """
        flows = pl.Series([self.is_flow(indicator) for indicator in series["indicator"]], dtype=pl.Boolean)
        return series.filter(flows)["series_id"].unique(maintain_order=True).to_list()

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
        near = nearest_word(name, self.rows, similarity=0.8)
        return f"Did you mean {near!r}? If not, add a row for it there." if near else "Add a row for it there."
