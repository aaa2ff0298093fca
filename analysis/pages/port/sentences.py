"""The three sentences of the port desk: what happened, what it rests on, what next.

Each function takes its numbers once and hands the same objects to the English and to the Chinese template.
"""

import datetime as dt
from typing import Any

import polars as pl

from analysis.core.vocabulary import FIGURE_RELATIONS, LEVEL_MEASURES
from analysis.desks.port import Age, Outlook
from analysis.pages.parts.sentences import Sentences
from analysis.pages.parts.sources import measure_words
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import Both, Number, Part, join_cells, text
from analysis.pages.words.dates import date_words, publication_words, span_words, year_words
from analysis.pages.words.durations import age
from analysis.pages.words.indicators import series_words
from analysis.pages.words.names import port_name
from analysis.pages.words.phrases import count_words, figure_words, likelihood, likelihood_clause, series
from analysis.pages.words.published_amounts import published_figure
from analysis.pages.words.quantities import metric_tonnes
from analysis.pages.words.rounding import fraction_percent, percent, with_relation

#: The sentence names at most so many bounds; the table of evidence has all of them.
_NAMED = 2

_STATES_A_TOTAL = pl.col("relation").is_in(FIGURE_RELATIONS) & pl.col("measure").is_in(LEVEL_MEASURES)


def summary(outlook: Outlook) -> Sentences:
    """Return what happened with its interval, what that rests on, and what next with a probability."""
    answers = (_total_sentence(outlook), _basis_sentence(outlook), _comparison_sentence(outlook))
    return Sentences((*answers, *contradictory_sentences(outlook)))


def contradictory_sentences(outlook: Outlook) -> tuple[Both, ...]:
    """Return a sentence for each contradiction about the port in the years shown, whose figures are used nowhere."""
    found = []
    for rows in outlook.contradictory.partition_by("statement_ids", maintain_order=True):
        words = [
            _statement_words(outlook, row)
            for row in rows.partition_by("period_start", "period_end", maintain_order=True)
        ]
        english = [part for each in words for part in ("; ", each.en)][1:]
        chinese = [part for each in words for part in ("；", each.zh)][1:]
        found.append(
            Both(
                join_cells("Not used, as they contradict each other: ", *english, "."),
                join_cells("以下表述相互矛盾，未予采用：", *chinese, "。"),
            )
        )
    return tuple(found)


def _total_sentence(outlook: Outlook) -> Both:
    """Return the year's total with its 80% interval."""
    year, row, behind = outlook.edition.year, outlook.year(), outlook.behind_year()
    counted = traffic(outlook)
    total = counted.amounts.total(row["median"], row["lower80"], row["upper80"]).cite(behind)
    interval = counted.amounts.interval(row["median"], row["lower80"], row["upper80"]).cite(behind)
    subject = counted.subject(port_name(outlook.place, outlook.places), year)
    if outlook.status == "final":
        return Both(
            (f"{subject.en} was published as ", total, "."),
            (f"公布数据显示，{subject.zh}为", total, "。"),
        )
    ahead = outlook.edition.month < 12
    return Both(
        (f"{subject.en} is put at ", total, ", the months to come included," if ahead else "",
         " with an 80% interval of ", interval, "."),
        (f"{subject.zh}{'全年' if ahead else ''}估计为", total, "（含余下月份）" if ahead else "",
         "，80%区间为", interval, "。"),
    )  # fmt: skip


def _basis_sentence(outlook: Outlook) -> Both:
    """Return what the estimate rests on: the newest statements of the year, or how old the last figure is."""
    year = outlook.edition.year
    used = outlook.evidence.filter("used").sort("period_end", "measure")
    figures = used.filter(_STATES_A_TOTAL)
    last = _last_figure_words(outlook.last_figure)
    if used.is_empty():
        nothing = _nothing_words(outlook)
        return Both(join_cells(nothing.en, "; ", last.en), join_cells(nothing.zh, "；", last.zh))
    newer = _newer_words(outlook, used["period_end"][-1])
    if figures.is_empty():
        only = "only a bound was published" if len(used) == 1 else "no total was published, only"
        chinese = f"只公布过一个{bound_word(used['relation'][0])}" if len(used) == 1 else "没有公布总量，只有"
        words = _statement_words(outlook, used.tail(_NAMED))
        return Both(
            join_cells(f"For {year} {only}: ", words.en, newer.en, "; ", last.en),
            join_cells(f"{year}年{chinese}：", words.zh, newer.zh, "；", last.zh),
        )
    return _figures_sentence(outlook, figures, used, newer)


