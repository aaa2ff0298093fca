"""Fixed phrases of both languages: how likely, how a figure was made, how a comparison is called."""

from collections.abc import Sequence

from analysis.pages.words.cells import Both, Cell, text

#: Lower ends of the words for a probability. Between 33 and 66% it is about even.
_SCALE = (
    (0.90, Both("very likely", "可能性极大")),
    (0.66, Both("likely", "可能性较大")),
)
_EVEN, _UNLIKELY = Both("about even", "可能性约为一半"), Both("unlikely", "可能性较小")
_VERY_UNLIKELY = Both("very unlikely", "可能性极小")

#: What the words of the scale mean, for the foot of a table.
SCALE_NOTE = Both(
    "In words: at least 90% very likely, at least 66% likely, 33 to 66% about even, at most 33% unlikely, at most 10% "
    "very unlikely.",
    "用词：概率不低于90%为“可能性极大”，不低于66%为“可能性较大”，33%至66%为“可能性约为一半”，"
    "不高于33%为“可能性较小”，不高于10%为“可能性极小”。",
)

MODES = {
    "road": Both("road", "公路"), "rail": Both("rail", "铁路"), "air": Both("air", "航空"),
    "pipeline": Both("pipeline", "管道"), "all": Both("total", "全部"),
}  # fmt: skip

#: What contributes to growth, as `port.growth_contributions` names it.
PARTS = {
    "import": Both("imports", "进口"), "export": Both("exports", "出口"), "transit": Both("transit", "过境"),
    "open_days": Both("open days", "开放天数"), "per_open_day": Both("tonnes per open day", "日均过货量"),
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

STATUSES = {"flash": Both("flash", "初值"), "revised": Both("revised", "修订值"), "final": Both("final", "终值")}


def likelihood(probability: float) -> Both:
    """Return the fixed words for a probability.

    At least 90% very likely, at least 66% likely, 33 to 66% about even, at most 33% unlikely, at most 10% very
    unlikely.
    """
    for floor, word in _SCALE:
        if probability >= floor:
            return word
    if probability <= 0.10:
        return _VERY_UNLIKELY
    return _UNLIKELY if probability <= 0.33 else _EVEN


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
