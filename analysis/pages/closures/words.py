"""Words that sentences, charts and tables of the closures page share."""

import datetime as dt

import numpy as np

from analysis.core.periods import month_end
from analysis.desks.closures import ClosureImpact, Impact
from analysis.desks.closures.desk import TOGETHER
from analysis.methods.counterfactual import Loss
from analysis.pages.words.cells import Both, Cell, Number
from analysis.pages.words.dates import span_words, year_words
from analysis.pages.words.money import money, money_in_unit, money_interval, money_interval_in_unit
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES
from analysis.pages.words.rounding import (
    change,
    growth,
    growth_interval,
    tonnes,
    tonnes_in_unit,
    tonnes_interval,
    tonnes_interval_in_unit,
)

#: States of a month on the sheet.
STATES = {
    "closed": Both("closed", "关闭"),
    "one_way": Both("one way", "单向"),
    "limited": Both("limited", "限量"),
    "open": Both("open", "开放"),
    "unknown": Both("nothing known", "不详"),
}

#: A change, or an amount in parts of it, whose 80% interval is narrower than so much is known and stands without it.
_KNOWN = 0.005


def port_words(port: str, mode: str, impact: ClosureImpact) -> Both:
    """Return a port and its mode: `Irkeshtam (road)`; `伊尔克什坦公路`."""
    name, how = short_name(port, impact.known.places), MODES[mode]
    return Both(f"{name.en} ({how.en})", f"{name.zh}{how.zh}")


def impact_words(each: Impact, impact: ClosureImpact) -> Both:
    """Return what an impact is about."""
    if each.name == TOGETHER:
        return Both("Road ports together", "公路口岸合计")
    if each.unit == "CNY":
        name = short_name(each.name, impact.known.places)
        return Both(f"Trade of {name.en}'s firms", f"{name.zh}进出口")
    return port_words(each.name, "road", impact)


def span_of_year(year: int, impact: ClosureImpact) -> Both:
    """Return the closed months of a year: `2020`, or `January-June 2021` where the closures end, or the edition."""
    first, last = impact.span
    start, end = max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 1))
    words = span_words(start, month_end(end))
    return year_words(year) if str(words.en) == str(year) else words


def closed_span(impact: ClosureImpact) -> Both:
    """Return the months of the closures in words."""
    first, last = impact.span
    return span_words(first, month_end(last))


def ends(draws: np.ndarray) -> tuple[float, float, float]:
    """Return median and 80% interval."""
    lower, median, upper = (float(end) for end in np.quantile(draws, [0.1, 0.5, 0.9]))
    return median, lower, upper


def amount_words(unit: str, three: tuple[float, float, float], cited: list[str]) -> tuple[Number, Number]:
    """Return an amount and its 80% interval in words."""
    value, interval = (money, money_interval) if unit == "CNY" else (tonnes, tonnes_interval)
    return value(*three).cite(cited), interval(*three).cite(cited)


def amount_cell(unit: str, three: tuple[float, float, float], cited: list[str]) -> Cell:
    """Return an amount with its 80% interval for a table in one unit: `1.40 (0.58 to 3.35)`; `140（58至335）`."""
    money_words = (money_in_unit, money_interval_in_unit)
    value, interval = money_words if unit == "CNY" else (tonnes_in_unit, tonnes_interval_in_unit)
    one, other = value(*three).cite(cited), interval(*three).cite(cited)
    return one if is_known(three) else Both((one, " (", other, ")"), (one, "（", other, "）"))


def is_known(three: tuple[float, float, float]) -> bool:
    """Return whether an amount stands without its interval."""
    median, lower, upper = three
    return upper - lower < _KNOWN * abs(median)


def change_cell(found: Loss, cited: list[str], *, level: bool = True) -> Cell:
    """Return the change on the yardstick with its 80% interval: `-35% (80%: -54 to -16%)`; alone where it is known.

    Without `level` the interval stands without its level, for a column that names it.
    """
    median, lower, upper = ends(-found.share)
    if upper - lower < _KNOWN:
        return change(median).cite(cited)
    rate, interval = growth(median, lower, upper).cite(cited), growth_interval(median, lower, upper).cite(cited)
    english, chinese = (" (80%: ", "（80%区间") if level else (" (", "（")
    return Both((rate, english, interval, ")"), (rate, chinese, interval, "）"))
