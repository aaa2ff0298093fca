"""The three sentences of the closures desk: freight against 2019, trade and growth, and how it came back."""

import polars as pl

from analysis.desks.closures import ClosureImpact, Impact
from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.pages.closures.words import amount_words, change_cell, closed_span, ends, impact_words, span_of_year
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Cell, Number, Part, join_cells, text
from analysis.pages.words.dates import month_words, span_words
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.rounding import fraction_percent, percent, percents_of_whole

#: Above and below these the estimate bears a statement out, or contradicts it.
BORNE_OUT, CONTRADICTED = 0.5, 0.05


def summary(impact: ClosureImpact) -> Sentences:
    """Return freight against 2019, trade and what growth would have brought, and how it came back."""
    return Sentences((_freight_sentence(impact), _trade_sentence(impact), _return_sentence(impact)))


def _freight_sentence(impact: ClosureImpact) -> Both:
    """Return what the road ports carried less than in the year before, in tonnes for the first year, and by year."""
    each, behind = impact.together, impact.behind()
    first, *others = each.by_year.items()
    year = span_of_year(first[0], impact)
    yardstick = each.yardstick
    if not each.is_measurable:
        interval = amount_words(each.unit, ends(each.yardstick_total), behind)[1]
        clause, chance = likelihood_clause(first[1].chance), percent(first[1].chance).cite(behind)
        said, said_zh = _is_so(clause, chance)
        return Both(
            (f"How much less than in {yardstick} the road ports carried while ports were closed cannot be put in a "
             f"number, because {yardstick} itself is put at ", interval, f" (80%); that {year.en} was below it ",
             *said, "."),
            (f"关闭期间公路口岸比{yardstick}年少过多少无法用数字表述，因为{yardstick}年本身只知道在", interval,
             f"之间（80%区间）；{year.zh}低于该年的", *said_zh, "。"),
        )  # fmt: skip
    median, lower, upper = ends(first[1].total)
    value, interval = amount_words(each.unit, (median, lower, upper), behind)
    rate = change_cell(first[1], behind)
    rest = [(span_of_year(one, impact), change_cell(found, behind)) for one, found in others]
    english: list[Part] = [f"In {year.en} the road ports together carried ", value, f" less than in {yardstick} (80%: ",
                           interval, "), ", *_of(rate, "en")]  # fmt: skip
    chinese: list[Part] = [f"{year.zh}公路口岸合计比{yardstick}年少过", value, "（80%区间", interval, "），变动",
                           *_of(rate, "zh")]  # fmt: skip
    for span, cell in rest:
        english += [f"; {span.en}: ", *_of(cell, "en")]
        chinese += [f"；{span.zh}：", *_of(cell, "zh")]
    if rest:
        whole = _whole_words(each, impact)
        english += ["; ", *_of(whole, "en")]
        chinese += ["；", *_of(whole, "zh")]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _whole_words(each: Impact, impact: ClosureImpact) -> Cell:
    """Return what a flow carried less over all months of the closures, or more."""
    behind, span = impact.behind(), closed_span(impact)
    median, lower, upper = ends(each.closed.total)
    less = median >= 0
    value, interval = amount_words(each.unit, (median, lower, upper) if less else (-median, -upper, -lower), behind)
    rate = change_cell(each.closed, behind)
    word, other = (("less", "more"), ("more", "less"))[not less]
    word_zh, other_zh = (("少过", "多过"), ("多过", "少过"))[not less]
    below = (f"; below zero: {other}", f"，负值为{other_zh}") if lower < 0 < upper else ("", "")
    return Both(
        (f"{span.en} together: ", value, f" {word} (80%: ", interval, f"{below[0]}), ", *_of(rate, "en")),
        (f"{span.zh}合计{word_zh}", value, "（80%区间", interval, f"{below[1]}），变动", *_of(rate, "zh")),
    )  # fmt: skip


