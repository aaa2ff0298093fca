"""The tables of monthly tables."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.monthly_tables import AIRLINE, ENGINE, STRUCTURAL, MonthlyTables
from analysis.desks.monthly_tables.source import LEDGER
from analysis.pages.monthly_tables.names import series_name, unit_words
from analysis.pages.monthly_tables.sentences import model_sums
from analysis.pages.parts.accuracy import SCORE_COLUMNS, SCORE_NOTE, score_rows
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.sources import sources as statement_sources
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.dates import date_words, month_words
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import (
    as_stated,
    change,
    column,
    in_unit,
    interval_in_unit,
    percent,
    plain,
)

_NONE = Both("none", "无")


def totals(tables: MonthlyTables) -> Table:
    """Return the months ahead of each series and sum beside as many before."""
    rows = [tables.total(name) for name in tables.order]
    halves = [(row["upper80"] - row["lower80"]) / 2 for row in rows]
    # One digit more than the intervals bear, so that what is printed adds up as well as the means do.
    means = column([row["mean"] for row in rows], [half / 10 for half in halves], scale=1.0)
    unit, count = unit_words(tables), tables.horizon
    counted = Both(f", {unit.en}" if unit.en else "", f"，{unit.zh}" if unit.zh else "")
    return Table(
        name=Both("Months ahead", "未来各月合计"),
        caption=Both(
            f"The next {count} months and the last {count}{counted.en}", f"未来{count}个月与此前{count}个月{counted.zh}"
        ),
        columns=(
            Both("Series", "序列"), Both(f"#Last {count} months", f"#此前{count}个月"),
            Both(f"#Next {count} months, mean", f"#未来{count}个月均值"), Both("#80% interval", "#80%区间"),
            Both("#95% interval", "#95%区间"), Both("#Change", "#变动"), Both("#Chance of more", "#超过此前的可能性"),
        ),
        rows=tuple(_total_row(tables, row, mean) for row, mean in zip(rows, means, strict=True)),
        notes=(
            Both(
                "Means add up but for rounding, and so do all series in each draw; medians and bounds do not. "
                "Change and chance: of the median, against the last months.",
                "均值可以相加，每次抽样中各序列也相加一致；中位数和区间端点不能相加。变动与可能性均相对于此前各月。",
            ),
        ),
    )  # fmt: skip


def _total_row(tables: MonthlyTables, row: dict[str, Any], mean: str) -> tuple[Cell, ...]:
    likely, wide = ((row["median"], row[f"lower{level}"], row[f"upper{level}"]) for level in (80, 95))
    before: Cell = Both("a month is missing", "有月份缺数")
    rate: Cell = _NONE
    chance: Cell = _NONE
    if row["before"] is not None:
        half = (row["upper80"] - row["lower80"]) / 2 if tables.source.paths else 0.0
        words = plain(row["before"], half_width=half) if half else as_stated(row["before"])
        before = Number(words, words, (row["before"],))
        rate = change(row["median"] / row["before"] - 1) if row["before"] else _NONE
        chance = percent(row["chance"])
    return (
        series_name(tables, row["series_id"]),
        before,
        Number(mean, mean, (row["mean"],)),
        interval_in_unit(*likely, scale=1.0),
        interval_in_unit(*wide, scale=1.0),
        rate,
        chance,
    )


def months(tables: MonthlyTables) -> Table:
    """Return the months ahead of every series and sum beside the same months of the year before."""
    rows = []
    for name in tables.order:
        path = tables.ahead.path.filter((pl.col("series_id") == name) & (pl.col("level") == 80))
        history = tables.ahead.history.filter(pl.col("series_id") == name)
        known = history if len(history) else path.select("series_id", "time_period", obs_value="median")
        earlier = known.select(pl.col("time_period").dt.offset_by("1y"), before="obs_value")
        first = tables.total(name)["first"]
        ahead = path.filter(pl.col("time_period") >= first).sort("time_period")
        joined = ahead.join(earlier, on="time_period", how="left", maintain_order="left", validate="1:1")
        rows += [_month_row(tables, row) for row in joined.iter_rows(named=True)]
    unit = unit_words(tables)
    counted = Both(f", {unit.en}" if unit.en else "", f"，{unit.zh}" if unit.zh else "")
    return Table(
        name=Both("By month", "各月"),
        caption=Both(f"The months ahead beside last year's{counted.en}", f"未来各月与上年同月{counted.zh}"),
        columns=(
            Both("Series", "序列"), Both("Month", "月份"), Both("#Median", "#中位数"),
            Both("#80% interval", "#80%区间"), Both("#A year before", "#上年同月"), Both("#Change", "#变动"),
        ),
        rows=tuple(rows),
    )  # fmt: skip


def _month_row(tables: MonthlyTables, row: dict[str, Any]) -> tuple[Cell, ...]:
    fan = (row["median"], row["lower"], row["upper"])
    before: Cell = _NONE
    rate: Cell = _NONE
    if row["before"]:
        words = (
            as_stated(row["before"]) if not tables.source.paths else plain(row["before"], half_width=row["before"] / 50)
        )
        before = Number(words, words, (row["before"],))
        rate = change(row["median"] / row["before"] - 1)
    month = month_words(row["time_period"])
    return (
        series_name(tables, row["series_id"]),
        month,
        in_unit(*fan, scale=1.0),
        interval_in_unit(*fan, scale=1.0),
        before,
        rate,
    )


def side_by_side(tables: MonthlyTables) -> Table:
    """Return the sum of the months ahead of each series by the three models."""
    rows = []
    for name in tables.source.series:
        row, sums = tables.total(name), model_sums(tables, name)
        fan = (row["mean"], row["lower80"], row["upper80"])
        others = [sums.get(model) for model in (STRUCTURAL, AIRLINE)]
        outside = sum(value is not None and not row["lower80"] <= value <= row["upper80"] for value in others)
        verdict = (Both("agree", "一致"), Both("one outside", "一个在区间外"), Both("both outside", "两个均在区间外"))
        rows.append((
            series_name(tables, name),
            in_unit(*fan, scale=1.0),
            interval_in_unit(*fan, scale=1.0),
            *(_NONE if value is None else in_unit(value, *fan[1:], scale=1.0) for value in others),
            verdict[outside] if any(value is not None for value in others) else _NONE,
        ))  # fmt: skip
    count = tables.horizon
    return Table(
        name=Both("Models", "模型对照"),
        caption=Both(f"The next {count} months by three models, means", f"三种模型对未来{count}个月的预测均值"),
        columns=(
            Both("Series", "序列"), Both(f"#{ENGINE}", f"#{ENGINE}"), Both("#80% interval", "#80%区间"),
            Both("#Structural model", "#结构模型"), Both("#Airline model", "#航空模型"), Both("Verdict", "比较"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Outside: of the engine's 80% interval. The engine learns from all series of the file; the two others "
                "from one alone, with its events.",
                "“区间外”指在引擎的80%区间之外。引擎从文件的全部序列学习；另两种模型只用单一序列及其事件。",
            ),
        ),
    )  # fmt: skip


def newest(tables: MonthlyTables) -> Table | Note:
    """Return what the newest month of each series changed."""
    rows = tables.ahead.newest
    if rows.is_empty():
        return Note(Both("No newest month is set apart here.", "此处不单列最新月份。"))
    by_name = {row["series_id"]: row for row in rows.iter_rows(named=True)}
    count = int(rows["months"].max())  # type: ignore[arg-type]
    return Table(
        name=Both("Newest month", "最新月份"),
        caption=Both("What the newest month changed", "最新月份带来的改变"),
        columns=(
            Both("Series", "序列"), Both("Month", "月份"), Both("#Figure", "#实际数"),
            Both("#Expected, 80%", "#此前预期，80%区间"), Both("Verdict", "比较"),
            Both(f"#Change of the {count} months ahead", f"#未来{count}个月的变动"),
        ),
        rows=tuple(_newest_row(tables, by_name[name]) for name in tables.order if name in by_name),
        notes=(
            Both(
                "The forecast made without the newest month, beside it; the change is that of the median of the months "
                "that both look ahead to.",
                "不含最新月份时的预测与该月实际数对照；变动指两次预测共同覆盖各月合计的中位数变化。",
            ),
        ),
    )  # fmt: skip


def _newest_row(tables: MonthlyTables, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    inside = row["lower80"] <= row["actual"] <= row["upper80"]
    word = Both("as expected", "符合预期") if inside else Both("more", "高于预期")
    if row["actual"] < row["lower80"]:
        word = Both("less", "低于预期")
    moved = row["sum_after"] / row["sum_before"] - 1 if row["sum_before"] else 0.0
    words = as_stated(row["actual"])
    return (
        series_name(tables, row["series_id"]),
        month_words(row["time_period"]),
        Number(words, words, (row["actual"],)),
        interval_in_unit(row["median"], row["lower80"], row["upper80"], scale=1.0),
        word,
        change(moved),
    )


def scores(tables: MonthlyTables) -> Table | Note:
    """Return the scores of forecasts of these series from past months; or why there are none."""
    if isinstance(tables.record, Reason):
        reason = reason_words(tables.record)
        return Note(Both(f"No record: {reason.en}.", f"没有检验记录：{reason.zh}。"))
    record = tables.record
    return Table(
        name=Both("Record", "检验记录"),
        caption=Both(
            "Forecasts of these series from past months, and what came", "过去各起点对这些序列的预测与实际对照"
        ),
        columns=(Both("Model", "模型"), Both("Origins", "预测起点"), Both("#Forecasts", "#预测数"), *SCORE_COLUMNS),
        rows=score_rows(record.summary(), record.summary("regime")),
        notes=(SCORE_NOTE,),
    )


def sources(tables: MonthlyTables) -> Table:
    """Return where the months come from: the file, or the statements behind a reconstructed path."""
    source = tables.source
    if source.file == LEDGER:
        own = source.known.usable.filter(pl.col("series_id").is_in(list(source.series)))
        return statement_sources(source.known, own["statement_id"].to_list())
    named = source.names.to_dicts()
    rows = [_source_row(tables, row["series_id"]) for row in named]
    publisher = Both(
        "Border crossings of the US Bureau of Transportation Statistics (public domain), in "
        "benchmarks/data/bts_border.parquet.",
        "美国运输统计局边境过境统计（公有领域），见benchmarks/data/bts_border.parquet。",
    )
    where = publisher if not source.file else Both(f"File: {source.file}.", f"文件：{source.file}。")
    return Table(
        name=Both("Sources", "来源"),
        caption=Both("Where the months come from", "各月数字的来源"),
        columns=(
            Both("Series", "序列"), Both("In the file", "文件中的编号"), Both("First month", "首月"),
            Both("Last month", "末月"), Both("#Months", "#月数"),
        ),
        rows=tuple(rows),
        notes=(
            where,
            Both(
                f"Months that were known by {date_words(source.as_of).en}; their figures are those of the file, later "
                "revisions included.",
                f"截至{date_words(source.as_of).zh}已知的月份；数字以文件为准，含其后的修订。",
            ),
        ),
    )  # fmt: skip


def _source_row(tables: MonthlyTables, series_id: str) -> tuple[Cell, ...]:
    own = tables.source.months(series_id).sort("time_period")
    count = str(len(own))
    return (
        series_name(tables, series_id),
        series_id,
        month_words(own["time_period"][0]),
        month_words(own["time_period"][-1]),
        Number(count, count, (float(count),)),
    )
