"""Why something was not used, drawn or computed, in the words of both languages."""

import datetime as dt
from collections.abc import Mapping

from analysis.core.reasons import REASONS, Reason
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import date_words, month_words

#: The Chinese words of each reason of `analysis.core.reasons.REASONS`, with the same facts in braces.
CHINESE: Mapping[str, str] = {
    "no_figure": "该年没有公布数字",
    "only_bound": "该年只公布过上下限",
    "wide_interval": "80%区间过宽",
    "no_year_total": "所列年份中没有公布过全年总量",
    "wide_base": "{year}年总量所知不足：80%区间上下端之比超过1.5",
    "flows_not_published": "两个年份的进口量、出口量没有全部公布",
    "no_mirror": "两国海关没有公布过同一时期的同一流向",
    "always_closed": "所述时期口岸全程关闭",
    "repeats": "与{statement}重复",
    "judged": "经核{status}",
    "expectation": "属预期，只与结果对照，不作为依据",
    "not_read": "本方法不采用，或已由另一条表述给出",
    "contradicted": "与{statement}矛盾",
    "nothing_passed": "所述时期或对照时期公布的数字为零",
    "withheld": "{statements}相互矛盾，无从判断孰是",
    "no_comparable_level": "缺少可供对照的总量",
    "not_positive": "数字不大于零，而本方法取对数",
    "nothing_published": "截至{day}台账中没有已公布的内容。请选择较晚的日期。",
    "nothing_valid": "截至{day}没有可作依据的表述：均属存疑、有误或预期。请在台账中补充有效的表述。",
    "nothing_usable": "截至{day}没有公布过{series}的可用内容。请在台账中补充，或选择较晚的日期。",
    "no_statement": "没有表述涉及所选月份。请选择其他月份，或在台账中补充。",
    "no_level": "截至该日{series}没有可用的总量。请在台账中补充，或选择较晚的日期。",
    "only_zeros": "截至该日{series}只公布过零。请在台账中补充大于零的总量，或只查询为零的年份，或选择较晚的日期。",
    "no_flow": "{series}不是逐月流量（如吨数、车辆数、贸易额），因而没有逐月路径。请改选流量指标。",
    "contradiction": (
        "{series}的各条表述相互矛盾，以{statement}最为明显。请在台账的status列标出有误的一条，或补充替代它的一条。"
    ),
    "all_withheld": (
        "{series}已公布的内容相互矛盾（{statements}），均不采用，余下的内容不足以确定总量。"
        "请在台账的status列标出有误的一条，或补充替代它的一条。"
    ),
    "none_usable": (
        "截至{day}已公布的{series}内容均不可用：各条表述存疑、原文有误、属预期，或其指标不被任何方法采用。"
        "请查看台账中的相应各行。"
    ),
    "no_season": "未设定季节周期",
    "few_months": "只有{count}个月有数字，模型至少需要{needed}个月",
    "zero_month": "{month}为零，而模型使用对数",
    "gap_month": "{month}没有数字，而该方法需要每个月的数字",
    "not_yearly": "X-13按12个月的季节周期设定，不是{season}个月",
    "x13_absent": "本机未安装X-13",
    "method_refuses": "该方法无法处理这一序列：{words}",
    "reconstructed": "各月数字由估算得出，并未公布",
    "one_series": "只列出一条序列",
    "units_differ": "各序列的计量单位不同",
    "ends_differ": "各序列的截止月份不同",
    "no_past": "数据太短，无法从过去的月份作预测检验",
    "not_measured": "无实测：没有公布企业报表",
    "no_vehicles": "截至{day}公布的内容不足以确定车辆数",
    "gate_not_published": "没有公布通道数或开放时间",
    "minutes_not_published": "没有公布查验时间",
    "never_measured": "截至{day}没有公布过实测",
    "gate_of_later_year": "公布的通道数与查验时间属{year}年",
}

#: The verdicts of the column `status` of a ledger.
_STATUSES = {"doubtful": "存疑", "source wrong": "原文有误", "mis-entered": "录入有误"}


def reason_words(reason: Reason | str) -> Both:
    """Return a reason in both languages.

    Parameters
    ----------
    reason
        A reason, or what a column of a table holds of it (`Reason.written`); empty for none.
    """
    if not reason:
        return Both("", "")
    known = Reason.read(reason) if isinstance(reason, str) else reason
    english = {name: str(_day_or_month(name, fact).en) for name, fact in known.facts}
    chinese = {name: _fact_zh(name, fact) for name, fact in known.facts}
    return Both(REASONS[known.code].english.format(**english), CHINESE[known.code].format(**chinese))


def _day_or_month(name: str, fact: str) -> Both:
    """Return a day or month as a sentence has it, anything else as it stands."""
    if name == "day":
        return date_words(dt.date.fromisoformat(fact))
    if name == "month":
        return month_words(dt.date.fromisoformat(f"{fact[:7]}-01"))
    return Both(fact, fact)


def _fact_zh(name: str, fact: str) -> str:
    """Return a fact as a Chinese sentence has it; ids and years are the same in both languages."""
    if name == "statements":
        return fact.replace(", ", "、")
    return _STATUSES.get(fact, fact) if name == "status" else str(_day_or_month(name, fact).zh)
