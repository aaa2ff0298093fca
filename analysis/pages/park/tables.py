"""The tables of the park desk: published facts, peers, expectations, scale and scenarios."""

from typing import Any

from analysis.desks.park import Attainment, ParkOutput
from analysis.desks.park.peers import AREA, CAPITAL, FIRMS, JOBS
from analysis.desks.park.scenarios import Shut
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link, Number, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import likelihood
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import (
    as_published,
    fraction_percent,
    percent,
    percent_to_a_tenth,
    plain,
    ratio,
    with_relation,
    yuan,
    yuan_of,
)
from analysis.sources.evidence import Evidence

_NONE, _NOT_MEASURED = Both("none", "无"), Both("not measured", "无实测")
_WHAT, _FIGURE, _WHERE = Both("What", "项目"), Both("#Figure", "#数字"), Both("Where from", "出处")

#: What output is set against, with the words of its unit.
_BASES = {
    CAPITAL: (Both("by yuan of capital", "每元投资"), Both("yuan", "元")),
    AREA: (Both("by square kilometre", "每平方公里"), Both("million yuan", "百万元")),
    JOBS: (Both("by job", "每个岗位"), Both("thousand yuan", "千元")),
    FIRMS: (Both("by firm", "每家企业"), Both("million yuan", "百万元")),
}
_SCALES = {CAPITAL: 1.0, AREA: 1e6, JOBS: 1e3, FIRMS: 1e6}
_SPREADS = {
    "year": Both("", ""),
    "years": Both(", a year on average", "，年均"),
    "part": Both(", as a yearly rate", "，折合全年"),
}
_VERDICTS = {
    "met": Both("came true", "实现"),
    "missed": Both("did not", "落空"),
    "silent": Both("never spoken of again", "再无下文"),
}
_FIGURES = {
    "gdp": Both("Gross domestic product", "生产总值"),
    "industry": Both("Value added of industry", "工业增加值"),
    "primary": Both("Primary sector", "第一产业增加值"),
    "secondary": Both("Secondary sector", "第二产业增加值"),
    "tertiary": Both("Tertiary sector", "第三产业增加值"),
}


def facts(park: ParkOutput) -> Table:
    """Return what was published about the park, and what follows from it by division alone."""
    attainment, day = park.attainment, date_words(park.attainment.as_of)
    return Table(
        name=Both("Published facts", "公布事实"),
        caption=Both(f"Published facts by {day.en}", f"截至{day.zh}的公布事实"),
        columns=(_WHAT, _FIGURE, _WHERE),
        rows=(
            *_expected(attainment),
            *_measured(attainment),
            *(_later(row, attainment.known.evidence) for row in attainment.later.to_dicts()),
        ),
        notes=(
            Both(
                "An expectation is not a figure: it says what somebody hoped for, and is compared with the outcome "
                "only.",
                "预期不是实绩：它说明有人期待什么，只用来与结果对照。",
            ),
            *_remarks(attainment),
        ),
    )


def peers(park: ParkOutput) -> Table:
    """Return every park with both figures, by what its output is set against."""
    places, rows = park.attainment.places, []
    for basis, (words, unit) in _BASES.items():
        for row in park.peers.of(basis).iter_rows(named=True):
            spread = _SPREADS[row["spread"]]
            span = span_words(row["output_start"], row["output_end"])
            output = yuan(row["output_cny"]).cite([row["output_id"], *row["rate_ids"]])
            base = _base(basis, row).cite([row["base_id"], *row["rate_ids"]])
            quotient = ratio(row["ratio"] / _SCALES[basis]).cite([row["output_id"], row["base_id"]])
            quotient = with_relation(quotient, "approx" if row["loose"] else "eq")
            rows.append(
                (
                    short_name(row["park"], places),
                    Both(f"{words.en}, {unit.en}", f"{words.zh}，{unit.zh}"),
                    quotient,
                    output,
                    Both(
                        f"{'sales, ' if row['sales'] else ''}{span.en}{spread.en}",
                        f"{span.zh}{'销售' if row['sales'] else ''}{spread.zh}",
                    ),
                    base,
                    date_words(row["base_on"]),
                    "" if row["age"] is None else Number(str(row["age"]), str(row["age"]), (float(row["age"]),)),
                )
            )
    return Table(
        name=Both("Other parks", "其他园区"),
        caption=Both(
            "Output of other parks by capital, area, job and firm", "其他园区按投资、面积、岗位和企业计的产出"
        ),
        columns=(
            Both("Park", "园区"),
            Both("Output", "产出"),
            Both("#Ratio", "#比值"),
            Both("#Output a year", "#年产出"),
            Both("Period", "时期"),
            Both("#Against", "#对照"),
            Both("On", "截至"),
            Both("#Age, years", "#园龄（年）"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Both figures as published, at most three years apart; foreign currency at the "
                "published rate nearest to "
                "the output's period. Parks that went well are spoken of more often, so the "
                "ratios are rather too high.",
                "两项数字均按公布数，相隔不超过三年；外币按最接近该时期的公布汇率折算。经营好的园区更常被报道，故比值偏高。",
            ),
        ),
    )


