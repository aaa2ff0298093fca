"""What series, sums and models are called on the page, in both languages."""

from analysis.core import units
from analysis.core.periods import month_end
from analysis.desks.monthly_tables import AIRLINE, ENGINE, STRUCTURAL, MonthlyTables
from analysis.desks.monthly_tables.sums import ALL, GROUP
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import month_words, span_words
from analysis.pages.words.indicators import series_words
from analysis.pages.words.phrases import series as listed

MODELS = {
    ENGINE: Both("silkport", "silkport"),
    STRUCTURAL: Both("structural model", "结构模型"),
    AIRLINE: Both("airline model", "航空模型"),
}

WAYS = {"x13": Both("X-13", "X-13"), "stl": Both("STL", "STL"), "structural": Both("structural model", "结构模型")}

_ALL = Both("All together", "合计")


def series_name(tables: MonthlyTables, series_id: str) -> Both:
    """Return what a series or a sum is called."""
    source = tables.source
    if series_id == ALL:
        return _ALL
    if series_id.startswith(GROUP):
        named = source.names.filter(part_of=series_id.removeprefix(GROUP)).row(0, named=True)
        return Both(named["part_of"], named["part_of_zh"])
    named = source.names.filter(series_id=series_id).row(0, named=True)
    statement = source.known.statements.filter(series_id=series_id).head(1).to_dicts() if source.paths else []
    if statement and named["name"] == series_id:
        return series_words(statement[0], source.known.evidence)
    return Both(named["name"], named["name_zh"])


def subject(tables: MonthlyTables) -> Both:
    """Return what the first sentence is about: `trucks at Laredo and Detroit together`."""
    names = [series_name(tables, name) for name in tables.source.series]
    chosen = names if tables.whole == ALL else names[:1]
    together = Both(" together", "合计") if len(chosen) > 1 else Both("", "")
    every, unit = listed(chosen), unit_words(tables)
    counted = Both(f"{unit.en} at ", "") if unit.en else Both("", "")
    return Both(f"{counted.en}{every.en}{together.en}", f"{every.zh}{together.zh}")


def unit_words(tables: MonthlyTables) -> Both:
    """Return the unit of the first series; empty where the names give none."""
    row = tables.source.names.row(0, named=True)
    if tables.source.paths:
        unit = units.get(tables.source.paths[tables.main].unit)
        return Both(unit.en, unit.zh)
    return Both(row["unit"] or "", row["unit_zh"] or "")


def span(tables: MonthlyTables) -> Both:
    """Return the months ahead as a span: `March 2025 to February 2026`."""
    row = tables.total(tables.whole)
    if row["first"].year == row["last"].year:
        return span_words(row["first"], month_end(row["last"]))
    first, last = month_words(row["first"]), month_words(row["last"])
    return Both(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")
