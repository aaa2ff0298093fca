"""Monthly tables drawn: fans, components, the season taken off, models side by side, and the record."""

import datetime as dt
from typing import Any

import altair as alt
import polars as pl

from analysis.core.periods import add_months
from analysis.core.reasons import Reason
from analysis.desks.monthly_tables import AIRLINE, ENGINE, STRUCTURAL, MonthlyTables
from analysis.desks.monthly_tables.sums import GROUP
from analysis.methods.structural import Explanation
from analysis.pages.monthly_tables.names import MODELS, WAYS, series_name, subject, unit_words
from analysis.pages.monthly_tables.sentences import event_names
from analysis.pages.parts import theme
from analysis.pages.parts.accuracy import error_by_horizon
from analysis.pages.parts.axes import count_axis
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.explained import explained
from analysis.pages.parts.labels import all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import month_words
from analysis.pages.words.quantities import quantity, quantity_interval
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import change

#: Years of history before the months ahead.
YEARS = 4

#: A reconstructed month is drawn only up to this ratio of the upper to the lower bound of its 80% interval.
_WIDEST = 2.5

_FAN = {95: 0.16, 80: 0.22, 50: 0.34}
_NO_UNIT = Both("", "")
_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
_COLOURS = {ENGINE: theme.BLUE, STRUCTURAL: theme.ORANGE, AIRLINE: theme.GREEN}
_DASHES = {ENGINE: [1, 0], STRUCTURAL: [6, 3], AIRLINE: [2, 2]}
_WAY_COLOURS = {"x13": theme.BLUE, "stl": theme.ORANGE, "structural": theme.GREEN}


def fans(tables: MonthlyTables) -> Figure:
    """Return the months behind and ahead of each series and of their sum, last year's repeated beside those ahead."""
    shown = [each for each in tables.order if not each.startswith(GROUP)]
    row, name = tables.total(tables.whole), series_name(tables, tables.whole)
    likely = (pl.col("level") == 80) & (pl.col("time_period") >= row["first"])
    every = all_labels(tables.ahead.path.filter(likely & (pl.col("series_id") == tables.whole)), _month_label)
    return Figure(
        title=_finding(tables),
        notes=(
            Both(
                "By month. Black: figures. Blue: median, with 50, 80 and 95% bands. Dashed: the year before.",
                "月度。黑线：实际数。蓝线：中位数，色带为50%、80%、95%区间。虚线：上年同月。",
            ),
        ),
        alt=Both(f"{name.en}. {every.en}.", f"{name.zh}。{every.zh}。"),
        draw=lambda look: alt.vconcat(*(_fan(tables, each, look) for each in shown), spacing=8),
    )


def _finding(tables: MonthlyTables) -> Both:
    """Return what the fans say: where the months ahead are heading for, beside those before."""
    row, about, unit = tables.total(tables.whole), subject(tables), unit_words(tables)
    fan = (row["median"], row["lower80"], row["upper80"])
    value, count = quantity(*fan, unit=Both("", unit.zh)), tables.horizon
    if not row["before"]:
        return Both(f"{about.en}: {value.en} in the next {count} months", f"{about.zh}：未来{count}个月约{value.zh}")
    rate, head = change(row["median"] / row["before"] - 1), str(about.en)
    return Both(
        f"{head[:1].upper()}{head[1:]}: {value.en} in the next {count} months, {rate.en} on the last {count}",
        f"{about.zh}：未来{count}个月约{value.zh}，较此前{count}个月{rate.zh}",
    )


def _fan(tables: MonthlyTables, series_id: str, look: Look) -> Any:
    """Return the panel of one series."""
    first = tables.ahead.totals.filter(pl.col("series_id") == series_id)["first"][0]
    start = add_months(first, -12 * YEARS)
    path = tables.ahead.path.filter((pl.col("series_id") == series_id) & (pl.col("time_period") >= start))
    history = tables.ahead.history.filter((pl.col("series_id") == series_id) & (pl.col("time_period") >= start))
    drawn = _bearable(path)
    before = _year_before(path, history, first)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y", tickCount="year"))
    base = alt.Chart(with_labels(drawn.filter(pl.col("level") == 80), _month_label, look.lang))
    band = alt.Chart(drawn).mark_area(color=theme.BLUE, aria=False)
    shade = alt.Opacity("level:N", scale=alt.Scale(domain=list(_FAN), range=list(_FAN.values())), legend=None)
    line: dict[str, Any] = {"strokeWidth": 1.5, "aria": False}
    return alt.layer(
        band.encode(x, count_axis("lower", look), alt.Y2("upper"), shade),
        alt.Chart(before)
        .mark_line(color=theme.MUTED, strokeDash=[4, 3], **line)
        .encode(x, count_axis("obs_value", look)),
        alt.Chart(history).mark_line(color=theme.INK, **line).encode(x, count_axis("obs_value", look)),
        base.mark_line(color=theme.BLUE, **line).encode(x, count_axis("median", look)),
        base.mark_point(filled=True, color=theme.BLUE, size=12, opacity=1).encode(
            x, count_axis("median", look), **_SPOKEN
        ),
    ).properties(
        width=look.width - 60, height=110, title=alt.TitleParams(look.say(series_name(tables, series_id)), fontSize=12)
    )