def expectations(park: ParkOutput) -> Table:
    """Return each expectation whose period is over, and what was published of it."""
    evidence, places = park.attainment.known.evidence, park.attainment.places
    rows = []
    for row in park.record.table.iter_rows(named=True):
        name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
        place = short_name(row["place"], places)
        outcome: Cell = _NONE
        if row["outcome_id"] is not None:
            words = as_published(row["outcome_as_published"], row["outcome_relation"], row["outcome"])
            outcome = words.cite([row["outcome_id"]])
        rows.append(
            (
                Both(f"{place.en}, {name.en}", f"{place.zh}{name.zh}"),
                span,
                as_published(row["value_as_published"], row["relation"], row["expected"]).cite([row["statement_id"]]),
                outcome,
                _VERDICTS[row["verdict"]],
            )
        )
    return Table(
        name=Both("Expectations", "预期"),
        caption=Both("Published expectations and their outcomes", "公布的预期及其结果"),
        columns=(
            _WHAT,
            Both("Period", "时期"),
            Both("#Expected", "#预期"),
            Both("#Outcome", "#结果"),
            Both("Verdict", "结论"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "Judged 90 days after the period; met where a published sum reached it, missed where the whole period "
                "was published and did not.",
                "期满90天后判定：公布数达到预期为实现，全期公布而未达到为落空。",
            ),
        ),
    )


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
        columns=(_WHAT, _FIGURE, _WHERE),
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


def scenarios(park: ParkOutput, *, shut_days: int, more_firms: int) -> Table:
    """Return arithmetic on published facts: an order, more firms, a border that is shut."""
    rows = [
        *_order_rows(park),
        *_firm_rows(park, more_firms),
        *(_shut_row(park, one, shut_days) for one in park.scenarios.shut),
    ]
    return Table(
        name=Both("Scenarios", "情景"),
        caption=Both("What published facts come to, by arithmetic alone", "公布事实的简单推算"),
        columns=(Both("If", "假如"), Both("#Then", "#则"), Both("From", "依据")),
        rows=tuple(rows),
        notes=(
            Both(
                "No forecast: each row multiplies or divides published figures. A car is not a "
                "three-wheeler; the prices of "
                "the park's own vehicles were not published.",
                "不是预测：各行只是公布数的乘除。汽车不同于三轮车；园区车辆的售价没有公布。",
            ),
        ),
    )


def _expected(attainment: Attainment) -> list[tuple[Cell, ...]]:
    """Return target and capital, and the one divided by the other."""
    year, target, capital = attainment.year, attainment.target_id, attainment.invested_id
    rows: list[tuple[Cell, ...]] = []
    if attainment.target_cny is not None:
        what = Both(f"Output expected for {year}, used as the target", f"{year}年预计总产值，作为目标")
        source = _source(target, Both("a published expectation", "公开预期"), Both("set by hand", "人工设定"))
        rows.append((what, yuan(attainment.target_cny).cite(_ids(target)), source))
    if attainment.invested_cny is not None:
        invested = with_relation(yuan(attainment.invested_cny), "approx").cite(_ids(capital))
        rows.append((Both("Capital invested", "累计投资"), invested, _source(capital, Both("published", "已公布"), "")))
    if attainment.output_per_invested is not None:
        by_capital = ratio(attainment.output_per_invested).cite(_ids(target, capital))
        rows.append((_by_invested(attainment), by_capital, Both("target ÷ capital", "目标÷投资")))
    return rows


