"""The three sentences of monthly tables: the next months, what explains them, and the record of such forecasts."""

import math
from typing import Any

import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.monthly_tables import AIRLINE, ENGINE, STRUCTURAL, MonthlyTables
from analysis.methods.structural import Explanation
from analysis.pages.monthly_tables.names import series_name, span, subject, unit_words
from analysis.pages.parts.explained import effect_name
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Number, join_cells
from analysis.pages.words.dates import month_words
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.quantities import quantity, quantity_interval
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import change, fraction_percent, percent, percent_change, percent_to_a_tenth, score

#: Effects of at least so many standard errors are named.
_CLEAR = 2.0

#: How many of them, the clearest first.
_NAMED = 2


def summary(tables: MonthlyTables) -> Sentences:
    """Return the next months with their interval, what explains the first series, and how good forecasts were."""
    return Sentences((_ahead_sentence(tables), _why_sentence(tables), _record_sentence(tables)))


def _ahead_sentence(tables: MonthlyTables) -> Both:
    row, unit, about, months = tables.total(tables.whole), unit_words(tables), subject(tables), span(tables)
    fan = (row["median"], row["lower80"], row["upper80"])
    value, interval = quantity(*fan, unit=_NO_UNIT), quantity_interval(*fan, unit=_NO_UNIT)
    compared = _comparison(tables, row)
    return Both(
        join_cells(f"We put {about.en} at ", value, f" from {months.en} (80%: ", interval, ")", compared.en, "."),
        join_cells(f"{about.zh}：{months.zh}预计为", value, unit.zh, "（80%区间", interval, f"{unit.zh}）",
                   compared.zh, "。"),
    )  # fmt: skip


_NO_UNIT = Both("", "")


def _comparison(tables: MonthlyTables, row: dict[str, Any]) -> Both:
    """Return how the months ahead compare with as many before; nothing where a month before has no figure."""
    if row["before"] is None:
        return Both(
            f"; a figure of the {tables.horizon} months before is missing", f"；此前{tables.horizon}个月中有月份缺数"
        )
    if row["before"] == 0:
        return Both(f"; in the {tables.horizon} months before there was nothing", f"；此前{tables.horizon}个月为零")
    half = (row["upper80"] - row["lower80"]) / 2
    before = quantity(row["before"], row["before"] - half, row["before"] + half, unit=_NO_UNIT)
    chance, clause = percent(row["chance"]), likelihood_clause(row["chance"])
    rate = row["median"] / row["before"] - 1
    by, less = percent_to_a_tenth(abs(rate)), Both("less", "少") if rate < 0 else Both("more", "多")
    return Both(
        (", ", by, f" {less.en} than in the {tables.horizon} months before (", before, f"); {clause.en} (", chance,
         ") that they are more"),
        (f"，比此前{tables.horizon}个月（", before, f"）{less.zh}", by, f"；超过此前的{clause.zh}（", chance, "）"),
    )  # fmt: skip


def _why_sentence(tables: MonthlyTables) -> Both:
    """Return trend, season and the clearest effects of the first series."""
    name, found = series_name(tables, tables.main), tables.models[tables.main].explanation
    if isinstance(found, Reason):
        reason = reason_words(found)
        return Both(f"No structural model explains {name.en}: {reason.en}.", f"{name.zh}没有结构模型：{reason.zh}。")
    trend, low, high = _trend_change(found), _season(found, "min"), _season(found, "max")
    effects = _effects(tables, found)
    english, chinese = _season_words(low, high)
    return Both(
        join_cells(f"At {name.en} the trend changed by ", trend, " over its last 12 months, the season runs from ",
                   *english, effects.en, "."),
        join_cells(f"{name.zh}的趋势在最近12个月变动", trend, "，季节影响", *chinese, effects.zh, "。"),
    )  # fmt: skip


def _trend_change(found: Explanation) -> Number:
    """Return how much the level, with what happened, changed over twelve months."""
    level = found.component("trend").sort("time_period")
    return change(math.expm1(level["value"][-1] - level["value"][-min(13, len(level))]))


def _season(found: Explanation, end: str) -> dict[str, Any]:
    """Return the month of the last year in which the season is lowest or highest."""
    year = found.component("season").sort("time_period").tail(12).sort("value", "time_period")
    return year.row(0 if end == "min" else -1, named=True)


