"""The tables of the forecast record. Freight stands in 万吨, as in the tables of the port desk."""

from typing import Any

from analysis.desks.track_record import ForecastRecord
from analysis.pages.parts.accuracy import SCORE_COLUMNS, SCORE_NOTE, score_rows
from analysis.pages.parts.table import Table
from analysis.pages.track_record.held_out import held_out
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.dates import span_words
from analysis.pages.words.names import series_name
from analysis.pages.words.rounding import WAN, as_stated, in_unit, interval_in_unit
from analysis.sources.places import Places

__all__ = ["editions", "held_out", "scores"]


def scores(record: ForecastRecord) -> Table:
    """Return the scores of the engine and of seasonal naive, over all origins and by what was known at them."""
    return Table(
        name=Both("Scores", "评分"),
        caption=Both(
            "Forecasts a year ahead of monthly crossings, and what came", "未来一年月度过境量的预测与实际对照"
        ),
        columns=(Both("Model", "模型"), Both("Origins", "预测起点"), Both("#Forecasts", "#预测数"), *SCORE_COLUMNS),
        rows=score_rows(record.scores, record.regimes),
        notes=(SCORE_NOTE,),
    )


def editions(record: ForecastRecord) -> Table:
    """Return what earlier editions said beside what was published later."""
    return Table(
        name=Both("Earlier editions", "以往各版"),
        caption=Both(
            "Earlier editions and later figures, 10,000 tonnes (万吨)", "以往各版的估计与此后公布的数字，万吨"
        ),
        columns=(
            Both("Edition", "版次"), Both("Port", "口岸"), Both("Period", "时期"), Both("#Said", "#当版估计"),
            Both("#80% interval", "#80%区间"), Both("#95% interval", "#95%区间"),
            Both("#Pace carried on", "#按进度推算"), Both("#Published", "#公布数"),
        ),
        rows=tuple(_edition(row, record.places) for row in record.editions.iter_rows(named=True)),
        notes=(
            Both(
                "Made again from what was public on the last day of the edition's month. Pace carried on: the newest "
                "figure since 1 January known then, for as many days as the later one covers.",
                "各版均按该版月份最后一天已公布的内容重新计算。按进度推算：以当时已知的最新累计数（自1月1日起）的日均量，"
                "乘以此后公布数所涵盖的天数。",
            ),
        ),
    )  # fmt: skip


def _edition(row: dict[str, Any], places: Places) -> tuple[Cell, ...]:
    """Return the row of one later figure; the pace has the digits of what the edition said."""
    likely, wide = ((row["median"], row[f"lower{level}"], row[f"upper{level}"]) for level in (80, 95))
    pace: Cell = Both("none known", "当时无累计数")
    if row["baseline"] is not None:
        pace = in_unit(row["baseline"], row["lower80"], row["upper80"], scale=WAN)
    words = as_stated(row["actual"], scale=WAN)
    return (
        f"{row['edition']:%Y-%m}",
        series_name(row["series_id"], places),
        span_words(row["period_start"], row["period_end"]),
        in_unit(*likely, scale=WAN),
        interval_in_unit(*likely, scale=WAN),
        interval_in_unit(*wide, scale=WAN),
        pace,
        Number(words, words, (row["actual"],), WAN).cite([row["statement_id"]]),
    )
