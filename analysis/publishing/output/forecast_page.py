"""A forecast as one page: the fans of its first series, and the table of all."""

from typing import Any

from analysis.methods.forecasting import Forecast
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import period_words
from analysis.pages.words.phrases import OBS_STATUSES
from analysis.pages.words.rounding import in_unit, interval_in_unit
from analysis.publishing.output import html
from analysis.publishing.output.content import figure_html
from analysis.publishing.output.page_writer import PageWriter


def render(forecast: Forecast) -> bytes:
    """Return the page of a forecast, in both languages: one file that works offline.

    Parameters
    ----------
    forecast
        As `forecasting.forecast` returns it.
    """
    writer = PageWriter()
    parts = [figure_html(forecast.chart().as_json(), writer)] if len(forecast.table) else []
    parts.append(_table(forecast).html(writer))
    count = forecast.table["series_id"].n_unique()
    return html.render_forecast(body="\n".join(parts), said=forecast.describe(), said_zh=f"{count}条序列的预测")


def _table(forecast: Forecast) -> Table:
    """Return all rows."""
    return Table(
        name=Both("Forecast", "预测"),
        caption=Both("The time ahead, in the unit of the panel", "未来各期，单位与原数据相同"),
        columns=(
            Both("Series", "序列"), Both("Period", "时期"), Both("#Level, %", "#区间级别，%"),
            Both("#Median", "#中位数"), Both("#Interval", "#区间"), Both("Kind", "性质"),
        ),
        rows=tuple(_row(row) for row in forecast.table.iter_rows(named=True)),
        notes=tuple(Both(note, note) for note in (*forecast.skipped.values(), *forecast.notes)),
    )  # fmt: skip


def _row(row: dict[str, Any]) -> tuple[Any, ...]:
    fan = (row["median"], row["lower"], row["upper"])
    level = str(row["level"])
    return (
        row["series_id"],
        period_words(row["time_period"], row["freq"]),
        level,
        in_unit(*fan, scale=1.0),
        interval_in_unit(*fan, scale=1.0),
        OBS_STATUSES[row["obs_status"]],
    )
