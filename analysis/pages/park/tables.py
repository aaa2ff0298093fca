"""The tables of the park desk: published facts, and what firms' returns say."""

from typing import Any

from analysis.desks.park import Attainment, Progress
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Link, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.indicators import indicator_words
from analysis.pages.words.phrases import likelihood
from analysis.pages.words.reasons import reason_words
from analysis.pages.words.rounding import (
    as_published,
    fraction_percent,
    millions,
    percent,
    ratio,
    with_relation,
    yuan,
    yuan_amount,
    yuan_interval,
)
from analysis.sources.evidence import Evidence

_NONE, _NOT_MEASURED = Both("none", "无"), Both("not measured", "无实测")
_WHAT, _FIGURE = Both("What", "项目"), Both("#Figure", "#数字")


def facts(attainment: Attainment) -> Table:
    """Return what was published about the target, and what follows from it by division alone."""
    day = date_words(attainment.as_of)
    return Table(
        name=Both("Published facts", "公布事实"),
        caption=Both(f"Published facts by {day.en}", f"截至{day.zh}的公布事实"),
        columns=(_WHAT, _FIGURE, Both("Where from", "出处")),
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


def illustration(progress: Progress) -> Table:
    """Return the run rates and the probability that the returns give."""
    end = progress.months.row(-1, named=True)
    predicted = (end["cumulative_cny"], end["lower80"], end["upper80"])
    count = progress.months_returned
    rows: tuple[tuple[Cell, ...], ...] = (
        (Both("Target compared with", "对照目标"), yuan(progress.target_cny)),
        (Both(f"Returned, {count} months", f"已报送{count}个月"), yuan(progress.to_date_cny)),
        (Both("Required run rate for the rest", "余下各月所需月均"), _rate(progress.required_run_rate)),
        (Both("Current run rate", "目前月均"), _rate(progress.current_run_rate)),
        (Both("Predicted for the year", "全年预测"), yuan_amount(*predicted)),
        (Both("80% interval of the prediction", "预测的80%区间"), yuan_interval(*predicted)),
        (Both("Probability of the target", "实现目标的概率"), _chance(progress.probability)),
        (Both("Concentration (HHI, 0 to 1)", "集中度（HHI，0至1）"), ratio(progress.hhi)),
        (Both("Share of the five largest firms", "前五家企业占比"), fraction_percent(progress.top_five)),
    )
    return Table(
        name=Both("Run rates", "进度"),
        caption=Both("Target, run rates and probability", "目标、进度与概率"),
        columns=(_WHAT, _FIGURE),
        rows=rows,
        notes=(
            Both(
                "The target is a real, published expectation; everything else here comes from the returns. The two are "
                "compared, never added.",
                "目标是真实的公开预期，其余数字均来自报表。两者只对照，不相加。",
            ),
            Both(
                "Prediction: the months to come are like those returned, with the uncertainty of their mean and "
                "spread.",
                "预测：假定余下各月与已报送月份相同，并计入均值与波动的不确定性。",
            ),
        ),
        illustrative=progress.illustrative,
    )


def contributions(progress: Progress) -> Table:
    """Return the output by month and firm, largest first, with totals, shares and the even plan."""
    names = list(progress.firms["firm"])
    wide = progress.returned.pivot("firm", index="month", values="output_cny").sort("month")
    done = progress.months.filter(progress.months["made"] == "returned")
    rows: list[tuple[Cell, ...]] = []
    for row, sums in zip(wide.iter_rows(named=True), done.iter_rows(named=True), strict=True):
        firms: list[Cell] = ["" if row[name] is None else millions(row[name]) for name in names]
        totals = (millions(sums[name]) for name in ("output_cny", "cumulative_cny", "plan_cny"))
        rows.append((f"{row['month']:%Y-%m}", *firms, *totals))
    shares = (fraction_percent(share) for share in progress.firms["share"])
    rows.append((Both("Share of the total", "占比"), *shares, fraction_percent(1.0), "", ""))
    sums_of_firms = (millions(total) for total in progress.firms["output_cny"])
    whole = Both(f"Total of {len(done)} months", f"{len(done)}个月合计")
    rows.append((whole, *sums_of_firms, millions(progress.to_date_cny), "", ""))
    year = progress.year
    return Table(
        name=Both("Firms", "企业"),
        caption=Both(
            f"Output by firm in {year}, million yuan (1 million yuan = 0.01亿元)",
            f"{year}年各企业产值，百万元（1百万元=0.01亿元）",
        ),
        columns=(
            Both("Month", "月份"), *(f"#{name}" for name in names), Both("#All firms", "#合计"),
            Both("#Since January", "#累计"), Both("#Even plan", "#均衡计划"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "An empty cell: the firm had not started, or had stopped.", "空格：该企业当月尚未投产，或已停产。"
            ),
        ),
        total=True,
        illustrative=progress.illustrative,
    )  # fmt: skip


def _expected(attainment: Attainment) -> list[tuple[Cell, ...]]:
    """Return target and capital, and the one divided by the other."""
    year, target, capital = attainment.year, attainment.target_id, attainment.invested_id
    what = Both(f"Output expected for {year}, used as the target", f"{year}年预计总产值，作为目标")
    source = _source(target, Both("a published expectation", "公开预期"), Both("set by hand", "人工设定"))
    rows: list[tuple[Cell, ...]] = [(what, yuan(attainment.target_cny).cite(_ids(target)), source)]
    if attainment.invested_cny is not None and attainment.output_per_invested is not None:
        by_capital = ratio(attainment.output_per_invested).cite(_ids(target, capital))
        invested = with_relation(yuan(attainment.invested_cny), "approx").cite(_ids(capital))
        published = _source(capital, Both("published", "已公布"), Both("", ""))
        rows += [
            (Both("Capital invested", "累计投资"), invested, published),
            (_by_invested(attainment), by_capital,
             Both("target ÷ capital", "目标÷投资")),
        ]  # fmt: skip
    return rows


def _measured(attainment: Attainment) -> list[tuple[Cell, ...]]:
    """Return what is known of output, run rates and probability."""
    why = None if attainment.reason is None else reason_words(attainment.reason)
    if attainment.current_run_rate is None:
        required = Both("target ÷ 12 months, nothing being measured", "目标÷12个月（无实测）")
    else:
        required = Both("for the rest of the year", "余下各月")
    target = _ids(attainment.target_id)
    output = _NONE if attainment.current_run_rate is None else Both("see below", "见下")
    return [
        (Both("Output measured", "实际产值"), output, why or Both("returned", "企业报表")),
        (_run_rate(attainment), _rate(attainment.required_run_rate, target), required),
        (Both("Current run rate", "目前月均"), _rate(attainment.current_run_rate),
         why or Both("mean of the months returned", "已报送月份的均值")),
        (Both("Probability of the target", "实现目标的概率"), _chance(attainment.probability),
         why or Both("from the returns", "根据报表")),
    ]  # fmt: skip


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


def _source(statement_id: str | None, words: Both, otherwise: Both) -> Cell:
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