def _nothing_words(outlook: Outlook) -> Both:
    """Return that no statement of the series tells of the year, and what else does; "nothing" only if nothing."""
    year, day = outlook.edition.year, date_words(outlook.as_of)
    if len(outlook.related):
        newest = _related_words(outlook, outlook.related)
        return Both(
            join_cells(f"For {year} no total was published by {day.en}; the newest of related series is ", newest.en),
            join_cells(f"截至{day.zh}没有公布{year}年的总量；相关指标中最新的是", newest.zh),
        )
    if len(outlook.evidence):
        return Both(
            f"Of what was published about {year} by {day.en} nothing could be used",
            f"截至{day.zh}公布的有关{year}年的内容均未采用",
        )
    return Both(f"Nothing about {year} was published by {day.en}", f"截至{day.zh}，没有公布任何有关{year}年的数字")


def _newer_words(outlook: Outlook, day: dt.date) -> Both:
    """Return the newest statement of a related series whose period ends after a day; nothing where there is none."""
    newer = outlook.related.filter(pl.col("period_end") > day)
    if newer.is_empty():
        return Both("", "")
    words = _related_words(outlook, newer)
    return Both(join_cells("; newer, of a related series: ", words.en), join_cells("；相关指标中更新的是", words.zh))


def _related_words(outlook: Outlook, rows: pl.DataFrame) -> Both:
    """Return the last of some statements with the name of its series."""
    row = rows.tail(1)
    words, what = _statement_words(outlook, row), series_words(row.row(0, named=True), outlook.known.evidence)
    return Both(join_cells(f"{what.en}, ", words.en), join_cells(what.zh, words.zh))


def _figures_sentence(outlook: Outlook, figures: pl.DataFrame, used: pl.DataFrame, newer: Both) -> Both:
    """Return how much of the year is fixed, what the newest statements say, and which total is the last one."""
    newest = used.filter(pl.col("period_end") == used["period_end"][-1])
    newest = newest.filter(pl.col("period_start") == newest["period_start"][-1])
    newest = newest.sort(~pl.col("measure").is_in(LEVEL_MEASURES), "measure").head(_NAMED)
    row = newest.row(0, named=True)
    share = fraction_percent(outlook.coverage).cite(outlook.behind_year())
    words, total, count = (
        _statement_words(outlook, newest),
        _own_total_words(outlook, figures, newest),
        _count_words(newest),
    )
    old = age((outlook.as_of - row["period_end"]).days).cite([row["statement_id"]])
    day = publication_words(row["published_on"]) if row["published_on"] else None
    year = outlook.edition.year
    return Both(
        join_cells("What was published fixes ", share, f" of {year}; the newest: ", words.en,
               f", published {day.en}" if day else "", ", a period that ended ", old, " before the data cut-off",
               total.en, newer.en, count.en, "."),
        join_cells(f"{year}年全年中有", share, "由公布内容确定；最新公布的是", words.zh,
               f"（{day.zh}发布）" if day else "", "，该时期结束于数据截止前", old, total.zh, newer.zh, count.zh, "。"),
    )  # fmt: skip


def _own_total_words(outlook: Outlook, figures: pl.DataFrame, newest: pl.DataFrame) -> Both:
    """Return the last total in the count of the series, where it is none of the newest statements."""
    own = figures.filter(pl.col("count").is_null())
    if own.is_empty() or own["statement_id"][-1] in newest["statement_id"]:
        return Both("", "")
    words = _statement_words(outlook, own.tail(1))
    return Both(join_cells("; the last total is ", words.en), join_cells("；最近一个总量是", words.zh))


def _count_words(newest: pl.DataFrame) -> Both:
    """Return what another office's count changes, where one of the newest statements is such a count."""
    counts = newest["count"].drop_nulls()
    if counts.is_empty():
        return Both("", "")
    words = count_words(counts[0])
    return Both(
        f"; the {words.en} is another office's and differs by a share that is estimated, so the interval may start "
        "below it",
        f"；{words.zh}属其他部门统计，相差的比例由模型估计，因此区间下端可能低于它",
    )


def _comparison_sentence(outlook: Outlook) -> Both:
    """Return the probabilities of passing other figures, and which comparisons nobody can make."""
    year = outlook.edition.year
    computed = [row for row in outlook.chances.iter_rows(named=True) if row["probability"] is not None]
    missing = [
        year_words(row["figure_year"]) for row in outlook.chances.iter_rows(named=True) if row["probability"] is None
    ]
    english: list[Part] = []
    chinese: list[Part] = []
    for place, row in enumerate(computed):
        words = _comparison_words(outlook, row, first=not place)
        english += ["; ", words] if place else [words]
        chinese += ["；" if place else "", words]
    if missing:
        years = series(missing)
        why = f"{year} is not compared with {years.en}, not known well enough for that"
        english.append(f"; {why}" if english else why)
        chinese.append(f"{'；' if chinese else ''}{years.zh}所知不足，{year}年不与之比较")
    ahead = _next_year_words(outlook)
    return Both(join_cells(*english, ahead.en, "."), join_cells(*chinese, ahead.zh, "。"))


