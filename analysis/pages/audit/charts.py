"""The charts of the audit: how well each port's years are known, and what one more figure would be worth."""

from collections.abc import Callable
from typing import Any

import altair as alt
import polars as pl

from analysis.desks.audit import EvidenceAudit
from analysis.desks.port.drawing_rule import SPOKEN_RATIO, WIDEST_RATIO
from analysis.pages.audit.words import port_words, region_name
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import span_words
from analysis.pages.words.rounding import fraction_percent, tonnes, tonnes_interval

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}

#: The column of all months together.
_SINCE_JANUARY = "Σ"

#: Size of the words in a square on a phone: the largest in which three characters fit.
_NARROW_FONT = 10

#: Height of a line of a sheet, in pixels.
_LINE = 24

#: Shades from well known to unknown, and the ink that is read on each.
_SHADES = ((theme.BLUE, "white"), ("#8fc3e3", theme.INK), ("#d6e8f4", theme.INK), ("#f3f5f7", theme.INK))

#: Limits of the shades: upper over lower end of a year's interval, and the share by which a figure narrows it.
_RATIOS, _SHARES = (SPOKEN_RATIO, 1.5, WIDEST_RATIO), (0.5, 0.25, 0.1)


def known_years(audit: EvidenceAudit) -> Figure:
    """Return how well the freight of each port is known, year by year."""
    table = audit.years
    known = table.filter(pl.col("ratio") <= SPOKEN_RATIO).height
    wide = table.filter(pl.col("ratio") > WIDEST_RATIO).height
    name = region_name(audit)

    def label(row: Row) -> Both:
        port = port_words(row["place"], row["mode"], audit)
        if row["ratio"] is None:
            return Both(f"{port.en}, {row['year']}: nothing may have passed", f"{port.zh}{row['year']}年：可能为零")
        ends = (row["median"], row["lower"], row["upper"])
        total, interval = tonnes(*ends), tonnes_interval(*ends)
        return Both(
            f"{port.en}, {row['year']}: {total.en}, 80%: {interval.en}, statements: {row['statements']}",
            f"{port.zh}{row['year']}年：{total.zh}，80%区间{interval.zh}，表述{row['statements']}条",
        )

    told = all_labels(table.filter(pl.col("year") == audit.edition.year), label)
    title = Both(
        f"Of {table.height} yearly totals of {name.en}'s ports {known} are known to a quarter, {wide} hardly at all",
        f"{name.zh}口岸{table.height}个年度总量中，{known}个误差在四分之一以内，{wide}个几乎未知",
    )
    return Figure(
        title=title,
        notes=(
            Both(
                "Freight by port and year. In each square the upper end of the 80% interval over the lower one: 1.0 "
                f"is known, {SPOKEN_RATIO} known to a quarter, more than {WIDEST_RATIO} hardly known. The darker, the "
                "better known. A dash: nothing may have passed.",
                "分口岸、分年过货量。方格内为80%区间上端与下端之比：1.0为已知，"
                f"{SPOKEN_RATIO}为误差四分之一以内，超过{WIDEST_RATIO}为几乎未知。颜色越深越确切。短横：可能为零。",
            ),
        ),
        alt=Both(f"{title.en}. {told.en}.", f"{title.zh}。{told.zh}。"),
        draw=lambda look: _sheet(
            table.with_columns(
                words=pl.col("ratio").map_elements(_ratio_words, return_dtype=pl.String, skip_nulls=False),
                shade=_shade(pl.col("ratio"), _RATIOS, falling=False),
                column=pl.col("year").cast(pl.String),
            ),
            audit, label, look, short="slice(datum.label, 2)",
        ),
        height=_LINE * audit.coverage.height + 30,
    )  # fmt: skip


def where_to_call(audit: EvidenceAudit) -> Figure | Undrawn:
    """Return by how much one figure about each port would narrow its year: single months, and January to now."""
    year = audit.edition.year
    if audit.best.is_empty():
        return Undrawn(
            Both(f"Where one more figure would help, {year}", f"{year}年再得一个数字的价值"),
            Both("nothing passed any port", "各口岸均无货物通过"),
        )
    top = audit.best.row(0, named=True)
    port, span = port_words(top["place"], top["mode"], audit), span_words(top["start"], top["end"])
    whole = fraction_percent(top["region"])
    together = Both(f" or of January to the edition's month ({_SINCE_JANUARY})", f"或1月至本期月份（{_SINCE_JANUARY}）")
    if audit.is_whole_year:
        together = Both("", "")

    def label(row: Row) -> Both:
        return _worth_label(row, audit)

    told = all_labels(audit.best, label)
    title = Both(
        f"Call {port.en} first: its total of {span.en} would narrow the region's interval by {whole.en}",
        f"先问{port.zh}：{span.zh}的总量可使全区区间收窄{whole.zh}",
    )
    return Figure(
        title=title,
        notes=(
            Both(
                f"Percent by which the 80% interval of the port's {year} would narrow if the freight of one month "
                f"(1, 2, ...){together.en} were published. "
                "Ports by what they are worth to the region. An expectation from the joint draws, before the figure is "
                "known.",
                f"若公布某一个月（1、2……）{together.zh}的过货量，"
                f"本口岸{year}年80%区间将收窄的百分比。口岸按对全区的价值排列。为公布之前的期望值，由联合模拟得出。",
            ),
        ),
        alt=Both(f"{title.en}. {told.en}.", f"{title.zh}。{told.zh}。"),
        draw=lambda look: _sheet(_candidates(audit), audit, label, look),
        height=_LINE * audit.best.height + 30,
    )


