"""Shares: which indicator a share of a whole is, by the words for the whole and by what it is a share of."""

import re
from dataclasses import replace

from analysis.sources.bulletins.context import Topic

#: Subjects whose share of all trade has an indicator of its own.
_OF_TRADE = {
    "trade of private firms": "share_trade_private_firms",
    "trade of state firms": "share_trade_state_firms",
    "trade of foreign firms": "share_trade_foreign_firms",
}

_OF_ALL = r"占(?:同期)?(?:[^,。]{0,6})?"

#: Words for the whole, by language, to the indicator; the first row that matches counts. A row with a subject holds for
#: that subject only.
_WHOLES: tuple[tuple[str, str, str], ...] = (
    (r"全国(?:边境)?|national total|country's total|China's", "border trade", "share_of_china_border_trade"),
    (r"进出口|外贸|trade|全区|全疆", "border trade", "share_border_trade"),
    (r"占对?(?:共建)?“?一带一路|Belt and Road", "", "share_of_belt_road_trade"),
    (r"占(?:同期)?(?:我国|全国|中国)?对?中亚", "", "share_of_central_asia_trade"),
    (r"占(?:同期)?(?:全区|全疆|新疆|自治区|我区)(?!口岸)", "trade", "share_of_xinjiang_trade"),
    (r"of (?:Xinjiang|the region)'s (?:foreign |total )?trade", "trade", "share_of_xinjiang_trade"),
    (rf"{_OF_ALL}出口|of (?:its |total |the |all )?exports|of [A-Z]\w+'s exports", "", "share_of_exports"),
    (rf"{_OF_ALL}进口|of (?:its |total |the |all )?imports|of [A-Z]\w+'s imports", "", "share_of_imports"),
    (rf"{_OF_ALL}(?:进出口|外贸|贸易)", "trade", "share_of_trade"),
    (r"of (?:its |total |the |[A-Z]\w+'s )?(?:foreign )?trade", "trade", "share_of_trade"),
)


def share_indicator(before: str, after: str, topic: Topic, *, bracketed: bool) -> str | None:
    """Return the indicator of a share, None where the words do not say of what it is a share.

    Parameters
    ----------
    before, after
        The words from the figure before to this one, and from this one to the end of the clause.
    topic
        What is spoken of.
    bracketed
        Whether the share stands in brackets behind the figure of which it is the share.
    """
    if not topic.subject and topic.flow:
        topic = replace(topic, subject="trade")
    if topic.subject in _OF_TRADE:
        return _OF_TRADE[topic.subject]
    if topic.subject == "foreigners":
        return "share_foreigners_in_persons"
    if topic.subject == "new energy vehicles":
        return "nev_units"
    if bracketed and topic.partners and topic.subject == "trade":
        return {"export": "share_of_exports", "import": "share_of_imports"}.get(topic.flow, "share_of_trade")
    for words, subject, indicator in _WHOLES:
        fits = subject in ("", topic.subject) and topic.subject in ("trade", "border trade")
        if fits and re.search(words, f"{before}|{after}"):
            return indicator
    if topic.subject == "trade" and topic.partners:
        return "share_of_xinjiang_trade" if topic.places == ("xinjiang",) else "share_of_trade"
    return None
