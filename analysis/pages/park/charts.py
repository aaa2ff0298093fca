"""The charts of the park desk: what was published, and what such parks did."""

from typing import Any

import altair as alt
import polars as pl

from analysis.desks.park import Attainment, ParkOutput
from analysis.desks.park.peers import CAPITAL
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.words.cells import Both, Part, join_cells, text
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.names import short_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import ratio, ratio_interval, yuan

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
_EXPECTED, _INVESTED = Both("Output expected", "预计总产值"), Both("Capital invested", "累计投资")
_MEASURED = Both("Output measured", "实际产值")


def target(park: ParkOutput) -> Figure | Undrawn:
    """Return the published sums side by side: capital, output expected, output measured where there is any."""
    attainment = park.attainment
    name, day = short_name(attainment.park, attainment.places), date_words(attainment.as_of)
    sums = [
        (words, value, identity)
        for words, value, identity in (
            (_INVESTED, attainment.invested_cny, attainment.invested_id),
            (_EXPECTED, attainment.target_cny, attainment.target_id),
            (_MEASURED, _output(attainment), attainment.output_id),
        )
        if value is not None
    ]
    title = Both(f"{name.en}: published sums, million yuan and 亿元", f"{name.zh}：公布的金额")
    if not sums:
        return Undrawn(title, Both("neither capital invested nor output was published", "投资额与产值均没有公布过"))
    unknown = None if _output(attainment) is not None or attainment.reason is None else reason_words(attainment.reason)
    english: list[Part] = []
    chinese: list[Part] = []
    for what, value, identity in sums:
        number = yuan(value).cite([identity] if identity else [])
        english += ["; " if english else "", f"{what.en}: ", number]
        chinese += ["；" if chinese else "", f"{what.zh}：", number]
    foot = Both(join_cells(*english, "."), join_cells(*chinese, "。"))
    tail = Both("", "") if unknown is None else Both(f" Output measured: {unknown.en}.", f"实际产值：{unknown.zh}。")
    return Figure(
        title=title,
        notes=(
            Both(
                f"Published by {day.en}. No bar stands where nothing was published.",
                f"截至{day.zh}公布。未公布之处不画条形。",
            ),
        ),
        alt=Both(f"{text(foot)}{tail.en}", f"{text(foot, 'zh')}{tail.zh}"),
        draw=lambda look: _draw_target([(what, value) for what, value, _ in sums], unknown, look),
        foot=foot,
        height=44 * (len(sums) + (unknown is not None)),
    )


def peers(park: ParkOutput) -> Figure | Undrawn:
    """Return output per yuan of capital of each park with both figures, and what the target needs."""
    name = short_name(park.attainment.park, park.attainment.places)
    found, table = park.peers.classes.get(CAPITAL), park.peers.of(CAPITAL)
    what = Both("Output a year per yuan of capital", "每元投资的年产出")
    if found is None:
        return Undrawn(what, Both("fewer than three parks published both figures", "公布两项数字的园区不足三个"))
    low, middle, high = found.interval(80, kind=park.kind)
    needed = park.attainment.output_per_invested
    title = Both(
        f"{what.en}: {table.height} parks between {ratio(table['ratio'][-1]).en} and "
        f"{ratio(table['ratio'][0]).en} yuan",
        f"{what.zh}：{table.height}个园区在{ratio(table['ratio'][-1]).zh}元至{ratio(table['ratio'][0]).zh}元之间",
    )
    middle_words, span = ratio(middle).cite(table["output_id"]), ratio_interval(low, high)
    label = _peer_label(park)
    every = all_labels(table, label)
    line = Both("", "")
    if needed is not None:
        line = Both(
            f" Dashed: what the target of {name.en} needs, {ratio(needed).en}.",
            f"虚线：{name.zh}实现目标所需，{ratio(needed).zh}。",
        )
    band = Both(
        f" Shaded: where 80% of such parks would lie, {ratio_interval(low, high).en}.",
        f"浅色带：这类园区80%所在的区间，{ratio_interval(low, high).zh}。",
    )
    return Figure(
        title=title,
        notes=(Both(f"Point: a park.{band.en}{line.en}", f"圆点：一个园区。{band.zh}{line.zh}"),),
        alt=Both(f"{title.en}. {every.en}.{line.en}", f"{title.zh}。{every.zh}。{line.zh}"),
        draw=lambda look: _draw_peers(table, label, (low, middle, high), needed, look),
        foot=Both(
            (f"Median {str(what.en).lower()}: ", middle_words, ", 80%: ", span, "."),
            (f"{what.zh}中位数：", middle_words, "，80%区间", span, "。"),
        ),
        height=34 * table.height + 40,
    )


