"""What the models of monthly tables say: effects with their errors, and diagnostics in words."""

import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.monthly_tables import MonthlyTables
from analysis.methods.seasonal import Adjustment
from analysis.methods.structural import Explanation
from analysis.pages.monthly_tables.charts import adjusted_series
from analysis.pages.monthly_tables.names import series_name
from analysis.pages.monthly_tables.sentences import event_names
from analysis.pages.parts.explained import effect_name
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import fraction_percent, percent_change, percent_to_a_tenth, plain

_NONE = Both("none", "无")

#: A p-value below this says that the model misses something.
_SURE = 0.05


def effects(tables: MonthlyTables) -> Table | Note:
    """Return what explains each series: the effects of its structural model with their standard errors."""
    explained, names = tables.explanations(), event_names(tables)
    rows = []
    for name, found in explained.items():
        for row in found.effects.iter_rows(named=True):
            change = percent_change(row["percent"], row["lower"], row["upper"])
            rows.append((
                series_name(tables, name), effect_name(row["effect"], names), change,
                _decimals(row["estimate"]), _decimals(row["std_error"]),
                *((percent_to_a_tenth(row["missing"]),) if tables.source.paths else ()),
            ))  # fmt: skip
    if not rows:
        return Note(
            Both(
                "No event, closure, festival or regressor is in the models.",
                "模型中没有事件、关闭、节日或其他解释变量。",
            )
        )
    extra = (Both("#Not published", "#未公布所致"),) if tables.source.paths else ()
    return Table(
        name=Both("Effects", "各项影响"),
        caption=Both("What happened, and what it did to each series", "各项事件对各序列的影响"),
        columns=(
            Both("Series", "序列"), Both("Effect", "影响因素"), Both("#Percent", "#百分比"),
            Both("#In logs", "#对数值"), Both("#Standard error", "#标准误"), *extra,
        ),
        rows=tuple(rows),
        notes=_effect_notes(tables),
    )  # fmt: skip


def _effect_notes(tables: MonthlyTables) -> tuple[Both, ...]:
    """Return how the effects were measured, and where the events come from."""
    sources = [row for row in tables.explanatory.events.iter_rows(named=True) if row["source"]]
    cited = Both(
        "; ".join(f"{row['name']}: {row['source']}" for row in sources),
        "；".join(f"{row['name_zh']}：{row['source']}" for row in sources),
    )
    notes = [
        Both(
            "Effects of a structural model of the logs: level, season and effects at once.",
            "各项影响出自对数结构模型，与水平、季节同时估计。",
        )
    ]
    if sources:
        notes.append(Both(f"Events, sources: {cited.en}.", f"事件来源：{cited.zh}。"))
    if tables.source.paths:
        notes.append(
            Both(
                "Fitted to draws of the path and combined by Rubin's rules; not published: the share of the variance "
                "that comes from what was never published.",
                "对各次抽样分别拟合后按鲁宾规则合并；“未公布所致”指方差中由未公布内容造成的份额。",
            )
        )
    return tuple(notes)


def diagnostics(tables: MonthlyTables) -> Table:
    """Return what the models say of themselves, in words, a row a series."""
    return Table(
        name=Both("Diagnostics", "诊断"),
        caption=Both("What the models say of themselves", "各模型的诊断"),
        columns=(
            Both("Series", "序列"), Both("Structural model", "结构模型"), Both("X-13", "X-13"), Both("STL", "STL"),
            Both("#Last year apart", "#末年差距"),
        ),
        rows=tuple(_diagnosis(tables, name) for name in tables.source.series),
        notes=(
            Both(
                "Last year apart: mean distance between the highest and the lowest of the adjusted series over the "
                "last 12 months, in percent. Tests at 5%.",
                "末年差距：最近12个月各调整结果的最高值与最低值之间的平均差距（%）。检验水平为5%。",
            ),
        ),
    )  # fmt: skip


def _diagnosis(tables: MonthlyTables, series_id: str) -> tuple[Cell, ...]:
    fits = tables.models[series_id]
    return (
        series_name(tables, series_id),
        _structural_words(fits.explanation),
        _x13_words(fits.adjustments["x13"]),
        _stl_words(fits.adjustments["stl"]),
        _apart(adjusted_series(tables, series_id)),
    )


def _structural_words(found: Explanation | Reason) -> Cell:
    """Return which tests of the errors fail."""
    if isinstance(found, Reason):
        return reason_words(found)
    words = (
        Both("correlation is left", "残差仍有自相关"),
        Both("errors are not normal", "误差非正态"),
        Both("the spread changed", "方差有变化"),
    )
    failed = [each for each, p in zip(words, found.diagnostics["p_value"], strict=True) if p < _SURE]
    if not failed:
        return Both("nothing is left to explain", "未见遗漏")
    return Both("; ".join(str(each.en) for each in failed), "；".join(str(each.zh) for each in failed))


def _x13_words(found: Adjustment | Reason) -> Cell:
    """Return what M7 and Q say."""
    if isinstance(found, Reason):
        return reason_words(found)
    values = dict(found.diagnostics.iter_rows())
    season = Both("season found", "季节可识别") if values["M7"] < 1 else Both("season too weak", "季节过弱")
    quality = Both("acceptable", "质量可接受") if values["Q"] < 1 else Both("not acceptable", "质量不可接受")
    numbers = f" (M7 {plain(values['M7'], half_width=0.01)}, Q {plain(values['Q'], half_width=0.01)})"
    return Both(f"{season.en}, {quality.en}{numbers}", f"{season.zh}，{quality.zh}{numbers}")


def _stl_words(found: Adjustment | Reason) -> Cell:
    """Return how much of the detrended variance the season explains."""
    if isinstance(found, Reason):
        return reason_words(found)
    share = fraction_percent(float(found.diagnostics["value"][0]))
    return Both(("season explains ", share, " of what is not trend"), ("季节解释趋势以外变动的", share))


def _apart(table: pl.DataFrame) -> Cell:
    """Return how far the adjusted series lie apart over the last year."""
    spread = table.group_by("time_period").agg(
        ways=pl.len(), apart=pl.col("obs_value").max() / pl.col("obs_value").min() - 1
    )
    last = spread.filter(pl.col("ways") > 1).sort("time_period").tail(12)
    return percent_to_a_tenth(float(last["apart"].mean())) if len(last) else _NONE  # type: ignore[arg-type]


def _decimals(value: float) -> Number:
    words = plain(value, half_width=0.001)
    return Number(words, words, (value,))