def _measured(attainment: Attainment) -> list[tuple[Cell, ...]]:
    """Return what is known of output, run rates and probability."""
    why = None if attainment.reason is None else reason_words(attainment.reason)
    output: Cell = _NONE
    source: Cell = why or Both("returned", "企业报表")
    if attainment.progress is not None:
        output = yuan(attainment.progress.to_date_cny)
    elif attainment.output_cny is not None:
        output = yuan(attainment.output_cny).cite(_ids(attainment.output_id))
        source = _source(attainment.output_id, Both("published", "已公布"), "")
    rows: list[tuple[Cell, ...]] = [(Both("Output measured", "实际产值"), output, source)]
    if attainment.target_cny is None:
        return rows
    required = Both("for the rest of the year", "余下各月")
    if attainment.current_run_rate is None:
        required = Both("target ÷ 12 months, nothing being measured", "目标÷12个月（无实测）")
    target = _ids(attainment.target_id)
    return [
        *rows,
        (_run_rate(attainment), _rate(attainment.required_run_rate, target), required),
        (
            Both("Current run rate", "目前月均"),
            _rate(attainment.current_run_rate),
            why or Both("mean of the months returned", "已报送月份的均值"),
        ),
        (
            Both("Probability of the target", "实现目标的概率"),
            _chance(attainment.probability),
            why or Both("from the returns", "根据报表"),
        ),
    ]


def _run_rate(attainment: Attainment) -> Both:
    """Return what the required run rate is called: in hindsight, what the year would have needed."""
    if attainment.over:
        return Both("Run rate it would have needed", "当年所需月均")
    return Both("Required run rate", "所需月均")


def _by_invested(attainment: Attainment) -> Both:
    """Return what the target by yuan invested is called."""
    if attainment.over:
        return Both("Output by yuan invested, had the target been met", "假如当年实现目标，每元投资的产出")
    return Both("Output by yuan invested, if the target is met", "若实现目标，每元投资的产出")


def _later(row: dict[str, Any], evidence: Evidence) -> tuple[Cell, ...]:
    """Return another statement about the park: no output, but the nearest thing that was published."""
    name, span = indicator_words(row["indicator"], evidence), span_words(row["period_start"], row["period_end"])
    published = row["published_on"]
    day = Both(f", {date_words(published).en}", f"，{date_words(published).zh}") if published else Both("", "")
    return (
        Both(f"Also published: {name.en}, {span.en}", f"另有公布：{span.zh}{name.zh}"),
        as_published(row["value_as_published"], row["relation"], row["value"]).cite([row["statement_id"]]),
        Link.to(row["statement_id"], Both(f"{row['publisher']}{day.en}", f"{row['publisher']}{day.zh}")),
    )


def _remarks(attainment: Attainment) -> tuple[Cell, ...]:
    """Return what the ledger notes about the other statements, each with its id."""
    noted = [row for row in attainment.later.to_dicts() if row["note"]]
    return tuple(
        (
            Link.to(row["statement_id"], row["statement_id"]),
            Both(f": {row['note']}", f"：{row['note_zh'] or row['note']}"),
        )
        for row in noted
    )


def _base(basis: str, row: dict[str, Any]) -> Number:
    """Return what an output is set against, in words."""
    if basis == CAPITAL:
        return yuan(row["base"])
    size = plain(row["base"])
    unit = {AREA: (" km²", "平方公里"), JOBS: (" jobs", "个岗位"), FIRMS: (" firms", "家企业")}[basis]
    return Number(f"{size}{unit[0]}", f"{size.replace(',', '')}{unit[1]}", (row["base"],))


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


