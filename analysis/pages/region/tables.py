"""The tables of the region page."""

from typing import Any

import polars as pl

from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.desks.region import RegionOverview
from analysis.pages.parts.table import Table
from analysis.pages.region.sentences import known_ports
from analysis.pages.region.words import LINES, STATES, is_whole_year, port_words, year_before_words
from analysis.pages.words.cells import Both, Cell, Link
from analysis.pages.words.contributions import points, points_interval
from analysis.pages.words.dates import date_words, month_words, span_words, year_words
from analysis.pages.words.durations import age
from analysis.pages.words.indicators import series_words
from analysis.pages.words.names import publisher_words, short_name
from analysis.pages.words.phrases import MODES
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.rounding import (
    growth,
    growth_interval,
    in_unit,
    interval_in_unit,
    percent,
    share_percent,
    tonnes_in_unit,
    tonnes_interval_in_unit,
)

#: What stands in place of a number whose 80% interval is too wide for one.
_TOO_WIDE = "–"

_PORT, _INTERVAL = Both("Port", "口岸"), Both("#80% interval", "#80%区间")


def ports(region: RegionOverview) -> Table:
    """Return every port known well enough: year, growth, share, rank, recovery, age of the newest figure."""
    year, behind, grown = region.edition.year, region.behind_year(), region.behind_growth()
    span, other = span_words(*region.span), year_before_words(*region.span)
    rows = [_port_row(row, region, behind, grown) for row in known_ports(region).iter_rows(named=True)]
    system = region.line("system")
    rate = region.growth.row(by_predicate=pl.col("line") == "system", named=True)
    total = (
        Both("All by road, rail and air", "公路、铁路和航空合计"),
        tonnes_in_unit(system["median"], system["lower"], system["upper"]).cite(behind),
        tonnes_interval_in_unit(system["median"], system["lower"], system["upper"]).cite(behind),
        _rate(rate["median"], rate["lower"], rate["upper"], grown), "100%", "", "", "", "",
    )  # fmt: skip
    return Table(
        name=Both("Ports", "口岸"),
        caption=Both(
            f"Ports: {year}, million tonnes, and growth in {span.en} on {other.en}",
            f"各口岸：{year}年（万吨），{span.zh}比{other.zh}增速",
        ),
        columns=(
            _PORT, Both(f"#{year}", f"#{year}年"), _INTERVAL, Both("#Growth (80%)", "#增速（80%区间）"),
            Both("#Share", "#占比"), Both("#Rank", "#位次"), Both("#Back at 2019", "#恢复到2019年"),
            Both("Since", "自"), Both("Newest figure", "最新数字"),
        ),
        rows=(*rows, total),
        total=True,
        notes=(
            Both(
                "Rank: the 80% set of ranks among all ports and modes. Back at 2019: probability that every month from "
                "some month on is at or above the same month of 2019, where 2019 is known to 1 to 2.5; since: when "
                "that "
                "probability passed one half. "
                "Growth only where last year is known to 1 to 1.5. Pipelines are not in this table.",
                "位次：在全部口岸和方式中的80%位次范围。恢复到2019年：自某月起各月均不低于2019年同月的概率；自："
                "该概率超过一半的月份。"
                "上年区间上下端之比不超过1.5才给出增速。本表不含管道。",
            ),
        ),
    )  # fmt: skip


def every_port(region: RegionOverview) -> Table:
    """Return each port at a glance, for the index: the year, growth, the chance of passing last year.

    Before the end of the year a column says what has passed since January; at its end it would repeat the year.
    """
    year, span, other = region.edition.year, span_words(*region.span), year_before_words(*region.span)
    whole_year = is_whole_year(*region.span)
    rows = []
    for row in known_ports(region).iter_rows(named=True):
        whole, rate = (row["median"], row["lower"], row["upper"]), row["growth"]
        rows.append(
            (
                port_words(row, region),
                *([] if whole_year else [tonnes_in_unit(row["to_date"], row["to_date_lower"], row["to_date_upper"])]),
                tonnes_in_unit(*whole),
                tonnes_interval_in_unit(*whole),
                "" if rate is None else growth(rate, row["growth_lower"], row["growth_upper"]),
                percent(row["chance"]),
            )
        )
    return Table(
        name=Both("Every port", "各口岸一览"),
        caption=Both(f"Every port known well enough: {year}, million tonnes, and growth in {span.en} on {other.en}",
                     f"数据足够的各口岸：{year}年（万吨），{span.zh}比{other.zh}增速"),
        columns=(
            _PORT, *([] if whole_year else [Both("#Since January", "#1月以来")]),
            Both(f"#{year}", f"#{year}年"), _INTERVAL, Both("#Growth", "#增速"),
            Both(f"#Passes {year - 1}", f"#超过{year - 1}年的概率"),
        ),
        rows=tuple(rows),
        notes=(
            Both("By road, rail and air; growth only where last year is known to 1 to 1.5; statements behind every "
                 "number: on the page of the system.",
                 "公路、铁路和航空；上年区间上下端之比不超过1.5才给出增速；各数字的依据见口岸总览页。"),
        ),
    )  # fmt: skip


