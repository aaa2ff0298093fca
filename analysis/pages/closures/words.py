"""Words that sentences, charts and tables of the closures page share."""

import numpy as np

from analysis.desks.closures import ClosureImpact, Impact
from analysis.desks.closures.desk import TOGETHER
from analysis.methods.counterfactual import Loss
from analysis.pages.words.cells import Both, Number
from analysis.pages.words.money import money, money_interval
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES
from analysis.pages.words.rounding import tonnes, tonnes_interval

#: States of a month on the sheet.
STATES = {
    "closed": Both("closed", "关闭"),
    "one_way": Both("one way", "单向"),
    "limited": Both("limited", "限量"),
    "open": Both("open", "开放"),
    "unknown": Both("nothing known", "不详"),
}

#: What the interval of a loss says.
VERDICTS = {
    "lost": Both("lost", "有损失"),
    "gained": Both("gained", "有增加"),
    "untold": Both("cannot be told", "无法判断"),
}


def port_words(port: str, mode: str, impact: ClosureImpact) -> Both:
    """Return a port and its mode: `Irkeshtam (road)`; `伊尔克什坦公路`."""
    name, how = short_name(port, impact.known.places), MODES[mode]
    return Both(f"{name.en} ({how.en})", f"{name.zh}{how.zh}")


def impact_words(each: Impact, impact: ClosureImpact) -> Both:
    """Return what an impact is about."""
    if each.name == TOGETHER:
        count = sum(port.loss is not None for port in impact.ports)
        return Both(f"{count} road ports together", f"{count}个公路口岸合计")
    if each.unit == "CNY":
        name = short_name(each.name, impact.known.places)
        return Both(f"Trade of {name.en}'s firms", f"{name.zh}进出口")
    return port_words(each.name, "road", impact)


def lost_numbers(each: Impact, found: Loss, cited: list[str]) -> tuple[Number, Number]:
    """Return the median loss and its 80% interval in words; below zero where more passed than would have."""
    lower, median, upper = (float(end) for end in np.quantile(found.total, [0.1, 0.5, 0.9]))
    if each.unit == "CNY":
        return money(median, lower, upper).cite(cited), money_interval(median, lower, upper).cite(cited)
    return tonnes(median, lower, upper).cite(cited), tonnes_interval(median, lower, upper).cite(cited)