def _output(attainment: Attainment) -> float | None:
    """Return the output measured: of the months returned, or of the year as published."""
    return attainment.output_cny if attainment.progress is None else attainment.progress.to_date_cny


def _draw_target(sums: list[tuple[Both, float]], unknown: Both | None, look: Look) -> Any:
    rows = [(look.say(what), value, look.say(yuan(value))) for what, value in sums]
    table = pl.DataFrame(rows, schema={"what": pl.String, "value": pl.Float64, "words": pl.String}, orient="row")
    table = table.with_columns(label=pl.concat_str("what", "words", separator=": "))
    order = [*table["what"], *([] if unknown is None else [look.say(_MEASURED)])]
    label = alt.Axis(title=None, domain=False, ticks=False, labelLimit=200)
    y = alt.Y("what:N", sort=order, scale=alt.Scale(domain=order), axis=label)
    room = (2.7 if look.narrow else 1.9) * float(table["value"].max() or 1)  # type: ignore[arg-type]
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, room], zero=True))
    base = alt.Chart(table).encode(y, x)
    layers = [
        base.mark_bar(height=26, color=theme.BLUE, opacity=0.75).encode(**_SPOKEN),
        base.mark_text(align="left", dx=6, aria=False, fontSize=11).encode(text="words:N"),
    ]
    if unknown is not None:
        none = alt.Chart(pl.DataFrame({"what": [order[-1]], "label": [look.say(unknown)]}))
        mark = none.mark_text(align="left", dx=6, color=theme.MUTED, fontSize=11)
        layers.append(mark.encode(y, x=alt.value(0), text="label:N", description="label:N"))
    return alt.layer(*layers)


def _draw_peers(
    table: pl.DataFrame, label: Any, interval: tuple[float, float, float], needed: float | None, look: Look
) -> Any:
    """Return one line a park on a logarithmic axis, the interval of the class behind, what is needed across."""
    rows = with_labels(table, label, look.lang).with_row_index("place")
    names = [look.say(label(row) if not look.narrow else _short(label, row)) for row in table.iter_rows(named=True)]
    rows = rows.with_columns(pl.Series("words", names, dtype=pl.String))
    low, middle, high = interval
    ends = [low, high, *table["ratio"], *([needed] if needed else [])]
    scale = alt.Scale(type="log", domain=[0.6 * min(ends), 1.6 * max(ends)], nice=False)
    ticks = [tick for tick in (0.05, 0.1, 0.2, 0.5, 1, 2, 5) if 0.6 * min(ends) <= tick <= 1.6 * max(ends)]
    axis = alt.Axis(title=None, values=ticks, format="~g", grid=False)
    x = alt.X("ratio:Q", axis=axis, scale=scale)
    y = alt.Y("place:O", axis=None)
    base = alt.Chart(rows)
    ends_of_band = pl.DataFrame({"ratio": [low], "upper": [high]})
    band = alt.Chart(ends_of_band).mark_rect(color=theme.BLUE, opacity=0.12, aria=False)
    centre = alt.Chart(pl.DataFrame({"ratio": [middle]})).mark_rule(color=theme.BLUE, opacity=0.6, aria=False)
    layers = [
        band.encode(x, alt.X2("upper")),
        centre.encode(x),
        base.mark_point(filled=True, color=theme.BLUE, size=80, opacity=1, yOffset=8).encode(x, y, **_SPOKEN),
        *(
            name.encode(y, x=alt.value(2), text="words:N")
            for name in text_with_outline(base, align="left", yOffset=-8, fontSize=11, aria=False)
        ),
    ]
    if needed is not None:
        rule = alt.Chart(pl.DataFrame({"ratio": [needed]})).mark_rule(
            color=theme.ORANGE, strokeWidth=2, strokeDash=[5, 3], aria=False
        )
        layers.insert(2, rule.encode(x))
    return alt.layer(*layers)


def _peer_label(park: ParkOutput) -> Any:
    """Return the words of a park's point: `Navoi Free Economic Zone, 2021: 0.84`."""
    places = park.attainment.places

    def label(row: Row) -> Both:
        name, span = short_name(row["park"], places), span_words(row["output_start"], row["output_end"])
        value = ratio(row["ratio"])
        return Both(f"{name.en}, {span.en}: {value.en}", f"{name.zh}，{span.zh}：{value.zh}")

    return label


def _short(label: Any, row: Row) -> Both:
    """Return the words of a point without its period, for a phone."""
    words = label(row)
    return Both(
        f"{str(words.en).partition(', ')[0]}: {ratio(row['ratio']).en}",
        f"{str(words.zh).partition('，')[0]}：{ratio(row['ratio']).zh}",
    )
