"""Small ledgers for tests of the audit."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from analysis.estimates import contradictions
from analysis.sources import ledger
from tests.evidence import known

HEADER = (
    "statement_id,series_id,place,indicator,flow,mode,period_start,period_end,measure,relation,value,unit,"
    "value_as_published,publisher,published_on,same_as,status"
)


def line(name: str, value: float, printed: str, **cells: str) -> str:
    """Return a ledger line: freight of a port, January to September 2022, unless said otherwise."""
    row = {
        "statement_id": name,
        "place": "port",
        "indicator": "freight_tonnes",
        "flow": "total",
        "mode": "rail",
        "period_start": "2022-01-01",
        "period_end": "2022-09-30",
        "measure": "level",
        "relation": "eq",
        "value": str(value),
        "unit": "tonnes",
        "value_as_published": printed,
        "publisher": "Customs",
        "published_on": "2024-12-31",
        "same_as": "",
        "status": "valid",
    } | cells
    row.setdefault("series_id", ".".join(row[word] for word in ("place", "indicator", "flow", "mode")))
    return ",".join(row[name] for name in HEADER.split(","))


def growth(name: str, value: float, **cells: str) -> str:
    """Return a ledger line of growth on last year, printed in percent with one decimal."""
    return line(name, value, f"{value:+.1%}", **{"measure": "yoy_growth", "unit": "fraction"} | cells)


def write(folder: Path, lines: Iterable[str]) -> Path:
    """Write a ledger and return its path."""
    path = folder / "ledger.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def read(lines: Iterable[str]) -> pl.DataFrame:
    """Return the ledger of some lines, as any ledger is read."""
    with tempfile.TemporaryDirectory() as folder:
        return ledger.read(write(Path(folder), lines))


def contradicting(lines: Iterable[str]) -> pl.DataFrame:
    """Return the contradictions among some lines, under the bundled registers."""
    return contradictions.contradicting(known(read(lines)))