def _bearable(path: pl.DataFrame) -> pl.DataFrame:
    """Return the months whose 80% interval is narrow enough to be drawn, with all their levels."""
    likely = path.filter(pl.col("level") == 80)
    kept = likely.filter((pl.col("upper") <= _WIDEST * pl.col("lower")) | (pl.col("obs_status") == "forecast"))
    return path.join(kept.select("time_period"), on="time_period", how="semi").sort("time_period", "level")


def _year_before(path: pl.DataFrame, history: pl.DataFrame, first: dt.date) -> pl.DataFrame:
    """Return the months a year before those ahead, moved by a year."""
    known = history if len(history) else path.filter(pl.col("level") == 80).select("time_period", obs_value="median")
    moved = known.select(pl.col("time_period").dt.offset_by("1y"), "obs_value")
    ahead = path.filter(pl.col("time_period") >= first)["time_period"].unique()
    return moved.filter(pl.col("time_period").is_in(ahead.implode()))


def _month_label(row: dict[str, Any]) -> Both:
    """Return `May 2025: 235,000, 80%: 215,000 to 255,000`."""
    fan, month = (row["median"], row["lower"], row["upper"]), month_words(row["time_period"])
    value, interval = quantity(*fan, unit=_NO_UNIT), quantity_interval(*fan, unit=_NO_UNIT)
    return Both(f"{month.en}: {value.en}, 80%: {interval.en}", f"{month.zh}：{value.zh}，80%区间{interval.zh}")


def components(tables: MonthlyTables) -> Figure | Undrawn:
    """Return trend, season and effects of the first series; or why there is no structural model."""
    name, found = series_name(tables, tables.main), tables.models[tables.main].explanation
    unit = unit_words(tables)
    drawn = tables.main in tables.source.paths
    measured = Both(f"{unit.en} a day of opening" if drawn else f"{unit.en} a month" if unit.en else "a month",
                    f"{unit.zh}/开放日" if drawn else f"{unit.zh}/月")  # fmt: skip
    title = Both(
        f"{name.en}: trend, season and effects, {measured.en}", f"{name.zh}：趋势、季节与各项影响，{measured.zh}"
    )
    if isinstance(found, Reason):
        return Undrawn(title, reason_words(found))
    return explained(found, title=title, names=event_names(tables))


def adjusted(tables: MonthlyTables) -> Figure | Undrawn:
    """Return the first series with its season taken off by X-13, by STL and by the structural model."""
    name = series_name(tables, tables.main)
    title = Both(f"{name.en}: the season taken off in three ways", f"{name.zh}：三种季节调整结果")
    table = adjusted_series(tables, tables.main)
    if table.is_empty():
        return Undrawn(title, reason_words(_first_reason(tables)))
    missing = [_not_made(tables, way) for way in WAYS if way not in table["way"]]
    ends = table.filter(pl.col("time_period") == pl.col("time_period").max())
    every = all_labels(ends, _adjusted_label)
    return Figure(
        title=title,
        notes=(
            Both(
                "Grey: figures. Blue: X-13. Orange, dashed: STL. Green, dotted: structural model.",
                "灰线：原始数。蓝线：X-13。橙色虚线：STL。绿色点线：结构模型。",
            ),
            *missing,
        ),
        alt=Both(f"{title.en}. {every.en}.", f"{title.zh}。{every.zh}。"),
        draw=lambda look: _draw_adjusted(tables, table, look),
        height=240,
    )


def adjusted_series(tables: MonthlyTables, series_id: str) -> pl.DataFrame:
    """Return `way, time_period, obs_value`: the series with its season taken off, by each way that could be."""
    fits = tables.models[series_id]
    frames = [pl.DataFrame(schema={"way": pl.String, "time_period": pl.Date, "obs_value": pl.Float64})]
    for way, found in fits.adjustments.items():
        if not isinstance(found, Reason):
            frames.append(found.table.select(way=pl.lit(way), time_period="time_period", obs_value="adjusted"))
    if isinstance(fits.explanation, Explanation):
        own = fits.explanation.adjusted().drop_nulls()
        frames.append(own.select(way=pl.lit("structural"), time_period="time_period", obs_value="obs_value"))
    return pl.concat(frames)


def _first_reason(tables: MonthlyTables) -> Reason:
    found = tables.models[tables.main].explanation
    return found if isinstance(found, Reason) else Reason("no_past")


def _not_made(tables: MonthlyTables, way: str) -> Both:
    """Return why one of the ways was not taken."""
    fits = tables.models[tables.main]
    found = fits.explanation if way == "structural" else fits.adjustments[way]
    reason = reason_words(found) if isinstance(found, Reason) else Both("", "")
    return Both(f"{WAYS[way].en} is not drawn: {reason.en}.", f"未画{WAYS[way].zh}：{reason.zh}。")


