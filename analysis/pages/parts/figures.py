"""Results drawn as they come: a fan of any path, a record, a structural model, an adjusted series."""

from functools import singledispatch
from typing import Any

import altair as alt
import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.suggestions import suggestion
from analysis.methods.backtesting import Backtest
from analysis.methods.forecasting import Forecast
from analysis.methods.reconstruction import Reconstruction
from analysis.methods.seasonal import Adjustment
from analysis.methods.structural import Explanation
from analysis.pages.parts import theme
from analysis.pages.parts.accuracy import error_by_horizon
from analysis.pages.parts.axes import count_axis
from analysis.pages.parts.chart import Figure, Look
from analysis.pages.parts.explained import explained
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import period_words
from analysis.pages.words.rounding import amount

#: Panels of one chart, unless series are named.
MOST_PANELS = 6

#: Opacity of the bands, from the widest level to the narrowest.
_LIGHTEST, _DARKEST = 0.14, 0.34

_NOTHING = pl.DataFrame(schema={"series_id": pl.String, "time_period": pl.Date, "obs_value": pl.Float64})


@singledispatch
def figure(result: Any, **options: Any) -> Figure:
    """Return the chart of a result.

    Parameters
    ----------
    result
        A forecast, a reconstruction, a record, a structural model or an adjusted series.
    options
        `series` of a forecast: the ids to draw, one or several. `freq` of a reconstruction: `M` or `A`. `title` of all:
        what is counted, with its unit, in both languages (`Both`) or in one for both.

    Raises
    ------
    TypeError
        If the result is none of them.
    """
    raise TypeError(f"A {type(result).__name__} has no chart; {sorted(options)} are of no use. Draw its table.")


@figure.register
def _forecast(result: Forecast, *, series: str | list[str] = "", title: str | Both = "") -> Figure:
    wanted = [series] if isinstance(series, str) and series else list(series)
    known = result.table["series_id"].unique(maintain_order=True).to_list()
    for name in wanted:
        if name not in known:
            raise CoverageError(f"The forecast has no series {name!r}. {suggestion(name, known)}")
    shown = wanted or known[:MOST_PANELS]
    left = len(known) - len(shown)
    more = Both("", "")
    if left and not wanted:
        more = Both(f" {left} more are not drawn: name them as `series`.", f"另有{left}条序列未画，可用series指定。")
    return fan(result.table, shown, history=result.history, title=title, more=more)


@figure.register
def _reconstruction(result: Reconstruction, *, freq: str = "M", title: str | Both = "") -> Figure:
    path = result.path.filter(pl.col("freq") == freq)
    return fan(path, [result.series_id], title=title or f"{result.series_id}, {result.unit}")


@figure.register
def _backtest(result: Backtest) -> Figure:
    return error_by_horizon(result.summary("horizon"))


@figure.register
def _explanation(result: Explanation, *, title: str | Both = "") -> Figure:
    return explained(result, title=title or Both("Trend, season and effects", "趋势、季节与各项影响"))


@figure.register
def _adjustment(result: Adjustment, *, title: str | Both = "") -> Figure:
    bounds = result.at(80).with_columns(pl.coalesce(name, "adjusted").alias(name) for name in ("lower", "upper"))
    drawn = pl.col("lower") < pl.col("upper")
    path = bounds.select(
        series_id=pl.lit(result.method), time_period="time_period", level=pl.lit(80), median="adjusted",
        lower=pl.when(drawn).then("lower"), upper=pl.when(drawn).then("upper"),
    )  # fmt: skip
    history = bounds.select(series_id=pl.lit(result.method), time_period="time_period", obs_value="obs_value")
    return fan(path, [result.method], history=history, title=title or Both("Season taken off", "季节调整"))


def fan(
    path: pl.DataFrame,
    series: list[str] | None = None,
    *,
    history: pl.DataFrame = _NOTHING,
    title: str | Both = "",
    more: Both | None = None,
) -> Figure:
    """Return medians with their bands, a panel a series, after the figures behind them.

    Parameters
    ----------
    path
        `series_id, time_period, level, median, lower, upper`: any path, of months, quarters, weeks or years.
    series
        Which series; the first `MOST_PANELS` if not given.
    history
        `series_id, time_period, obs_value`: figures drawn in black.
    title
        What is counted, with its unit.
    more
        A sentence after the note, in both languages.
    """
    shown = series or path["series_id"].unique(maintain_order=True).to_list()[:MOST_PANELS]
    levels = path["level"].unique().sort().to_list()
    head = title if isinstance(title, Both) else Both(title or ", ".join(shown[:3]), title or "、".join(shown[:3]))
    named = ", ".join(map(str, levels))
    likely = path.filter((pl.col("level") == levels[0]) & (pl.col("series_id") == shown[0])).drop_nulls("median")
    every, behind = all_labels(likely, _label), more or Both("", "")
    return Figure(
        title=head,
        notes=(
            Both(f"Black: figures. Blue: median, bands {named}%.{behind.en}",
                 f"黑线：实际数。蓝线：中位数，色带为{named}%区间。{behind.zh}"),
        ),
        alt=Both(f"{shown[0]}. {every.en}.", f"{shown[0]}。{every.zh}。"),
        draw=lambda look: alt.vconcat(*(_panel(path, history, each, look) for each in shown), spacing=8),
    )  # fmt: skip


def _panel(path: pl.DataFrame, history: pl.DataFrame, series_id: str, look: Look) -> Any:
    own = path.filter(pl.col("series_id") == series_id).sort("time_period", "level")
    levels = own["level"].unique().sort(descending=True).to_list()
    steps = max(len(levels) - 1, 1)
    opacities = [_LIGHTEST + (_DARKEST - _LIGHTEST) * place / steps for place in range(len(levels))]
    shade = alt.Opacity("level:N", scale=alt.Scale(domain=levels, range=opacities), legend=None)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, tickCount=4 if look.narrow else 8))
    line: dict[str, Any] = {"strokeWidth": 1.5, "aria": False}
    middle = alt.Chart(with_labels(own.filter(pl.col("level") == levels[-1]), _label, look.lang)).encode(
        x, count_axis("median", look)
    )
    known = alt.Chart(history.filter(pl.col("series_id") == series_id))
    return alt.layer(
        alt.Chart(own).mark_area(color=theme.BLUE, aria=False)
        .encode(x, count_axis("lower", look), alt.Y2("upper"), shade),
        known.mark_line(color=theme.INK, **line).encode(x, count_axis("obs_value", look)),
        middle.mark_line(color=theme.BLUE, **line),
        middle.mark_point(filled=True, color=theme.BLUE, size=12, opacity=1)
        .encode(description="label:N", tooltip="label:N"),
    ).properties(width=look.width - 60, height=140, title=alt.TitleParams(series_id, fontSize=12))  # fmt: skip


def _label(row: dict[str, Any]) -> Both:
    """Return `May 2025: 235,000, 80%: 215,000 to 255,000`."""
    when = period_words(row["time_period"], row.get("freq", "M"))
    low, high = (row["median"] if row[name] is None else row[name] for name in ("lower", "upper"))
    words = amount(row["median"], low, high)
    return Both(
        f"{when.en}: {words.value}, {row['level']}%: {words.interval}",
        f"{when.zh}：{words.value}，{row['level']}%区间{words.lower}至{words.upper}",
    )
