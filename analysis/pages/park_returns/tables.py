"""The tables of a park's returns: run rates, firms by month, accounts by year, growth by firm, cash."""

from analysis.desks.park_returns import Accounts, Progress
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number, join_cells
from analysis.pages.words.phrases import likelihood, series
from analysis.pages.words.rounding import (
    fraction_percent,
    millions,
    percent,
    percent_to_a_tenth,
    plain,
    ratio,
    yuan,
    yuan_amount,
    yuan_interval,
    yuan_of,
)

_NOT_MEASURED = Both("not measured", "无实测")
_WHAT, _FIGURE = Both("What", "项目"), Both("#Figure", "#数字")
_KINDS = {
    "stayed": Both("both years", "两年均有"),
    "entered": Both("entered", "新投产"),
    "left": Both("left", "退出"),
}


def run_rates(progress: Progress) -> Table:
    """Return the run rates and the probability that the returns give."""
    end = progress.months.row(-1, named=True)
    predicted = (end["cumulative_cny"], end["lower80"], end["upper80"])
    count = progress.months_returned
    rows: tuple[tuple[Cell, ...], ...] = (
        *_target_rows(progress),
        (Both(f"Returned, {count} months", f"已报送{count}个月"), yuan(progress.to_date_cny)),
        (Both("Required run rate for the rest", "余下各月所需月均"), _rate(progress.required_run_rate)),
        (Both("Current run rate", "目前月均"), _rate(progress.current_run_rate)),
        (Both("Predicted for the year", "全年预测"), yuan_amount(*predicted)),
        (Both("80% interval of the prediction", "预测的80%区间"), yuan_interval(*predicted)),
        *_chance_rows(progress),
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
                "Prediction: each firm's level, the ramp-up of young firms, the season where the "
                "returns span two years, "
                "and what late firms may have made; no firm is foreseen that has not returned yet.",
                "预测：各企业的水平、新企业的爬坡、报表满两年时的季节性，以及尚未报送企业的可能产出；不预计尚未报送过的企业。",
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
            Both("#Since January", "#累计"), Both("#Plan by season", "#按季节的计划"),
        ),
        rows=tuple(rows),
        notes=(
            Both(
                "An empty cell: the firm had not started, or has not returned the month yet.",
                "空格：该企业当月尚未投产，或尚未报送。",
            ),
        ),
        total=True,
        illustrative=progress.illustrative,
    )  # fmt: skip


def accounts_by_year(accounts: Accounts, *, illustrative: bool) -> Table:
    """Return the accounts of the same months of each year, and the growth of output and value added in goods."""
    years = list(accounts.years["year"])
    rows: list[tuple[Cell, ...]] = []
    for name, words in _ACCOUNTS.items():
        rows.append((words, *(_NOT_MEASURED if one is None else yuan(one) for one in accounts.years[name])))
    rows.append(
        (
            Both("of value added, estimated", "其中增加值为估计的比重"),
            *map(fraction_percent, accounts.years["estimated"]),
        )
    )
    jobs = [Number(plain(round(one)), plain(round(one)), (one,)) for one in accounts.years["jobs"]]
    rows.append((Both("Jobs, mean of the months", "平均岗位数"), *jobs))
    for name, words in _RATIOS.items():
        values = accounts.years[name]
        rows.append(
            (words, *(_NOT_MEASURED if one is None else yuan_of(one) if one >= 1e3 else ratio(one) for one in values))
        )
    for table, words in (
        (accounts.single, Both("Output at constant prices, growth", "总产值可比价格增速")),
        (accounts.double, Both("Value added, doubly deflated, growth", "增加值双缩法增速")),
    ):
        rows.append((words, *("" if one is None else percent_to_a_tenth(one) for one in table["volume_growth"])))
    return Table(
        name=Both("Accounts", "核算"),
        caption=Both(f"January to month {accounts.months} of each year", f"各年1-{accounts.months}月"),
        columns=(_WHAT, *(Both(f"#{year}", f"#{year}年") for year in years)),
        rows=tuple(rows),
        notes=(
            Both(
                "Value added is output less inputs; of firms that returned no inputs "
                f"{accounts.value_added_ratio:.0%} of "
                "output. Constant prices by China's producer prices, chained by year; inputs by "
                "the same where no other "
                "price is given.",
                f"增加值为总产值减中间投入；未报中间投入的企业按总产值的{accounts.value_added_ratio:.0%}计。"
                "按全国工业生产者出厂价格逐年缩减并链接；中间投入如无另给价格，用同一价格。",
            ),
        ),
        illustrative=illustrative,
    )


