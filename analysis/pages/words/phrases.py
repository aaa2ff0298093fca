"""Fixed phrases of both languages: how likely, how a figure was made, how a comparison is called."""

from collections.abc import Sequence
from typing import NamedTuple

from analysis.pages.words.cells import Both, Cell, text
from analysis.pages.words.rounding import whole_percent


class Likelihood(NamedTuple):
    """The words for a probability, from a whole percentage on.

    Attributes
    ----------
    floor
        Lowest percentage, as printed, that has these words.
    words
        The words: after "it is", or after "the chance is" where they name a chance.
    chance
        Whether they name a chance.
    """

    floor: int
    words: Both
    chance: bool = False


#: The words of probabilities, highest first. A probability has those of the percentage that is printed beside them.
LIKELIHOODS = (
    Likelihood(90, Both("very likely", "可能性极大")),
    Likelihood(71, Both("likely", "可能性较大")),
    Likelihood(62, Both("about two in three", "可能性约为三分之二"), chance=True),
    Likelihood(56, Both("a little more likely than not", "可能性略大于一半")),
    Likelihood(45, Both("about even", "可能性约为一半"), chance=True),
    Likelihood(39, Both("a little less likely than not", "可能性略小于一半")),
    Likelihood(30, Both("about one in three", "可能性约为三分之一"), chance=True),
    Likelihood(11, Both("unlikely", "可能性较小")),
    Likelihood(0, Both("very unlikely", "可能性极小")),
)


def _scale_note() -> Both:
    """Return what the words of the scale mean, with the percentages that each stands for."""
    highest = [100, *(each.floor - 1 for each in LIKELIHOODS[:-1])]
    english, chinese = zip(
        *(
            (f"{each.words.en} {each.floor} to {top}%", f"“{each.words.zh}”{each.floor}%至{top}%")
            for each, top in zip(LIKELIHOODS, highest, strict=True)
        ),
        strict=True,
    )
    return Both(f"In words: {', '.join(english)}.", f"用词：{'，'.join(chinese)}。")


#: What the words of the scale mean, for the foot of a table.
SCALE_NOTE = _scale_note()

MODES = {
    "road": Both("road", "公路"), "rail": Both("rail", "铁路"), "air": Both("air", "航空"),
    "pipeline": Both("pipeline", "管道"), "all": Both("total", "全部"),
}  # fmt: skip

#: What contributes to growth, as `port.growth_contributions` names it.
PARTS = {
    "import": Both("imports", "进口"), "export": Both("exports", "出口"), "transit": Both("transit", "过境"),
    "open_days": Both("open days", "开放天数"), "per_open_day": Both("flow per open day", "日均流量"),
}  # fmt: skip

OBS_STATUSES = {
    "reported": Both("published", "已公布"),
    "derived": Both("sum or difference of published figures", "由公布数加减得出"),
    "estimated": Both("estimated", "估计"),
    "forecast": Both("forecast", "预测"),
    "closed": Both("port closed", "口岸关闭"),
}

#: Forecasting models, as `analysis.methods.backtesting` names them.
MODELS = {"silkport": Both("silkport", "silkport"), "seasonal naive": Both("seasonal naive", "季节性朴素法")}

STATUSES = {
    "flash": Both("flash", "初值"),
    "mostly_published": Both("mostly published", "大部分已公布"),
    "revised": Both("revised", "修订值"),
    "final": Both("final", "终值"),
}

#: Whose count a figure is, as `data/other_counts.csv` names it, where that is another office than the series'.
COUNTS = {
    "carriers": Both("carriers' count", "承运企业口径"),
    "port authority": Both("port authority's count", "口岸管委会口径"),
    "customs": Both("customs' count", "海关口径"),
}

#: What another office's count changes, for the foot of a table.
COUNT_NOTE = Both(
    "Another office's count (carriers, port authority, customs) differs from that of the series by a share of its own, "
    "which is estimated: it states none of the total, and the interval may start below it.",
    "其他部门的口径（承运企业、口岸管委会、海关）与本指标相差一个自身的比例，该比例由模型估计：这类数字不直接确定总量，区间下端可能低于它。",
)


def count_words(count: str) -> Both:
    """Return whose count a figure is."""
    return COUNTS.get(count, Both(f"count: {count}", f"口径：{count}"))


def likelihood(probability: float) -> Both:
    """Return the words for a probability: those of the percentage that is printed beside them (`LIKELIHOODS`)."""
    return _of_scale(probability).words


def likelihood_clause(probability: float) -> Both:
    """Return the words as a clause: `it is very likely`, `the chance is about one in three`; `可能性极大`."""
    found = _of_scale(probability)
    return Both(f"{'the chance is' if found.chance else 'it is'} {found.words.en}", found.words.zh)


def _of_scale(probability: float) -> Likelihood:
    printed = whole_percent(probability)
    return next(each for each in LIKELIHOODS if printed >= each.floor)


def series(items: Sequence[Cell]) -> Both:
    """Return items as a list in words: `a`, `a and b`, `a, b and c`; in Chinese `a、b和c`."""
    english, chinese = ([text(item, lang) for item in items] for lang in ("en", "zh"))
    return Both(_join_list(english, ", ", " and "), _join_list(chinese, "、", "和"))


def _join_list(items: Sequence[str], comma: str, last: str) -> str:
    return items[0] if len(items) == 1 else f"{comma.join(items[:-1])}{last}{items[-1]}"


def figure_words(question: str, year: int) -> Both:
    """Return what a figure is that a year may pass: `question` and `figure_year` of a row of `Outlook.chances`."""
    return {
        "record": Both(f"the highest full year published, {year}", f"已公布的最高年份{year}年"),
        "target": Both("the target set for this page", "本页设定的目标"),
        "expected": Both(f"a published expectation for {year}", f"{year}年的公开预期数"),
    }.get(question, Both(f"the total of {year}", f"{year}年全年"))


#: Kinds of flows by which the record of intervals is kept.
KIND_WORDS = {
    "freight": Both("freight", "过货量"),
    "trains": Both("trains", "班列数"),
    "vehicles": Both("vehicles", "车辆数"),
    "trade": Both("trade", "进出口额"),
    "persons": Both("persons", "人员"),
    "other": Both("other flows", "其他流量"),
}
