"""The three sentences of the forecast record: accuracy, calibration, and what earlier editions were worth."""

from collections.abc import Sequence

from analysis.desks.track_record import ForecastRecord
from analysis.desks.track_record.result import EDITIONS, ENGINE, NAIVE, PACE
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Number, join_cells
from analysis.pages.words.dates import month_words
from analysis.pages.words.phrases import series
from analysis.pages.words.rounding import fraction_percent, score

#: With fewer figures than this an 80% interval that holds 90% of them may be luck as well as width.
_ENOUGH = 30


def summary(record: ForecastRecord) -> Sentences:
    """Return how accurate forecasts were, how often intervals held, and how earlier editions fared."""
    return Sentences((_accuracy_sentence(record), _calibration_sentence(record), _editions_sentence(record)))


def _accuracy_sentence(record: ForecastRecord) -> Both:
    own, naive = record.score(ENGINE, "mase"), record.score(NAIVE, "mase")
    by = fraction_percent(abs(1 - own / naive))
    smaller = Both("smaller", "小") if own < naive else Both("larger", "大")
    first, last = month_words(record.origins[0]), month_words(record.origins[-1])
    count = _count(len(record.origins))
    return Both(
        ("Over ", count, f" origins from {first.en} to {last.en} the mean absolute scaled error of forecasts a year "
         "ahead was ", score(own), ", ", by, f" {smaller.en} than that of repeating the year before (", score(naive),
         ")."),
        (f"{first.zh}至{last.zh}的", count, "个预测起点上，未来一年预测的平均绝对标度误差（MASE）为", score(own),
         "，比直接沿用上年同月数（", score(naive), f"）{smaller.zh}", by, "。"),
    )  # fmt: skip


def _calibration_sentence(record: ForecastRecord) -> Both:
    names = ("coverage_80", "coverage_95")
    likely, wide = (fraction_percent(record.score(ENGINE, name)) for name in names)
    overall = Both(
        ("The 80% intervals held ", likely, " of the months, the 95% intervals ", wide),
        ("各月实际数有", likely, "落在80%区间内，有", wide, "落在95%区间内"),
    )
    shock = record.regimes.filter(model=ENGINE, regime="after a shock")
    if shock.is_empty():
        return Both(join_cells(overall.en, "."), join_cells(overall.zh, "。"))
    first, second = (fraction_percent(shock[name][0]) for name in names)
    return Both(
        join_cells(overall.en, "; right after a shock ", first, " and ", second, "."),
        join_cells(overall.zh, "；冲击刚过时分别为", first, "和", second, "。"),
    )


def _editions_sentence(record: ForecastRecord) -> Both:
    table = record.editions
    if table.is_empty():
        return Both(
            "No figure was published after an earlier edition that could be held against it.",
            "此前各版之后，没有公布过可供对照的数字。",
        )
    behind = table["statement_id"].to_list()
    months = series([month_words(month) for month in table["edition"].unique().sort()])
    count, likely, wide = (_count(each, behind) for each in (len(table), record.inside(80), record.inside(95)))
    noun = "figure" if len(table) == 1 else "figures"
    few = Both(", too few to judge calibration by", "，数量太少，不足以评判区间是否可靠")
    few = few if len(table) < _ENOUGH else Both("", "")
    pace = _pace_words(record)
    return Both(
        join_cells(f"Of the freight at ports that the editions of {months.en} looked ahead to, ", count,
               f" {noun} came out later; ", likely, " lay within the 80% interval and ", wide,
               f" within the 95% interval{few.en}", pace.en, "."),
        join_cells(f"{months.zh}各版所预测的口岸过货量，此后公布了", count, "个数字，其中", likely, "个落在80%区间内，",
               wide, f"个落在95%区间内{few.zh}", pace.zh, "。"),
    )  # fmt: skip


def _pace_words(record: ForecastRecord) -> Both:
    """Return how editions that knew a figure of their year fared beside carrying its pace on."""
    errors = {row["model"]: row for row in record.relative_errors().iter_rows(named=True)}
    behind = record.editions.drop_nulls("baseline")["statement_id"].to_list()
    if not behind:
        return Both("", "")
    count = _count(len(behind), behind)
    own, pace = (fraction_percent(errors[name]["error"]).cite(behind) for name in (EDITIONS, PACE))
    return Both(
        ("; for the ", count, " about which the edition knew an earlier figure of the year its mean error was ", own,
         ", and ", pace, " if the pace of that figure had been carried on"),
        ("；其中", count, "个数字，当版已知当年较早的数字，平均误差为", own, "，若按该数字的进度推算则为", pace),
    )  # fmt: skip


def _count(number: int, behind: Sequence[str] = ()) -> Number:
    return Number(str(number), str(number), (float(number),), trace=tuple(behind))
