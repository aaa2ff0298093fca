"""The charts of the park desk: what was published, and what such parks did."""

import math
from dataclasses import replace
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import altair as alt
import polars as pl

from analysis.desks.park import Attainment, ParkOutput
from analysis.desks.park.peers import CAPITAL
from analysis.pages.parts import theme
from analysis.pages.parts.axes import text_with_outline
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.labels import Row, all_labels, with_labels
from analysis.pages.words.cells import Both, Number, Part, join_cells, text
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.names import short_name
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import ratio, ratio_interval, with_relation, yuan

_SPOKEN: dict[str, Any] = {"description": "label:N", "tooltip": "label:N"}
_EXPECTED, _INVESTED = Both("Output expected", "预计总产值"), Both("Capital invested", "累计投资")
_MEASURED = Both("Output measured", "实际产值")

#: Pixels of a letter and of a Chinese sign in the labels of parks, at 11 pixels of height: rather more than less.
_NARROW, _WIDE = 5.9, 11.0

#: Pixels that the names left of the bars and the gaps take.
_BESIDE_BARS = 130


def target(park: ParkOutput) -> Figure | Undrawn:
    """Return the published sums side by side: capital, output expected, output measured where there is any."""
    attainment = park.attainment
    name, day = short_name(attainment.park, attainment.places), date_words(attainment.as_of)
    sums = [
        Sum(words, value, identity, attainment.relation(identity))
        for words, value, identity in (
            (_INVESTED, attainment.invested_cny, attainment.invested_id),
            (_EXPECTED, attainment.target_cny, attainment.target_id),
            (_MEASURED, _output(attainment), attainment.output_id),
        )
        if value is not None
    ]
    if not sums:
        title = Both(f"{name.en}: published sums", f"{name.zh}：公布的金额")
        return Undrawn(title, Both("neither capital invested nor output was published", "投资额与产值均没有公布过"))
    unknown = None if _output(attainment) is not None or attainment.reason is None else reason_words(attainment.reason)
    english: list[Part] = []
    chinese: list[Part] = []
    for one in sums:
        number = one.number.cite([one.identity] if one.identity else [])
        english += ["; " if english else "", f"{one.what.en}: ", number]
        chinese += ["；" if chinese else "", f"{one.what.zh}：", number]
    foot = Both(join_cells(*english, "."), join_cells(*chinese, "。"))
    tail = Both("", "") if unknown is None else Both(f" Output measured: {unknown.en}.", f"实际产值：{unknown.zh}。")
    return Figure(
        title=_title_of_sums(name, attainment),
        notes=(
            Both(
                f"Million yuan (亿元), as published by {day.en}. No bar stands where nothing was published.",
                f"金额，截至{day.zh}公布。未公布之处不画条形。",
            ),
        ),
        alt=Both(f"{text(foot)}{tail.en}", f"{text(foot, 'zh')}{tail.zh}"),
        draw=lambda look: _draw_target(sums, unknown, look),
        foot=foot,
        height=44 * (len(sums) + (unknown is not None)),
    )


class Sum(NamedTuple):
    """A published sum: what it is, yuan, its statement, and whether it is exact, "over" or "about"."""

    what: Both
    value: float
    identity: str | None
    relation: str

    @property
    def number(self) -> Number:
        """The sum in words, with its relation."""
        return with_relation(yuan(self.value), self.relation)


def _title_of_sums(name: Both, attainment: Attainment) -> Both:
    """Return what the sums come to: what was expected, how much was invested, and what output was published."""
    year, made = attainment.year, _output(attainment)
    parts = []
    if attainment.target_cny is not None:
        expected = _in_one_unit(attainment.target_cny, attainment.relation(attainment.target_id))
        parts.append(Both(f"{expected.en} expected for {year}", f"{year}年预计{expected.zh}"))
    if attainment.invested_cny is not None:
        invested = _in_one_unit(attainment.invested_cny, attainment.relation(attainment.invested_id))
        parts.append(Both(f"{invested.en} invested", f"累计投资{invested.zh}"))
    if made is None:
        parts.append(Both(f"no output of {year} published", f"{year}年产值未见公布"))
    else:
        output = _in_one_unit(made, attainment.relation(attainment.output_id))
        parts.append(Both(f"{output.en} made in {year}", f"{year}年产值{output.zh}"))
    english, chinese = ", ".join(str(one.en) for one in parts), "，".join(str(one.zh) for one in parts)
    return Both(f"{name.en}: {english}", f"{name.zh}：{chinese}")


