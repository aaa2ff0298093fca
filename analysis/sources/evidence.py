"""What a data folder holds, and what of it was known by a day.

`Evidence` is the ledger and the registers of a folder as they were when it was read; what is derived from them is kept
on it, so that a changed file is seen by the next read. `Known` is the same as of a day: estimates start from it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from analysis.runtime.addresses import Address
from analysis.runtime.folders import data_folder
from analysis.sources import ledger
from analysis.sources.aggregates import Aggregates
from analysis.sources.calendar import PortCalendars, PortSpans, SpringFestival
from analysis.sources.clearance import clearance
from analysis.sources.indicators import Indicators
from analysis.sources.known_conflicts import withheld
from analysis.sources.other_counts import with_counts
from analysis.sources.places import Places
from analysis.sources.registers import KNOWN_CONFLICTS, OTHER_COUNTS, REGISTERS, RELEASE_RULES
from analysis.sources.yearbook import yearbook


@dataclass(frozen=True, eq=False, repr=False)
class Evidence:
    """The ledger and the registers of a data folder.

    Attributes
    ----------
    statements
        The ledger, as `ledger.read` returns it.
    registers
        The table of each register by its name (`registers.REGISTERS`), without rows where the folder has none.
    """

    statements: pl.DataFrame
    registers: Mapping[str, pl.DataFrame]

    @classmethod
    def read(
        cls,
        folder: str | Path | None = None,
        *,
        statements: str | Path | Address | None = None,
        encoding: str | None = None,
    ) -> "Evidence":
        """Read a data folder.

        Parameters
        ----------
        folder
            A folder with a ledger `statements.csv` and any of the registers; the one that SILKPORT_DATA names, or else
            the bundled one, if not given.
        statements
            Another ledger to read in place of the folder's: a file, or the address of a table.
        encoding
            The encoding of the ledger; found from its content if not given.

        Raises
        ------
        LedgerError, RegisterError
            If a file breaks its schema; all bad rows are listed.
        """
        folder = data_folder() if folder is None else Path(folder)
        registers = read_registers(folder)
        path = folder / ledger.FILE if statements is None else statements
        rules = registers[RELEASE_RULES.name]
        return cls(ledger.read(path, encoding=encoding, release_rules=rules), registers)

    @classmethod
    def of(cls, statements: pl.DataFrame, *, folder: str | Path | None = None) -> "Evidence":
        """Return a ledger that was read before together with the registers of a folder, the bundled ones by default."""
        return cls(statements, read_registers(data_folder() if folder is None else Path(folder)))

    def with_statements(self, statements: pl.DataFrame) -> "Evidence":
        """Return other rows of the ledger together with the same registers."""
        return replace(self, statements=statements)

    def known(self, as_of: dt.date | None = None) -> "Known":
        """Return what had been published by a day; everything if none is given."""
        return Known(self, max(self.statements["available_on"]) if as_of is None else as_of)

    def __repr__(self) -> str:
        """Return how much there is."""
        filled = [name for name, table in self.registers.items() if table.height]
        return f"Evidence({self.statements.height:,} statements, {len(filled)} registers with rows)"

    @cached_property
    def places(self) -> Places:
        """The registers of places."""
        return Places.of(self.registers)

    @cached_property
    def calendars(self) -> PortCalendars:
        """When the ports were open to freight."""
        return PortCalendars(PortSpans.of(self.registers), self.places)

    @cached_property
    def spring_festival(self) -> SpringFestival:
        """When the Spring Festival was."""
        return SpringFestival.of(self.registers)

    @cached_property
    def indicators(self) -> Indicators:
        """What indicators count."""
        return Indicators.of(self.registers)

    @cached_property
    def clearance(self) -> pl.DataFrame:
        """What is published about how ports clear traffic (`clearance.clearance`)."""
        return clearance(self.registers, self.places)

    @cached_property
    def yearbook(self) -> pl.DataFrame:
        """Yearly figures of statistical yearbooks (`yearbook.yearbook`)."""
        return yearbook(self.registers)

    @cached_property
    def aggregates(self) -> Aggregates:
        """What totals are sums of."""
        return Aggregates.of(self.registers, self.places, self.indicators)


@dataclass(frozen=True, eq=False, repr=False)
class Known:
    """What of a data folder had been published by a day.

    Attributes
    ----------
    evidence
        The folder's ledger and registers.
    as_of
        The last day of publication that counts, for statements, closures and events.
    """

    evidence: Evidence
    as_of: dt.date

    def __repr__(self) -> str:
        """Return the day, and how many statements there were."""
        return f"Known({self.statements.height:,} statements by {self.as_of})"

    @cached_property
    def statements(self) -> pl.DataFrame:
        """The statements that a reader had on the day."""
        return ledger.as_of(self.evidence.statements, self.as_of)

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The statements with `count`: whose count a figure is, null for that of its series."""
        return with_counts(self.statements, self.evidence.registers[OTHER_COUNTS.name])

    @cached_property
    def usable(self) -> pl.DataFrame:
        """The statements that may enter a likelihood: each fact once, none of an unresolved contradiction.

        The columns of the ledger, `base_id` (the series that a share is a share of) and `count` (whose count a figure
        is, null for that of its series).
        """
        registers = self.evidence.registers
        statements = self.evidence.aggregates.with_bases(ledger.evidence(self.statements))
        statements = with_counts(statements, registers[OTHER_COUNTS.name])
        return statements.join(withheld(registers[KNOWN_CONFLICTS.name]), on="statement_id", how="anti")

    @property
    def places(self) -> Places:
        """The registers of places."""
        return self.evidence.places

    def at(self, as_of: dt.date) -> "Known":
        """Return what had been published by another day."""
        return self.evidence.known(as_of)


def read_registers(folder: Path) -> dict[str, pl.DataFrame]:
    """Return the table of every register of a folder by its name.

    Raises
    ------
    RegisterError
        If a file breaks its declaration; all bad rows are listed.
    """
    return {register.name: register.read(folder) for register in REGISTERS}