def growth_by_firm(accounts: Accounts, *, illustrative: bool) -> Table:
    """Return what each firm added to the growth of output on the same months of the year before."""
    table = accounts.contributions
    rows: list[tuple[Cell, ...]] = [
        (
            row["firm"],
            _KINDS[row["kind"]],
            millions(row["before_cny"]),
            millions(row["now_cny"]),
            percent_to_a_tenth(row["points"]),
        )
        for row in table.iter_rows(named=True)
    ]
    before, now, points = (float(table[name].sum()) for name in ("before_cny", "now_cny", "points"))
    rows.append((Both("All firms", "合计"), "", millions(before), millions(now), percent_to_a_tenth(points)))
    return Table(
        name=Both("Growth by firm", "各企业贡献"),
        caption=Both(
            f"Growth of output in the first {accounts.months} months, by firm, million yuan",
            f"前{accounts.months}个月总产值增长的企业贡献，百万元",
        ),
        columns=(
            Both("Firm", "企业"),
            Both("Kind", "类别"),
            Both("#Year before", "#上年"),
            Both("#This year", "#本年"),
            Both("#Points of growth", "#拉动百分点"),
        ),
        rows=tuple(rows),
        total=True,
        illustrative=illustrative,
    )


def cash(accounts: Accounts, *, rate: float, illustrative: bool) -> Table:
    """Return what the firms' dated cash before taxes is worth so far, and its rates of return."""
    rates = accounts.rates_of_return()
    returned: Cell = Both("none: the flows have one sign", "无：现金流同号")
    if rates:
        returned = series([percent_to_a_tenth(one) for one in rates])
    return Table(
        name=Both("Cash", "现金流"),
        caption=Both("Sales less inputs, wages and investment, before taxes", "销售减中间投入、工资和投资（税前）"),
        columns=(_WHAT, _FIGURE),
        rows=(
            (Both("Sum", "合计"), yuan(float(accounts.flows["flow_cny"].sum()))),
            (
                Both(f"Present value at {rate:.0%} a year", f"按年{rate:.0%}折现的现值"),
                yuan(accounts.present_value(rate)),
            ),
            (Both("Rate of return a year", "年收益率"), returned),
        ),
        illustrative=illustrative,
    )


_ACCOUNTS = {
    "output_cny": Both("Gross output", "总产值"),
    "sales_cny": Both("Sales", "销售额"),
    "exports_cny": Both("of which exports", "其中出口"),
    "inputs_cny": Both("Inputs", "中间投入"),
    "value_added_cny": Both("Value added", "增加值"),
    "wages_cny": Both("Wages", "工资"),
    "investment_cny": Both("Investment", "投资"),
}
_RATIOS = {
    "value_added_per_job": Both("Value added by job", "每个岗位的增加值"),
    "output_per_invested": Both("Output per yuan invested since the first return", "每元投资（自首次报送起）的产出"),
    "output_per_mu": Both("Output by mu", "每亩产出"),
}


def _target_rows(progress: Progress) -> list[tuple[Cell, ...]]:
    if progress.target_cny is None:
        return []
    return [(Both("Target compared with", "对照目标"), yuan(progress.target_cny))]


def _chance_rows(progress: Progress) -> list[tuple[Cell, ...]]:
    """Return the probability of the target, and what flat months would say; nothing without a target."""
    if progress.probability is None or progress.flat_probability is None:
        return []
    return [
        (Both("Probability of the target", "实现目标的概率"), _chance(progress.probability)),
        (Both("if months were flat", "若各月持平"), percent(progress.flat_probability)),
    ]


def _rate(rate: float | None) -> Cell:
    if rate is None:
        return _NOT_MEASURED
    number = yuan(rate)
    return Both((number, " a month"), ("月均", number))


def _chance(probability: float) -> Cell:
    word = likelihood(probability)
    return join_cells(percent(probability), Both(f", {word.en}", f"，{word.zh}"))
