"""Small ledgers of trade."""

import datetime as dt
import tempfile
from pathlib import Path

from analysis.sources import ledger
from analysis.sources.evidence import Known
from tests.evidence import known

HEADER = (
    "statement_id,series_id,place,indicator,flow,mode,partner,period_start,period_end,measure,relation,value,unit,"
    "value_as_published,publisher,published_on,status"
)


def line(name: str, series: str, span: tuple[str, str], value: float, printed: str, **cells: str) -> str:
    """Return a ledger line: a level published at the end of 2025, unless said otherwise."""
    place, indicator, flow, mode, *partner = series.split(".")
    row = {
        "statement_id": name, "series_id": series, "place": place, "indicator": indicator, "flow": flow, "mode": mode,
        "partner": partner[0] if partner else "", "period_start": span[0], "period_end": span[1], "measure": "level",
        "relation": "eq", "value": str(value), "unit": "USD" if "usd" in indicator else "CNY",
        "value_as_published": printed, "publisher": "Customs", "published_on": "2025-12-01", "status": "valid",
    } | cells  # fmt: skip
    return ",".join(row[column] for column in HEADER.split(","))


def rate(name: str, series: str, span: tuple[str, str], value: float) -> str:
    """Return a ledger line of growth on last year, printed in percent with one decimal."""
    return line(name, series, span, value, f"{value:+.1%}", measure="yoy_growth", unit="fraction")


def known_by(*lines: str, day: dt.date = dt.date(2025, 12, 31)) -> Known:
    """Return what of some lines was known by a day, under the bundled registers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return known(ledger.read(path), day)