def _port_row(row: dict[str, Any], region: RegionOverview, behind: list[str], grown: list[str]) -> tuple[Cell, ...]:
    ends = (row["median"], row["lower"], row["upper"])
    best, worst = row["rank_best"], row["rank_worst"]
    rank = str(best) if best == worst else Both(f"{best} to {worst}", f"{best}至{worst}")
    recovered = "" if row["recovered"] is None else percent(row["recovered"])
    return (
        port_words(row, region),
        tonnes_in_unit(*ends).cite(behind),
        tonnes_interval_in_unit(*ends).cite(behind),
        "" if row["growth"] is None else _rate(row["growth"], row["growth_lower"], row["growth_upper"], grown),
        share_percent(row["share"], row["share_lower"], row["share_upper"]).cite(behind),
        rank,
        recovered,
        "" if row["recovered_on"] is None else month_words(row["recovered_on"]),
        _newest(row, region),
    )


def _rate(value: float, lower: float, upper: float, cited: list[str]) -> Cell:
    rate, between = growth(value, lower, upper).cite(cited), growth_interval(value, lower, upper).cite(cited)
    return Both((rate, " (", between, ")"), (rate, "（", between, "）"))


def _newest(row: dict[str, Any], region: RegionOverview) -> Cell:
    """Return how old the newest figure is, with its source; that there is none."""
    if row["newest_id"] is None:
        return Both("none", "无")
    old = age((region.as_of - row["newest_end"]).days)
    return Link.to(row["newest_id"], Both(f"{old.en} old", f"{old.zh}前"))


def thin_ports(region: RegionOverview) -> Table:
    """Return the ports that are too thin for a number, with the newest figure that there is."""
    statements = region.known.usable
    named = set(region.ports["place"])
    nothing = Both("no figure of tonnes", "没有货运量数字")
    rows: list[tuple[Cell, ...]] = []
    for row in region.ports.filter(pl.col("thin")).iter_rows(named=True):
        if row["newest_id"] is None:
            rows.append((port_words(row, region), nothing, "", ""))
            continue
        found = statements.row(by_predicate=pl.col("statement_id") == row["newest_id"], named=True)
        number = published_figure(found).cite([row["newest_id"]])
        span = span_words(found["period_start"], found["period_end"])
        source = Link.to(row["newest_id"], publisher_words(found["publisher"]))
        rows.append((port_words(row, region), span, number, source))
    register = region.known.places.ports.filter(pl.col("region") == region.place)
    for port in register.filter(~pl.col("port").is_in(named))["port"]:
        rows.append((short_name(port, region.known.places), nothing, "", ""))
    return Table(
        name=Both("Thin ports", "资料过少的口岸"),
        caption=Both("Ports too thin for an estimate, and what is known of them", "资料过少、不作估计的口岸及已知情况"),
        columns=(_PORT, Both("Newest period", "最新时期"), Both("#As published", "#原文数字"),
                 Both("Where from", "出处")),
        rows=tuple(rows),
        notes=(
            Both(
                "Their 80% interval has a ratio above 2.5. Each still counts in the total, with that width. Returns of "
                "the port authority by month would end this list.",
                "其80%区间上下端之比超过2.5；仍以这一宽度计入合计。若有口岸管委会的月度报表，本表即可取消。",
            ),
        ),
    )  # fmt: skip


def contributions(region: RegionOverview) -> Table:
    """Return what each port adds to growth, largest first."""
    behind = region.behind_growth()
    rows = tuple(
        (
            port_words(row, region),
            points(row["median"], row["lower"], row["upper"]).cite(behind),
            points_interval(row["median"], row["lower"], row["upper"]).cite(behind),
        )
        for row in region.contributions.iter_rows(named=True)
    )
    span, other = span_words(*region.span), year_before_words(*region.span)
    return Table(
        name=Both("Contributions", "拉动"),
        caption=Both(f"Contributions to growth, {span.en} on {other.en}, percentage points",
                     f"{span.zh}比{other.zh}增速的拉动，百分点"),
        columns=(_PORT, Both("#Points", "#百分点"), _INTERVAL),
        rows=rows,
        notes=(
            Both(
                "They add up to growth in every draw; medians need not.", "每次抽样中相加即为增速；中位数不一定可加。"
            ),
        ),
    )  # fmt: skip


