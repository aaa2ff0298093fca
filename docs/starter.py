"""Write the statements of the worked example of `silkport new`, from the monthly counts of the bundled panel.

    python docs/starter.py

The Bureau of Transportation Statistics publishes a count for each month. A desk elsewhere rarely has that, so the
example keeps what a bulletin would say of them: totals of years, sums to date, a growth rate, a bound. Each is a sum of
published counts, and its note says of which months.
"""

import csv
import datetime as dt
import io

import polars as pl

from analysis.core.periods import month_end
from analysis.publishing.starter import FILES
from analysis.runtime.folders import BUNDLED_PANEL

PUBLISHER = "US Bureau of Transportation Statistics, Border Crossing Entry Data"
URL = "https://data.bts.gov/Research-and-Statistics/Border-Crossing-Entry-Data/keg4-3bc2"
INDICATOR = "trucks_entering"

#: Port to its series in the panel.
PORTS = {"santa_teresa": "2408|trucks", "laredo": "2304|trucks"}

#: Years whose total is stated; sums to date by their last month: year, month, measure and relation.
YEARS = range(2015, 2024)
TO_DATE = {
    "santa_teresa": ((2023, 6, "level", "eq"), (2024, 3, "level", "eq"), (2024, 6, "yoy_growth", "eq"),
                     (2024, 9, "level", "eq")),
    "laredo": ((2023, 6, "level", "eq"), (2024, 6, "level", "eq"), (2024, 9, "level", "gt")),
}  # fmt: skip

COLUMNS = (
    "statement_id", "series_id", "place", "indicator", "flow", "mode", "period_start", "period_end", "measure",
    "relation", "value", "unit", "value_as_published", "publisher", "url", "published_on", "note", "note_zh",
)  # fmt: skip


def statements() -> str:
    """Return the ledger of the example as CSV."""
    panel = pl.read_parquet(BUNDLED_PANEL)
    rows = []
    for place, series in PORTS.items():
        counts = dict(panel.filter(pl.col("unique_id") == series).select("ds", "y").iter_rows())
        spans = [*((year, 12, "level", "eq") for year in YEARS), *TO_DATE[place]]
        rows += [_row(place, counts, *span) for span in spans]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(
    place: str, counts: dict[dt.date, float], year: int, month: int, measure: str, relation: str
) -> dict[str, object]:
    """Return the statement about January to a month of a year."""
    total, before = (sum(counts[dt.date(each, one, 1)] for one in range(1, month + 1)) for each in (year, year - 1))
    value, unit, printed = total, "vehicles", f"{total:,.0f}"
    if measure == "yoy_growth":
        value, unit = round(total / before - 1, 3), "fraction"
        printed = f"{100 * value:+.1f}%"
    elif relation == "gt":
        value = total // 100_000 * 100_000
        printed = f"over {value / 1e6:.1f} million"
    months, months_zh = f"January to {dt.date(year, month, 1):%B}", f"1至{month}月"
    return {
        "statement_id": f"{place}_{year}_{month:02}",
        "series_id": f"{place}.{INDICATOR}.total.road",
        "place": place,
        "indicator": INDICATOR,
        "flow": "total",
        "mode": "road",
        "period_start": dt.date(year, 1, 1),
        "period_end": month_end(dt.date(year, month, 1)),
        "measure": measure,
        "relation": relation,
        "value": f"{value:g}" if measure == "yoy_growth" else f"{value:.0f}",
        "unit": unit,
        "value_as_published": printed,
        "publisher": PUBLISHER,
        "url": URL,
        "published_on": "",
        "note": f"derived from the monthly counts of {months}",
        "note_zh": f"据{months_zh}各月公布数计算",
    }


def main() -> None:
    """Write the ledger into the template."""
    (FILES / "statements.csv").write_text(statements(), encoding="utf-8")


if __name__ == "__main__":
    main()