def _adjusted_label(row: dict[str, Any]) -> Both:
    """Return `X-13, February 2025: 248,400`."""
    way, month = WAYS[row["way"]], month_words(row["time_period"])
    value = quantity(row["obs_value"], row["obs_value"] * 0.995, row["obs_value"] * 1.005, unit=_NO_UNIT)
    return Both(f"{way.en}, {month.en}: {value.en}", f"{way.zh}，{month.zh}：{value.zh}")


def _draw_adjusted(tables: MonthlyTables, table: pl.DataFrame, look: Look) -> Any:
    last = table["time_period"].max()
    assert isinstance(last, dt.date)
    recent = pl.col("time_period") > add_months(last, -12 * 2 * YEARS)
    x = alt.X("time_period:T", axis=alt.Axis(title=None, format="%Y", tickCount=4 if look.narrow else "year"))
    figures = tables.source.months(tables.main).filter(recent)
    layers = []
    if tables.main not in tables.source.paths:
        raw = alt.Chart(figures).mark_line(color=theme.MUTED, opacity=0.45, strokeWidth=1.5, aria=False)
        layers.append(raw.encode(x, count_axis("obs_value", look)))
    for way, dash in (("x13", [1, 0]), ("stl", [6, 3]), ("structural", [2, 2])):
        own = alt.Chart(table.filter(recent & (pl.col("way") == way)))
        line = own.mark_line(color=_WAY_COLOURS[way], strokeDash=dash, strokeWidth=1.5, aria=False)
        layers.append(line.encode(x, count_axis("obs_value", look)))
    return alt.layer(*layers)


def side_by_side(tables: MonthlyTables) -> Figure:
    """Return the months ahead of the first series by the engine, the structural and the airline model."""
    name, table = series_name(tables, tables.main), tables.side_by_side().filter(pl.col("series_id") == tables.main)
    likely = table.filter(pl.col("level") == 80)
    every = all_labels(likely, _model_label)
    return Figure(
        title=Both(f"{name.en}: the months ahead by three models", f"{name.zh}：三种模型的未来各月"),
        notes=(
            Both(
                "Band: 80% interval of the engine (silkport), whose forecasts are those of this page.",
                "色带：本页采用的预测引擎（silkport）的80%区间。",
            ),
        ),
        alt=Both(f"{name.en}. {every.en}.", f"{name.zh}。{every.zh}。"),
        draw=lambda look: _draw_models(likely, look),
        height=220,
    )


def _draw_models(likely: pl.DataFrame, look: Look) -> Any:
    last = likely["time_period"].max()
    assert isinstance(last, dt.date)
    first = likely["time_period"].min()
    end = add_months(last, 3 if not look.narrow else 5)
    axis = alt.Axis(title=None, format="%Y-%m", tickCount=4 if look.narrow else 8)
    x = alt.X("time_period:T", axis=axis, scale=alt.Scale(domain=[_stamp(first), _stamp(end)]))
    band = alt.Chart(likely.filter(pl.col("model") == ENGINE)).mark_area(color=theme.BLUE, opacity=0.2, aria=False)
    layers = [band.encode(x, count_axis("lower", look), alt.Y2("upper"))]
    shown = [model for model in _COLOURS if model in likely["model"]]
    ends = likely.filter(pl.col("time_period") == last).sort("median")["model"].to_list()
    for model in shown:
        own = with_labels(likely.filter(pl.col("model") == model), _model_label, look.lang)
        base = alt.Chart(own).encode(x, count_axis("median", look))
        layers.append(base.mark_line(color=_COLOURS[model], strokeDash=_DASHES[model], aria=False))
        layers.append(base.mark_point(filled=True, color=_COLOURS[model], size=16, opacity=1).encode(**_SPOKEN))
        words = own.tail(1).with_columns(words=pl.lit(look.say(MODELS[model])))
        offset = 14 * (1 - ends.index(model)) if len(ends) > 2 else 0
        mark = alt.Chart(words).mark_text(
            align="left", dx=8, dy=offset, color=_COLOURS[model], fontWeight=700, aria=False
        )
        layers.append(mark.encode(x, count_axis("median", look), text="words:N"))
    return alt.layer(*layers)


def _stamp(day: Any) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=1)


def _model_label(row: dict[str, Any]) -> Both:
    """Return `structural model, May 2025: 235,000, 80%: 215,000 to 255,000`."""
    model, rest = MODELS[row["model"]], _month_label(row)
    return Both(f"{model.en}, {rest.en}", f"{model.zh}，{rest.zh}")


def record(tables: MonthlyTables) -> Figure | Undrawn:
    """Return the error of forecasts from past months by months ahead; or why there is no record."""
    if isinstance(tables.record, Reason):
        title = Both("Error of forecasts from past months", "过去各起点预测的误差")
        return Undrawn(title, reason_words(tables.record))
    return error_by_horizon(tables.record.summary("horizon"))
