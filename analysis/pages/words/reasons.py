"""Why something was not used, drawn or computed: the desks' English sentences and the same in Chinese."""

import re

from analysis.pages.words.cells import Both

_CHINESE = {
    "only a bound was published for the year": "该年只公布过上下限",
    "no figure was published for the year": "该年没有公布数字",
    "imports and exports were not published for both years": "两个年份的进口量、出口量没有全部公布",
    "no total of any year shown was published": "所列年份中没有公布过全年总量",
    "its 80% interval is too wide": "80%区间过宽",
    "an expectation: compared with the outcome, never evidence of it": "属预期，只与结果对照，不作为依据",
    "not read by this method, or said by another row": "本方法不采用，或已由另一条表述给出",
    "no level is known that it could be compared with": "缺少可供对照的总量",
    "the port was closed throughout the stated period": "所述时期口岸全程关闭",
    "the figure is zero or less, and the method works on logarithms": "数字不大于零，而本方法取对数",
    "not measured: no return published": "无实测：没有公布企业报表",
    "no return published": "没有公布企业报表",
}
_PATTERNS = (
    (re.compile(r"repeats (\w+)"), r"与\1重复"),
    (re.compile(r"judged doubtful"), "经核存疑"),
    (re.compile(r"judged source wrong"), "经核原文有误"),
    (re.compile(r"judged (.+)"), r"经核为\1"),
    (re.compile(r"no full-year figure for (\d{4}) was published"), r"\1年没有公布全年数字"),
    (re.compile(r"closed to freight"), "货运关闭"),
    (re.compile(r"one way"), "单向通行"),
    (re.compile(r"limited"), "限量通行"),
)


def reason_words(reason: str) -> Both:
    """Return a desk's reason in both languages; one without a translation stays as it is."""
    if reason in _CHINESE:
        return Both(reason, _CHINESE[reason])
    for pattern, chinese in _PATTERNS:
        if pattern.fullmatch(reason):
            return Both(reason, pattern.sub(chinese, reason))
    return Both(reason, reason)