def _is_so(clause: Both, chance: Number) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return a probability in words and number: `is almost certain (98%)`; `可能性极大（98%）`."""
    words = text(clause.en).removeprefix("it ")
    says = words if words.startswith("is ") else f"has a {words.removeprefix('the ')}"
    return (f"{says} (", chance, ")"), (f"{text(clause.zh, 'zh')}（概率", chance, "）")


def _trade_sentence(impact: ClosureImpact) -> Both:
    """Return trade by year against the year before, and what can be said had both grown on as before."""
    name, behind = impact_words(impact.trade, impact), impact.behind_trade()
    english: list[Part] = [f"{name.en} against {impact.trade.yardstick}: "]
    chinese: list[Part] = [f"{name.zh}与{impact.trade.yardstick}年相比："]
    for place, (year, found) in enumerate(impact.trade.by_year.items()):
        known = impact.trade.is_measurable
        span, cell = span_of_year(year, impact), change_cell(found, behind) if known else Both("unknown", "不详")
        english += [", " if place else "", *_of(cell, "en"), f" in {span.en}"]
        chinese += ["，" if place else "", f"{span.zh}", *_of(cell, "zh")]
    grown = [_grown_words(each, impact) for each in (impact.together, impact.trade)]
    if all(not each.growth_is_measurable for each in (impact.together, impact.trade)):
        english.append("; the figures do not tell how much less that is than if growth had gone on as before (the 80% "
                       f"interval of what would have passed spans more than a factor of {WIDEST_RATIO})")  # fmt: skip
        chinese.append("；与按此前增速相比损失多少，现有数字不足以给出数值"
                       f"（应过货量的80%区间上下限之比超过{WIDEST_RATIO}）")  # fmt: skip
    else:
        for words in (each for each in grown if each is not None):
            english += ["; ", *_of(words, "en")]
            chinese += ["；", *_of(words, "zh")]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _grown_words(each: Impact, impact: ClosureImpact) -> Cell | None:
    """Return what did not pass against growth as before; None where no number is allowed."""
    if not each.growth_is_measurable or each.grown is None:
        return None
    cited = impact.behind_trade() if each.unit == "CNY" else impact.behind()
    median, lower, upper = ends(each.grown.total)
    name = impact_words(each, impact)
    if lower < 0:
        chance = percent(each.grown.chance).cite(cited)
        return Both((f"that {text(name.en)[0].lower()}{text(name.en)[1:]} lost against growth as before has a "
                     "probability of ", chance),
                    (f"{name.zh}与按此前增速相比受损的概率为", chance))  # fmt: skip
    value, interval = amount_words(each.unit, (median, lower, upper), cited)
    return Both((f"had {text(name.en)[0].lower()}{text(name.en)[1:]} grown on as before, ", value,
                 " more would have passed (80%: ", interval, ")"),
                (f"若{name.zh}按此前的增速继续增长，会多过", value, "（80%区间", interval, "）"))  # fmt: skip


def sheet_words(impact: ClosureImpact) -> Both:
    """Return how much of the time the ports were shut."""
    first, last = impact.span
    known = impact.sheet.filter(
        (pl.col("mode") == "road") & (pl.col("state") != "unknown") & pl.col("month").is_between(first, last)
    )
    count, ports = len(known), known["port"].n_unique()
    if not count:
        return Both("Nothing is known of how the road ports stood.", "公路口岸当时的状态不详。")
    shares = {state: len(known.filter(pl.col("state") == state)) / count for state in ("closed", "one_way", "limited")}
    closed, one_way, limited = (fraction_percent(share) for share in shares.values())
    return Both(
        (f"Of the months of {ports} road ports with a calendar ", closed, " were mostly closed, ", one_way,
         " one way and ", limited, " limited."),
        (f"在有日历记录的{ports}个公路口岸的各月中，", closed, "以关闭为主，", one_way, "单向通行，", limited,
         "限量通行。"),
    )  # fmt: skip


def _return_sentence(impact: ClosureImpact) -> Both:
    """Return whether the road ports are back at the year before, and what becomes of "close to 2019"."""
    back, behind, month = impact.together.since, impact.behind(), month_words(impact.edition)
    clause, chance = likelihood_clause(back.chance_of_recovery), percent(back.chance_of_recovery).cite(behind)
    words, yardstick = text(clause.en), impact.together.yardstick
    english: list[Part] = [f"{words[0].upper()}{words[1:]} (", chance, f") that by {month.en} road freight was back at "
                           f"{yardstick} to stay"]  # fmt: skip
    chinese: list[Part] = [f"到{month.zh}公路过货量已恢复到{yardstick}年水平并保持的{text(clause.zh, 'zh')}（概率",
                           chance, "）"]  # fmt: skip
    months = back.months_to_recover()
    if months is not None:
        low, middle, high = months
        since = month_words(impact.span[0])
        english.append(f", {middle} months (80%: {low} to {high}) from {since.en} on")
        chinese.append(f"，自{since.zh}起第{middle}个月恢复（80%区间{low}至{high}）")
    if len(impact.statement) and sum(impact.close_to) > 0:
        close = _close_words(impact)
        english += ["; ", *_of(close, "en")]
        chinese += ["；", *_of(close, "zh")]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def close_verdict(impact: ClosureImpact) -> Both:
    """Return whether the estimate bears out that road freight was close to 2019."""
    near = impact.close_to[1]
    if near >= BORNE_OUT:
        return Both("bears it out", "与之相符")
    if near <= CONTRADICTED:
        return Both("contradicts it", "与之不符")
    return Both("neither bears it out nor contradicts it", "既不能证实也不能否定")


def _close_words(impact: ClosureImpact) -> Both:
    """Return what becomes of the statement that road freight was close to 2019."""
    row = impact.statement.row(0, named=True)
    ids, span = [row["statement_id"]], span_words(row["period_start"], row["period_end"])
    cited = [*ids, *impact.behind()]
    below, near, above = (chance.cite(cited) for chance in percents_of_whole(impact.close_to))
    verdict = close_verdict(impact)
    return Both(
        (f'the statement that road freight in {span.en} was "close to 2019" was checked, and the estimate '
         f"{verdict.en}: the probability is ", above, " that it was at or above 2019, ", near,
         " that it was up to 10% below, and ", below, " that it was further below"),
        (f"公布称{span.zh}公路货运“接近2019年同期水平”，估计{verdict.zh}：不低于2019年同期的概率为", above,
         "，低10%以内的概率为", near, "，更低的概率为", below),
    )  # fmt: skip


def _of(cell: Cell, lang: str) -> tuple[Part, ...]:
    """Return the parts of a cell in one language."""
    return _parts(cell.of(lang) if isinstance(cell, Both) else cell)


def _parts(cell: Cell) -> tuple[Part, ...]:
    return cell if isinstance(cell, tuple) else (cell,)