def modes(region: RegionOverview) -> Table:
    """Return the system by mode, pipelines and all, by year, with shares and concentration."""
    years = region.lines["year"].unique().sort(descending=True).to_list()
    index = {row["year"]: row for row in region.concentration.iter_rows(named=True)}
    rows = []
    for year in years:
        cells: list[Cell] = [year_words(year)]
        for line in ("system", "road", "rail", "air", "pipeline", "all"):
            row = region.line(line, year)
            if row["upper"] > WIDEST_RATIO * row["lower"]:
                cells.append(_TOO_WIDE)
                continue
            number = tonnes_in_unit(row["median"], row["lower"], row["upper"])
            share = row["share"]
            words = "" if share is None else share_percent(share, share - 0.005, share + 0.005)
            cells.append(Both((number, " (", words, ")"), (number, "（", words, "）")) if words else number)
        hhi = index[year]
        cells.append(in_unit(hhi["median"], hhi["lower"], hhi["upper"], scale=1))
        cells.append(interval_in_unit(hhi["median"], hhi["lower"], hhi["upper"], scale=1))
        rows.append(tuple(cells))
    return Table(
        name=Both("Modes", "方式"),
        caption=Both("Modes by year, million tonnes and share of road, rail and air; concentration on ports",
                     "各年分方式过货量（万吨）及占公路、铁路、航空合计的比重；口岸集中度"),
        columns=(
            Both("Year", "年份"),
            *(Both(f"#{str(LINES[line].en).capitalize()}", f"#{LINES[line].zh}")
              for line in ("system", "road", "rail", "air", "pipeline", "all")),
            Both("#HHI", "#集中度（HHI）"), _INTERVAL,
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Pipelines are a line of their own: Horgos and Alashankou stand here by rail and by road alone. "
                "HHI: sum of squared shares of ports, their modes together, without pipelines; 1 is one port alone. "
                f"{_TOO_WIDE} too little published: the 80% interval has a ratio above {WIDEST_RATIO}.",
                "管道单列：霍尔果斯、阿拉山口在各表中只含铁路和公路。HHI：各口岸（各方式合计，"
                f"不含管道）份额的平方和，1为只有一个口岸。{_TOO_WIDE}公布过少：80%区间上下端之比超过{WIDEST_RATIO}。",
            ),
        ),
    )  # fmt: skip


def open_ports(region: RegionOverview) -> Table:
    """Return the ports counted in public on a day beside what the calendar says of each."""
    day = date_words(region.count_day)
    counted = tuple(
        (
            series_words(row, region.known.evidence),
            published_figure(row).cite([row["statement_id"]]),
            Link.to(row["statement_id"], publisher_words(row["publisher"])),
        )
        for row in region.counted.iter_rows(named=True)
    )
    places = region.known.places
    schedule = dict(places.ports.select("port", "schedule").iter_rows())
    by_port = tuple(
        (
            Both(*(f"{name}{mark}" for name, mark in zip(
                (short_name(row["port"], places).en, short_name(row["port"], places).zh),
                (f", {MODES[row['mode']].en}", f"{MODES[row['mode']].zh}"), strict=True))),
            STATES[row["state"]],
            _SCHEDULES.get(schedule[row["port"]] or "", Both("", "")),
        )
        for row in region.open_ports.iter_rows(named=True)
    )  # fmt: skip
    return Table(
        name=Both("Open ports", "开放口岸"),
        caption=Both(f"Open to freight on {day.en}: as counted in public, and by the calendar of each port",
                     f"{day.zh}开放货运的口岸：公开数字与各口岸日历"),
        columns=(
            Both("What", "项目"), Both("Count or state", "数目或状态"), Both("Where from, schedule", "出处、开放类型"),
        ),
        rows=(*counted, *by_port),
        notes=(
            Both(
                "The publication names no port. The calendar counts what was published by the data cut-off; the two "
                "counts are not made to agree.",
                "公开数字未列口岸名单。日历以截至数据截止日公布的内容为准；两者不强求一致。",
            ),
        ),
    )  # fmt: skip


_SCHEDULES = {
    "perennial": Both("perennial", "常年开放"),
    "seasonal": Both("seasonal", "季节性开放"),
    "temporary": Both("temporary", "临时开放"),
}
