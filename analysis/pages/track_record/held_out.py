"""The table of figures that the reconstruction was not shown."""

from typing import Any

import polars as pl

from analysis.desks.track_record import ForecastRecord
from analysis.desks.track_record.held_out import KINDS, OWN_FIGURES, VARIANTS, coverage, with_own_figures
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.phrases import KIND_WORDS
from analysis.pages.words.rounding import fraction_percent, percent_to_a_tenth

_KNOWN = {"nowcast": Both("the day before", "公布前一日"), "smoothed": Both("everything since", "此后全部")}
_ALL = Both("all figures", "全部数字")


def held_out(record: ForecastRecord) -> Table:
    """Return how often intervals held figures left out: all, by kind, and by how well their series is known."""
    rows = []
    for variant in (each for each in VARIANTS if each in record.held_out["variant"]):
        of_variant = record.held_out.filter(pl.col("variant") == variant)
        rows.append(_row(_ALL, coverage(of_variant, "variant").row(0, named=True)))
        for kind in KINDS:
            named = coverage(of_variant.filter(pl.col("kind") == kind), "variant")
            rows += [_row(KIND_WORDS[kind], row) for row in named.iter_rows(named=True)]
        for first, last in OWN_FIGURES:
            named = coverage(with_own_figures(of_variant, first), "variant")
            rows += [_row(_own_words(first, last), row) for row in named.iter_rows(named=True)]
    return Table(
        name=Both("Figures held out", "留出检验"),
        caption=Both("Published figures, each reconstructed without it", "逐一剔除已公布的数字后重新估算"),
        columns=(
            Both("Known", "已知信息"), Both("Figures of", "数字"), Both("#Figures", "#个数"),
            Both("#In 80%", "#80%区间内"), Both("#In 95%", "#95%区间内"), Both("#80% width", "#80%区间宽度"),
            Both("#Error", "#误差"), Both("#Plain error", "#简单推算误差"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Each exact figure was left out with all that gives it away: the same sum in other words, what the "
                "same place said within three days of a period with the same last day, and reprints. Width and errors "
                "are shares of the figure, medians. Plain: the same days a year before, times the growth of the "
                "nearest stated year to date.",
                "剔除一个数字时，同时剔除会透露它的一切：同一总量的其他表述、同一地点三日之内就截至同日的时期所公布的内容，以及转载。"
                "区间宽度与误差均为占该数字的比例，取中位数。"
                "简单推算：上年同期数乘以最近公布的累计同比。",
            ),
            Both(
                "Figures of one bulletin miss or hit together, so fewer are independent than the count says. "
                "Everything since: the whole ledger, what came out after the data cut-off of this page included.",
                "同一份公报的数字往往同中或同失，因此相互独立的数字少于上列个数。"
                "“此后全部”指整个数据集，包括本页数据截止之后公布的内容。",
            ),
        ),
    )  # fmt: skip


def _own_words(first: int, last: int | None) -> Both:
    """Return the words for how many other figures a series had within a year."""
    if last is None:
        return Both(f"series with {first} or more figures within a year", f"一年之内另有{first}个以上数字的序列")
    if first == last:
        return Both("series without another figure within a year", "一年之内没有其他数字的序列")
    return Both(f"series with {first} to {last} figures within a year", f"一年之内另有{first}至{last}个数字的序列")


def _row(name: Both, row: dict[str, Any]) -> tuple[Cell, ...]:
    """Return the row of one summary."""
    count = Number(str(row["n"]), str(row["n"]), (float(row["n"]),))
    plain: Cell = Both("none", "无") if row["baseline"] is None else percent_to_a_tenth(row["baseline"])
    shares = (fraction_percent(row[name]) for name in ("inside80", "inside95"))
    return (
        _KNOWN[row["variant"]],
        name,
        count,
        *shares,
        percent_to_a_tenth(row["width80"]),
        percent_to_a_tenth(row["error"]),
        plain,
    )