def _comparison_words(outlook: Outlook, row: dict[str, Any], *, first: bool) -> Both:
    """Return `it is very likely (more than 99%) that 2025 passes the total of 2024, 12.1 million tonnes (1210万吨)`."""
    year, word = outlook.edition.year, likelihood(row["probability"])
    clause = str(likelihood_clause(row["probability"]).en)
    clause = f"{clause[0].upper()}{clause[1:]}" if first else clause
    behind = outlook.behind_comparison(row["figure_year"]) if row["figure_year"] != year else outlook.behind_year()
    figure = base_words(outlook, row)
    chance = percent(row["probability"]).cite([*behind, *(one for one in row["statement_ids"] if one not in behind)])
    other = figure_words(row["question"], row["figure_year"])
    return Both(
        join_cells(f"{clause} (", chance, f") that {year} passes {other.en}, ", figure.en),
        join_cells(f"{year}年超过{other.zh}（", figure.zh, f"）的{word.zh}（概率", chance, "）"),
    )


def base_words(outlook: Outlook, row: dict[str, Any]) -> Both:
    """Return the other figure of a comparison, and whether it was published or estimated."""
    amounts = traffic(outlook).amounts
    if row["base"] == "estimated":
        number = amounts.total(row["value"], row["lower"], row["upper"]).cite(outlook.behind_year(row["figure_year"]))
        return Both(("estimated at ", number), ("估计数，", number))
    number = amounts.total(row["value"]).cite(row["statement_ids"])
    if row["question"] in ("target", "record"):  # its name says already what it is
        return Both(number, number)
    return Both(("published as ", number), ("公布数，", number))


def _next_year_words(outlook: Outlook) -> Both:
    """Return the forecast of the next year, where the page looks that far."""
    if outlook.edition.month != 12:
        return Both("", "")
    year = outlook.edition.year + 1
    row = outlook.year(year)
    counted = traffic(outlook)
    interval = counted.amounts.interval(row["median"], row["lower80"], row["upper80"]).cite(outlook.behind_year(year))
    return Both(
        (f"; {year} may bring ", interval, " (80% interval)"),
        (f"；预计{year}年{counted.noun.zh}为", interval, "（80%区间）"),
    )


def _statement_words(outlook: Outlook, rows: pl.DataFrame) -> Both:
    """Return statements: `464,000 tonnes (46.4万吨) and 12% (growth) for January`; `1月46.4万吨、同比...`."""
    english: list[Part] = []
    chinese: list[Part] = []
    for row in rows.iter_rows(named=True):
        number = _figure(outlook, row)
        kind = _kind_beside(number, row)
        english += [" and " if english else "", number, text(kind)]
        chinese += ["、" if chinese else "", text(kind, "zh"), number]
    last = rows.row(-1, named=True)
    span = span_words(last["period_start"], last["period_end"])
    return Both(join_cells(*english, f" for {span.en}"), join_cells(span.zh, *chinese))


def _figure(outlook: Outlook, row: dict[str, Any]) -> Number:
    """Return the figure of a statement as published; tonnes in the page's unit where it counts in thousands."""
    if row["unit"] == "tonnes" and not outlook.places.counts_in_wan(outlook.place):
        return with_relation(metric_tonnes(row["value"]), row["relation"]).cite([row["statement_id"]])
    return published_figure(row)


#: How the words of a figure say that it is an average.
_AVERAGE = {"daily_average": (" a day", "日"), "monthly_average": (" a month", "月")}


def _kind_beside(number: Number, row: dict[str, Any]) -> Both:
    """Return what a statement is besides a total in the count of its series, where the figure does not say so."""
    measure, count = row["measure"], row["count"]
    if measure == "level":
        return Both(f" ({count_words(count).en})", count_words(count).zh) if count else Both("", "")
    kind, (english, chinese) = measure_words(measure), _AVERAGE.get(measure, ("", ""))
    return Both(
        "" if english and english in number.en else f" ({kind.en})", "" if chinese and chinese in number.zh else kind.zh
    )


def bound_word(relation: str) -> str:
    """Return what a bound is called in Chinese."""
    return {"gt": "下限", "lt": "上限"}.get(relation, "数字")


def _last_figure_words(last: Age | None) -> Both:
    """Return how old the newest figure is and when it was published."""
    if last is None:
        return Both("no figure was ever published, only bounds.", "从未公布过具体数字，只有上下限。")
    span, day = span_words(last.period_start, last.period_end), last.published_on
    old = age(last.days).cite([last.statement_id])
    when = publication_words(day)
    known = Both(f"published {when.en}", f"{when.zh}发布") if day else Both("published without a date", "发布日期不详")
    return Both(
        join_cells("the last figure, for ", span.en, ", is ", old, f" old ({known.en})."),
        join_cells("上一个公布的数字是", span.zh, "的，距数据截止已", old, f"（{known.zh}）。"),
    )
