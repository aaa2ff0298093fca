"""The economy that the park lies in: its size, its sectors, and the target beside them."""

from typing import Any

import polars as pl

from analysis.desks.park import ParkOutput
from analysis.pages.park.tables.words import (
    FIGURE,
    WHAT,
    WHERE,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.dates import publication_words, span_words
from analysis.pages.words.names import publisher_and_day, short_name
from analysis.pages.words.phrases import series
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

#: The parts of growth by shift and share.
_SPLIT = ("national", "mix", "competitive")

#: The figures of the table of scale.
_SHOWN = ("gdp", "secondary", "industry")

#: Years before the target's after which a figure is no measure of it.
_OLD = 5


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
        for row in own.figures.filter(own.figures["what"].is_in(_SHOWN)).iter_rows(named=True)
    ]
    rows += _target_beside(park)
    return Table(
        name=Both("Scale", "规模"),
        caption=Both(f"The industry of {economy.en}, as far as published", f"{economy.zh}的工业规模（限公布数）"),
        columns=(WHAT, FIGURE, WHERE),
        rows=tuple(rows),
        notes=(Both("Current prices.", "现价。"), *_old_figures(park)),
    )


def _old_figures(park: ParkOutput) -> list[Cell]:
    """Return which of the figures shown lie long before the target's year, and that nothing newer was found."""
    own, year = park.scale.figures.filter(pl.col("what").is_in(_SHOWN)), park.attainment.year
    notes: list[Cell] = []
    for (old,), rows in own.filter(pl.col("year") < year - _OLD).group_by("year", maintain_order=True):
        names = series([Both(str(_FIGURES[what].en).lower(), _FIGURES[what].zh) for what in rows["what"]])
        notes.append(
            Both(
                f"Nothing newer than {old} was found on {names.en}: "
                f"that is {year - int(str(old))} years before {year}, and no picture of today.",
                f"{names.zh}未见{old}年以后的公布数：比{year}年早{year - int(str(old))}年，不能说明现状。",
            )
        )
    return notes


def sectors(park: ParkOutput) -> Table:
    """Return the sectors of the economy beside its parent's, and the parent's growth inside the nation's."""
    own, places = park.scale, park.attainment.places
    economy, parent, nation = (short_name(one, places) for one in (own.economy, own.parent, own.nation))
    shift = {row["industry"]: row for row in own.shift.iter_rows(named=True)}
    rows: list[tuple[Cell, ...]] = []
    for row in own.quotients.iter_rows(named=True):
        parts = shift.get(row["sector"], dict.fromkeys(_SPLIT))
        split = ("" if parts[name] is None else yuan(parts[name]) for name in _SPLIT) if shift else ()
        rows.append((
            _FIGURES[row["sector"]],
            percent_to_a_tenth(row["share"]), percent_to_a_tenth(row["parent_share"]), ratio(row["quotient"]), *split,
        ))  # fmt: skip
    year, other = (own.quotients[name][0] if own.quotients.height else "" for name in ("year", "parent_year"))
    first, last = own.shift_years or ("", "")
    of_growth = (
        Both(
            f"#{parent.en} {first} to {last}: as {nation.en} grew", f"#{parent.zh}{first}至{last}年：随{nation.zh}增长"
        ),
        Both("#by its mix", "#结构"),
        Both("#by its own lead", "#自身优势"),
    )
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
            *(of_growth if shift else ()),
        ),
        rows=tuple(rows),
        notes=_sector_notes(park, economy, parent),
    )


def _sector_notes(park: ParkOutput, economy: Both, parent: Both) -> tuple[Cell, ...]:
    """Return how to read the columns that stand there, and of which years they are."""
    own, notes = park.scale, list[Cell]()
    if own.quotients.is_empty():
        return ()
    year, other = own.quotients["year"][0], own.quotients["parent_year"][0]
    notes.append(
        Both(
            f"A location quotient of 1 is as much as in the whole region. The newest sectors found are of {year} "
            f"({economy.en}) and {other} ({parent.en}): {park.attainment.year - year} years before "
            f"{park.attainment.year}, and no picture of today.",
            f"区位商为1，表示与全区占比相同。所见最新的产业数字为{year}年（{economy.zh}）和{other}年（{parent.zh}）："
            f"比{park.attainment.year}年早{park.attainment.year - year}年，不能说明现状。",
        )
    )
    if own.shift_years is not None:
        first, last = own.shift_years
        notes.append(
            Both(
                f"The last three columns add up to the change of {parent.en} from {first} to {last}, the first and "
                "last year found of both the region and the nation; that is another time than the shares' beside them.",
                f"末三列之和为{parent.zh}{first}至{last}年的增量（地区与全国均有数字的首末两年），与左侧占比不是同一时期。",
            )
        )
    return tuple(notes)


def _from(row: dict[str, Any]) -> Cell:
    """Return where a figure of the economy comes from: a row of the ledger, or a yearbook at its address."""
    day = publication_words(row["published_on"])
    words = publisher_and_day(row["publisher"], day)
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
        if share is not None and figure is not None and figure["year"] >= park.attainment.year - _OLD:
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
