"""Official tables (XLSX, CSV) to proposed rows of the ledger or to a tidy monthly panel (docs/methods/tables.md)."""

from analysis.sources.tables.figures import Reading
from analysis.sources.tables.reading import Wishes, read_tables, taken_for
from analysis.sources.tables.rows import LEDGER, PANEL, Source, ledger_rows, panel_rows

__all__ = [
    "LEDGER",
    "PANEL",
    "Reading",
    "Source",
    "Wishes",
    "ledger_rows",
    "panel_rows",
    "read_tables",
    "taken_for",
]