def _season_words(low: dict[str, Any], high: dict[str, Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return both ends of the season in words."""
    cells = []
    for row in (low, high):
        cells.append((change(math.expm1(row["value"])), month_words(row["time_period"])))
    (least, first), (most, last) = cells
    return (
        (least, f" in {str(first.en).split()[0]} up to ", most, f" in {str(last.en).split()[0]}"),
        (f"在{str(first.zh).split('年')[1]}最低（", least, f"）、{str(last.zh).split('年')[1]}最高（", most, "）"),
    )


def _effects(tables: MonthlyTables, found: Explanation) -> Both:
    """Return the clearest effects in words; nothing where none is clear."""
    clear = found.effects.filter(pl.col("z").abs() >= _CLEAR).sort(pl.col("z").abs(), descending=True).head(_NAMED)
    english: list[Any] = []
    chinese: list[Any] = []
    for row in clear.iter_rows(named=True):
        name = effect_name(row["effect"], event_names(tables))
        change = percent_change(row["percent"], row["lower"], row["upper"])
        english += [f", {name.en}: ", change]
        chinese += [f"，{name.zh}：", change]
    return Both(tuple(english), tuple(chinese))


def event_names(tables: MonthlyTables) -> dict[str, Both]:
    """Return what the events of the reader's table are called, by their English names."""
    return {row["name"]: Both(row["name"], row["name_zh"]) for row in tables.explanatory.events.iter_rows(named=True)}


def _record_sentence(tables: MonthlyTables) -> Both:
    """Return how good forecasts from past months were, and what the other models say of the months ahead."""
    others = _second_opinions(tables)
    if isinstance(tables.record, Reason):
        reason = reason_words(tables.record)
        return Both(
            join_cells(f"There is no record of such forecasts: {reason.en}", others.en, "."),
            join_cells(f"此类预测没有检验记录：{reason.zh}", others.zh, "。"),
        )
    scores = {row["model"]: row for row in tables.record.summary().iter_rows(named=True)}
    own, naive = scores[ENGINE], scores["seasonal naive"]
    inside = fraction_percent(own["coverage_80"])
    if own["mase"] is None:
        return Both(join_cells("The 80% intervals of forecasts from past months held ", inside, " of the months",
                               others.en, "."),
                    join_cells("过去各起点预测的80%区间包含了", inside, "的月份", others.zh, "。"))  # fmt: skip
    gain = fraction_percent(abs(1 - own["mase"] / naive["mase"]))
    less = Both("less", "小") if own["mase"] <= naive["mase"] else Both("more", "大")
    count = tables.record.table["origin"].n_unique()
    months = "month" if count == 1 else "months"
    origins = Number(str(count), str(count), (float(count),))
    return Both(
        join_cells("Forecasts from ", origins, f" past {months} erred by a scaled ", score(own["mase"]), ", ", gain,
                   f" {less.en} than repeating the year before (", score(naive["mase"]), "); their 80% intervals held ",
                   inside, " of the months", others.en, "."),
        join_cells("从过去", origins, "个起点作出的预测，平均绝对标度误差为", score(own["mase"]), "，比沿用上年同月（",
                   score(naive["mase"]), f"）{less.zh}", gain, "；80%区间包含了", inside, "的月份", others.zh, "。"),
    )  # fmt: skip


def _second_opinions(tables: MonthlyTables) -> Both:
    """Return the months ahead of the first series by the other models, and whether they lie in our interval."""
    sums = model_sums(tables, tables.main)
    other = {name: value for name, value in sums.items() if name in (STRUCTURAL, AIRLINE)}
    if not other:
        return Both("", "")
    row = tables.total(tables.main)
    within = all(row["lower80"] <= value <= row["upper80"] for value in other.values())
    half = (row["upper80"] - row["lower80"]) / 2
    names = {STRUCTURAL: Both("the structural model's", "结构模型"), AIRLINE: Both("the airline model's", "航空模型")}
    english: list[Any] = []
    chinese: list[Any] = []
    for name, value in other.items():
        number = quantity(value, value - half, value + half, unit=_NO_UNIT)
        english += [" and " if english else "", f"{names[name].en} ", number]
        chinese += ["、" if chinese else "", names[name].zh, number]
    place = series_name(tables, tables.main)
    verdict = Both("inside", "落在") if within else Both("not both inside", "并不都落在")
    if len(other) == 1 and not within:
        verdict = Both("outside", "不落在")
    return Both(
        (f"; for {place.en} ", *english, f" {'are' if len(other) > 1 else 'is'} {verdict.en} our 80% interval"),
        (f"；{place.zh}：", *chinese, f"，{verdict.zh}本页的80%区间内"),
    )


def model_sums(tables: MonthlyTables, series_id: str) -> dict[str, float]:
    """Return the sum of the means of the months ahead by model; of the engine that of its draws."""
    sums = {ENGINE: float(tables.total(series_id)["mean"])}
    if series_id in tables.source.paths:
        return sums
    fits = tables.models[series_id]
    for name, found in ((STRUCTURAL, fits.explanation), (AIRLINE, fits.airline)):
        if not isinstance(found, Reason):
            months = found.ahead.unique("time_period").sort("time_period")
            sums[name] = float(months["mean"].sum())
    return sums