def _in_one_unit(value: float, relation: str) -> Number:
    """Return money for a title, without the other language's unit in brackets."""
    words = with_relation(yuan(value), relation)
    return replace(words, en=words.en.partition(" (")[0])


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
        f" Shaded: where 80% of such parks would lie, {ratio_interval(low, high).en}; thin line: their median.",
        f"浅色带：这类园区80%所在的区间，{ratio_interval(low, high).zh}；细线：中位数。",
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


def _draw_target(sums: list[Sum], unknown: Both | None, look: Look) -> Any:
    rows = [(look.say(one.what), one.value, look.say(one.number)) for one in sums]
    table = pl.DataFrame(rows, schema={"what": pl.String, "value": pl.Float64, "words": pl.String}, orient="row")
    table = table.with_columns(label=pl.concat_str("what", "words", separator=": "))
    order = [*table["what"], *([] if unknown is None else [look.say(_MEASURED)])]
    label = alt.Axis(title=None, domain=False, ticks=False, labelLimit=200)
    y = alt.Y("what:N", sort=order, scale=alt.Scale(domain=order), axis=label)
    beside = look.width - _BESIDE_BARS
    room = max(value * beside / max(beside - _pixels(words), 1.0) for _, value, words in rows)
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
    """Return one line a park on a logarithmic axis, the interval of the class behind, what is needed across.

    The words of a park stand above its point; the lines across are broken there, so that none goes through words.
    """
    low, middle, high = interval
    ends = [low, high, *table["ratio"], *([needed] if needed else [])]
    domain = (0.6 * min(ends), 1.6 * max(ends))
    names = [look.say(label(row) if not look.narrow else _short(label, row)) for row in table.iter_rows(named=True)]
    starts = [_start_of_words(name, ratio_, domain, look) for name, ratio_ in zip(names, table["ratio"], strict=True)]
    rows = with_labels(table, label, look.lang).with_row_index("place")
    rows = rows.with_columns(
        pl.Series("words", names, dtype=pl.String), pl.Series("start", starts), needed=needed, middle=middle
    )
    scale = alt.Scale(type="log", domain=list(domain), nice=False)
    ticks = [tick for tick in (0.05, 0.1, 0.2, 0.5, 1, 2, 5) if domain[0] <= tick <= domain[1]]
    axis = alt.Axis(title=None, values=ticks, format="~g", grid=False)
    x = alt.X("ratio:Q", axis=axis, scale=scale)
    y = alt.Y("place:O", axis=None)
    base = alt.Chart(rows)
    band = alt.Chart(pl.DataFrame({"ratio": [low], "upper": [high]}))
    across: dict[str, Any] = {"orient": "vertical", "size": 18, "yOffset": 8, "aria": False}
    layers = [
        band.mark_rect(color=theme.BLUE, opacity=0.12, aria=False).encode(x, alt.X2("upper")),
        base.mark_tick(color=theme.BLUE, opacity=0.6, thickness=1, **across).encode(_at("middle", axis, scale), y),
        base.mark_point(filled=True, color=theme.BLUE, size=80, opacity=1, yOffset=8).encode(x, y, **_SPOKEN),
        *(
            name.encode(y, _at("start", axis, scale), text="words:N")
            for name in text_with_outline(base, align="left", yOffset=-8, fontSize=11, aria=False)
        ),
    ]
    if needed is not None:
        mark = base.mark_tick(color=theme.ORANGE, thickness=2, **across)
        layers.insert(2, mark.encode(_at("needed", axis, scale), y))
    return alt.layer(*layers)


def _at(field: str, axis: alt.Axis, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=axis, scale=scale)


def _pixels(words: str) -> float:
    """Return about how wide words are in a chart."""
    return sum(_WIDE if east_asian_width(sign) in "WF" else _NARROW for sign in words)


def _start_of_words(words: str, value: float, domain: tuple[float, float], look: Look) -> float:
    """Return where on a logarithmic axis the words of a point begin: centred above it, but inside the drawing."""
    half = _pixels(words) / 2
    low, high = map(math.log, domain)
    centre = (math.log(value) - low) / (high - low) * look.width
    start = max(2.0, min(centre - half, look.width - 2 * half - 2.0))
    return math.exp(low + start / look.width * (high - low))


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