def _candidates(audit: EvidenceAudit) -> pl.DataFrame:
    """Return single months, and all so far together, of each port, in the order of what the ports are worth.

    At the end of a year all months together are the year itself, which says nothing.
    """
    order = audit.best.select("place", "mode", rank=pl.int_range(pl.len()))
    shown = pl.col("what") == "month"
    if not audit.is_whole_year:
        shown = shown | (pl.col("end") == pl.col("end").max())
    return (
        audit.worth.filter(shown)
        .join(order, on=["place", "mode"], how="inner", validate="m:1", maintain_order="left")
        .sort("rank", "what", "start", maintain_order=True)
        .with_columns(
            column=pl.when(pl.col("what") == "month")
            .then(pl.col("end").dt.month().cast(pl.String))
            .otherwise(pl.lit(_SINCE_JANUARY)),
            words=pl.col("own").map_elements(_share_words, return_dtype=pl.String, skip_nulls=False),
            shade=_shade(pl.col("own"), _SHARES, falling=True),
        )
    )


def _worth_label(row: Row, audit: EvidenceAudit) -> Both:
    name, said = port_words(row["place"], row["mode"], audit), span_words(row["start"], row["end"])
    if row["own"] is None:
        return Both(f"{name.en}, {said.en}: nothing to know", f"{name.zh}{said.zh}：无可知")
    own, region = fraction_percent(row["own"]), fraction_percent(row["region"])
    return Both(
        f"{name.en}, {said.en}: its year {own.en} narrower, the region's {region.en}",
        f"{name.zh}{said.zh}：本口岸全年区间收窄{own.zh}，全区收窄{region.zh}",
    )


def _ratio_words(ratio: float | None) -> str:
    """Return the ratio of the ends of an interval for a square."""
    if ratio is None:
        return "-"
    return ">99" if ratio > 99 else f"{ratio:.1f}" if ratio < 10 else f"{ratio:.0f}"


def _share_words(share: float | None) -> str:
    """Return a share in percent for a square."""
    return (
        "-"
        if share is None
        else str(fraction_percent(share).en).removesuffix("%").replace("under ", "<").replace("over ", ">")
    )


def _shade(value: pl.Expr, limits: tuple[float, ...], *, falling: bool) -> pl.Expr:
    """Return the position of the shade of a value: 0 for the darkest."""
    shade = pl.lit(len(limits))
    for position, limit in reversed(list(enumerate(limits))):
        shade = pl.when(value >= limit if falling else value <= limit).then(position).otherwise(shade)
    return shade


def _sheet(
    table: pl.DataFrame, audit: EvidenceAudit, label: Callable[[Row], Both], look: Look, *, short: str = ""
) -> Any:
    """Return ports by columns as a sheet of squares with their words; columns keep their order."""
    names = [look.say(port_words(place, mode, audit)) for place, mode in table.select("place", "mode").iter_rows()]
    shown = with_labels(table, label, look.lang).with_columns(
        port=pl.Series(names, dtype=pl.String),
        colour=pl.col("shade").replace_strict({i: shade for i, (shade, _) in enumerate(_SHADES)}),
        ink=pl.col("shade").replace_strict({i: ink for i, (_, ink) in enumerate(_SHADES)}),
    )
    columns = shown["column"].unique(maintain_order=True).to_list()
    narrower: dict[str, Any] = {"labelExpr": short} if short and look.narrow else {}
    x = alt.X(
        "column:O",
        sort=columns,
        scale=alt.Scale(padding=0),
        axis=alt.Axis(title=None, labelAngle=0, tickSize=0, orient="top", domain=False, **narrower),
    )
    names_fit: dict[str, Any] = {"labelLimit": 112, "labelFontSize": 11} if look.narrow else {"labelLimit": 180}
    y = alt.Y(
        "port:N",
        sort=shown["port"].unique(maintain_order=True).to_list(),
        axis=alt.Axis(title=None, domain=False, ticks=False, **names_fit),
    )
    base = alt.Chart(shown)
    squares = base.mark_rect(stroke="white", strokeWidth=1).encode(
        x, y, color=alt.Color("colour:N", scale=None), **_SPOKEN
    )
    letters = base.mark_text(fontSize=_NARROW_FONT if look.narrow else 11, aria=False).encode(
        x, y, text="words:N", color=alt.Color("ink:N", scale=None)
    )
    return alt.layer(squares, letters)
