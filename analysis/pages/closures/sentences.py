"""The three sentences of the closures desk: what was lost, how the ports stood, how it came back."""

import polars as pl

from analysis.desks.closures import ClosureImpact, Impact
from analysis.pages.closures.words import VERDICTS, impact_words, lost_numbers
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Cell, Part, join_cells
from analysis.pages.words.dates import span_words
from analysis.pages.words.phrases import likelihood_clause
from analysis.pages.words.rounding import fraction_percent, percent


def summary(impact: ClosureImpact) -> Sentences:
    """Return what was lost, how the ports stood, and how it came back."""
    return Sentences((_loss_sentence(impact), _sheet_sentence(impact), _return_sentence(impact)))


def closed_span(impact: ClosureImpact) -> Both:
    """Return the months of the closures in words."""
    first, last = impact.span
    return Both(f"{first:%Y-%m} to {last:%Y-%m}", f"{first.year}年{first.month}月至{last.year}年{last.month}月")


def _loss_sentence(impact: ClosureImpact) -> Both:
    """Return the tonnes of the road ports, and the yuan of trade."""
    english: list[Part] = []
    chinese: list[Part] = []
    for place, each in enumerate((impact.together, impact.trade)):
        words = _loss_words(each, impact)
        english += ["; " if place else "", *_parts(words.en)]
        chinese += ["；" if place else "", *_parts(words.zh)]
    span = closed_span(impact)
    return Both(join_cells(f"From {span.en}, ", *english, "."), join_cells(f"{span.zh}，", *chinese, "。"))


def _loss_words(each: Impact, impact: ClosureImpact) -> Both:
    name = impact_words(each, impact)
    low = Both(str(name.en)[0].lower() + str(name.en)[1:], name.zh)
    if each.loss is None:
        return Both(f"what {low.en} lost cannot be told", f"{name.zh}的损失无法判断")
    value, interval = lost_numbers(each, each.loss, impact.behind())
    verdict = VERDICTS[each.loss.verdict]
    if each.loss.verdict == "untold":
        return Both(
            (f"whether {low.en} lost anything cannot be told, the 80% interval of the loss is ", interval),
            (f"{name.zh}是否受损{verdict.zh}，损失的80%区间为", interval),
        )
    return Both(
        (f"{low.en} {verdict.en} ", value, " against what would have passed (80%: ", interval, ")"),
        (f"{name.zh}比无关闭情形少", value, "（80%区间", interval, f"，{verdict.zh}）"),
    )


def _sheet_sentence(impact: ClosureImpact) -> Both:
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
         " one way and ", limited, " limited; goods turned to rail, and a port that was shut published nothing."),
        (f"在有日历记录的{ports}个公路口岸的各月中，", closed, "以关闭为主，", one_way, "单向通行，", limited,
         "限量通行；货物转向铁路，而关闭的口岸没有公布数字。"),
    )  # fmt: skip


def _return_sentence(impact: ClosureImpact) -> Both:
    """Return whether the road ports are back, and what becomes of "close to 2019"."""
    english: list[Part] = []
    chinese: list[Part] = []
    back = impact.together.after
    if back is not None:
        clause, chance = likelihood_clause(back.chance_of_recovery), percent(back.chance_of_recovery)
        until = f"{impact.edition:%Y-%m}"
        english += [f"{str(clause.en)[0].upper()}{str(clause.en)[1:]} (", chance.cite(impact.behind()),
                    f") that by {until} they are back at what would have passed, and stay"]  # fmt: skip
        chinese += [f"到{impact.edition.year}年{impact.edition.month}月恢复到无关闭情形并保持的{clause.zh}（概率",
                    chance.cite(impact.behind()), "）"]  # fmt: skip
    if len(impact.statement) and sum(impact.close_to) > 0:
        words = _close_words(impact)
        english += ["; " if english else "", *_parts(words.en)]
        chinese += ["；" if chinese else "", *_parts(words.zh)]
    if not english:
        return Both("Whether the ports came back cannot be told.", "口岸是否恢复无法判断。")
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _close_words(impact: ClosureImpact) -> Both:
    """Return what becomes of the statement that road freight was close to 2019."""
    row = impact.statement.row(0, named=True)
    ids, span = [row["statement_id"]], span_words(row["period_start"], row["period_end"])
    below, near, above = (percent(chance).cite([*ids, *impact.behind()]) for chance in impact.close_to)
    return Both(
        (f'that road freight in {span.en} was "close to 2019", as published, we put at ', near,
         " (less than 10% below), further below at ", below, ", at or above at ", above),
        (f"公布称{span.zh}公路货运“接近2019年同期水平”，我们估计低不到10%的概率为", near, "，低得更多的为", below,
         "，不低于的为", above),
    )  # fmt: skip


def _parts(cell: Cell) -> tuple[Part, ...]:
    return cell if isinstance(cell, tuple) else (cell,)