def _order_rows(park: ParkOutput) -> list[tuple[Cell, ...]]:
    """Return what an order takes at the pace so far, and what it is worth at published prices."""
    order, places, target = park.scenarios.order, park.attainment.places, park.attainment.target_cny
    if order is None:
        return []
    firm = short_name(order.firm, places)
    ordered = Number(f"{plain(order.units)}", f"{plain(order.units).replace(',', '')}", (order.units,)).cite(
        [order.order_id]
    )
    rows: list[tuple[Cell, ...]] = []
    if order.pace and order.days and order.made_start and order.made_end and order.made is not None:
        made = with_relation(
            Number(plain(order.made), plain(order.made).replace(",", ""), (order.made,)), order.made_relation
        )
        pace, days = (Number(f"{one:.0f}", f"{one:.0f}", (one,)) for one in (order.pace, order.days))
        span = span_words(order.made_start, order.made_end)
        rows.append(
            (
                Both(
                    (f"{firm.en} makes the ", ordered, " vehicles ordered at its pace so far"),
                    (f"{firm.zh}按目前速度完成", ordered, "辆订单"),
                ),
                Both((pace, " a day, so at most ", days, " days"), ("日均", pace, "辆，最多需", days, "天")),
                Both(
                    (made.cite(_ids(order.made_id)), f" vehicles, {span.en}"),
                    (f"{span.zh}", made.cite(_ids(order.made_id)), "辆"),
                ),
            )
        )
    for value in park.scenarios.unit_values[:1]:
        worth = value.yuan * order.units
        who, span = short_name(value.place, places), span_words(value.start, value.end)
        beside = Both("", "")
        if target:
            beside = Both(
                (", ", fraction_percent(worth / target), " of the target"),
                ("，为目标的", fraction_percent(worth / target)),
            )
        rows.append(
            (
                Both(
                    (ordered, " vehicles at the price of the cars that ", f"{who.en} imported"),
                    (ordered, f"辆按{who.zh}进口汽车的均价"),
                ),
                join_cells(yuan(worth).cite(value.ids), beside),
                Both((yuan_of(value.yuan), f" a car, {span.en}"), (f"{span.zh}每辆", yuan_of(value.yuan))),
            )
        )
    if target:
        each = target / order.units
        rows.append(
            (
                Both(("the order alone makes the target"), ("仅凭该订单实现目标")),
                Both((yuan_of(each), " a vehicle"), ("每辆", yuan_of(each))),
                Both("target ÷ order", "目标÷订单"),
            )
        )
    return rows


def _firm_rows(park: ParkOutput, more_firms: int) -> list[tuple[Cell, ...]]:
    """Return what more firms of an average size would bring, and how many of them the target takes."""
    firms, target = park.scenarios.firms, park.attainment.target_cny
    if firms is None:
        return []
    name = short_name(firms.of, park.attainment.places)
    own = firms.of == park.attainment.park
    whose = (
        Both("of the park's own average", "按本园区平均")
        if own
        else Both(
            f"of the average of {name.en}, as the park's own was not published", f"按{name.zh}的平均（本园区未公布）"
        )
    )
    made = yuan(more_firms * firms.output_cny).cite(firms.ids)
    rows: list[tuple[Cell, ...]] = [
        (
            Both(f"{more_firms} more firms {whose.en}", f"再有{more_firms}家企业，{whose.zh}"),
            Both((made, " a year"), ("每年", made)),
            Both((yuan(firms.output_cny).cite(firms.ids), " a firm"), ("每家", yuan(firms.output_cny).cite(firms.ids))),
        ),
    ]
    if target:
        count = target / firms.output_cny
        rows.append(
            (
                Both("firms of that size make the target", "由同等规模企业实现目标"),
                Both(
                    (Number(f"{count:.0f}", f"{count:.0f}", (count,)), " firms"),
                    (Number(f"{count:.0f}", f"{count:.0f}", (count,)), "家"),
                ),
                Both("target ÷ firm", "目标÷每家"),
            )
        )
    return rows


def _shut_row(park: ParkOutput, shut: Shut, days: int) -> tuple[Cell, ...]:
    """Return what does not pass a port on so many days."""
    port = short_name(shut.port, park.attainment.places)
    total = shut.a_day * days
    cars = shut.indicator == "auto_units"
    size = plain(round(total, -3) if total >= 1e5 else round(total, -2))
    unit = Both(" cars", "辆车") if cars else Both(" tonnes", "吨")
    number = with_relation(Number(f"{size}{unit.en}", f"{size.replace(',', '')}{unit.zh}", (total,)), shut.relation)
    span = span_words(shut.start, shut.end)
    return (
        Both(f"{port.en} is shut for {days} days", f"{port.zh}关闭{days}天"),
        Both((number.cite([shut.statement_id]), " do not pass"), ("少过", number.cite([shut.statement_id]))),
        Both(f"pace of {span.en}", f"按{span.zh}的日均"),
    )


def _source(statement_id: str | None, words: Both, otherwise: Cell) -> Cell:
    return Link.to(statement_id, words) if statement_id else otherwise


def _ids(*ids: str | None) -> list[str]:
    return [one for one in ids if one is not None]


def _rate(rate: float | None, ids: list[str] | None = None) -> Cell:
    if rate is None:
        return _NOT_MEASURED
    number = yuan(rate).cite(ids or ())
    return Both((number, " a month"), ("月均", number))


def _chance(probability: float | None) -> Cell:
    if probability is None:
        return _NOT_MEASURED
    word = likelihood(probability)
    return join_cells(percent(probability), Both(f", {word.en}", f"，{word.zh}"))
