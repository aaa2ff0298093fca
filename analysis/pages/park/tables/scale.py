"""The economy that the park lies in: its size, its sectors, and the target beside them."""

from typing import Any

from analysis.desks.park import ParkOutput
from analysis.pages.park.tables.words import (
    FIGURE,
    WHAT,
    WHERE,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.names import short_name
from analysis.pages.words.rounding import (
    fraction_percent,
    percent_to_a_tenth,
    ratio,
    yuan,
)

_FIGURES = {
    "gdp": Both("Gross domestic product", "生产总值"),
    "industry": Both("Value added of industry", "工业增加值"),
    "primary": Both("Primary sector", "第一产业增加值"),
    "secondary": Both("Secondary sector", "第二产业增加值"),
    "tertiary": Both("Tertiary sector", "第三产业增加值"),
}


def scale(park: ParkOutput) -> Table:
    """Return the economy that the park lies in, and the target beside it."""
    own, places = park.scale, park.attainment.places
    economy = short_name(own.economy, places)
    rows: list[tuple[Cell, ...]] = [
        (
            Both(f"{_FIGURES[row['what']].en}, {row['year']}", f"{row['year']}年{_FIGURES[row['what']].zh}"),
            yuan(row["value"]).cite([row["statement_id"]] if row["in_ledger"] else ()),
            _from(row),
        )
        for row in own.figures.filter(own.figures["what"].is_in(["gdp", "secondary", "industry"])).iter_rows(named=True)
    ]
    rows += _target_beside(park)
    return Table(
        name=Both("Scale", "规模"),
        caption=Both(f"The industry of {economy.en}, as far as published", f"{economy.zh}的工业规模（限公布数）"),
        columns=(WHAT, FIGURE, WHERE),
        rows=tuple(rows),
        notes=(
            Both(
                "Current prices. A location quotient of 1 is as much as anywhere in the region. "
                "Where the newest figure is "
                "old, nothing newer was found.",
                "现价。区位商为1，表示与全区占比相同。数字较旧时，未见更新的公布数。",
            ),
        ),
    )


def sectors(park: ParkOutput) -> Table:
    """Return the sectors of the economy beside its parent's, and the parent's growth inside the nation's."""
    own, places = park.scale, park.attainment.places
    economy, parent, nation = (short_name(one, places) for one in (own.economy, own.parent, own.nation))
    shift = {row["industry"]: row for row in own.shift.iter_rows(named=True)}
    rows: list[tuple[Cell, ...]] = []
    for row in own.quotients.iter_rows(named=True):
        parts = shift.get(row["sector"])
        split = (
            ("", "", "") if parts is None else tuple(yuan(parts[name]) for name in ("national", "mix", "competitive"))
        )
        rows.append((
            _FIGURES[row["sector"]],
            percent_to_a_tenth(row["share"]), percent_to_a_tenth(row["parent_share"]), ratio(row["quotient"]), *split,
        ))  # fmt: skip
    year, other = (own.quotients[name][0] if own.quotients.height else "" for name in ("year", "parent_year"))
    first, last = own.shift_years or ("", "")
    return Table(
        name=Both("Sectors", "产业结构"),
        caption=Both(
            f"Sectors of {economy.en} and {parent.en}, as far as published",
            f"{economy.zh}与{parent.zh}的产业结构（限公布数）",
        ),
        columns=(
            Both("Sector", "产业"),
            Both(f"#{economy.en}, {year}", f"#{economy.zh}{year}年"),
            Both(f"#{parent.en}, {other}", f"#{parent.zh}{other}年"),
            Both("#Location quotient", "#区位商"),
            Both(
                f"#{parent.en} {first} to {last}: as {nation.en} grew",
                f"#{parent.zh}{first}至{last}年：随{nation.zh}增长",
            ),
            Both("#by its mix", "#结构"),
            Both("#by its own lead", "#自身优势"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "A location quotient of 1 is as much as in the whole region. The last three columns add up to the "
                "change.",
                "区位商为1，表示与全区占比相同。末三列之和为增量。",
            ),
        ),
    )  # fmt: skip


def _from(row: dict[str, Any]) -> Cell:
    """Return where a figure of the economy comes from: a row of the ledger, or a yearbook at its address."""
    day = date_words(row["published_on"]) if row["published_on"] else Both("no date given", "未注明日期")
    words = Both(f"{row['publisher']}, {day.en}", f"{row['publisher']}，{day.zh}")
    return Link.to(row["statement_id"], words) if row["in_ledger"] else words


def _target_beside(park: ParkOutput) -> list[tuple[Cell, ...]]:
    """Return the value added of the target, and its share of the economy."""
    target, own = park.attainment.target_cny, park.scale
    if target is None or own.ratio is None:
        return []
    peer, span = short_name(own.ratio.park, park.attainment.places), span_words(own.ratio.start, own.ratio.end)
    rows: list[tuple[Cell, ...]] = [
        (
            Both("The target as value added, at another park's ratio", "目标折合增加值（按另一园区的比率）"),
            yuan(target * own.ratio.ratio).cite([*own.ratio.ids]),
            Both(
                (f"{peer.en}, {span.en}: ", fraction_percent(own.ratio.ratio)),
                (f"{peer.zh}{span.zh}：", fraction_percent(own.ratio.ratio)),
            ),
        ),
    ]
    for what in ("gdp", "secondary"):
        share, figure = own.share(target, what), own.figure(what)
        if share is not None and figure is not None and figure["year"] >= park.attainment.year - 5:
            name = _FIGURES[what]
            rows.append(
                (
                    Both(
                        f"as a share of the {str(name.en).lower()} of {figure['year']}",
                        f"相当于{figure['year']}年{name.zh}的比重",
                    ),
                    percent_to_a_tenth(share).cite([*own.ratio.ids]),
                    Both("by division", "相除"),
                )
            )
    return rows
