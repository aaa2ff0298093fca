"""Countries in a text: which are the place that is spoken of, which the partner of its trade, and which neither."""

import re
from collections.abc import Iterator

from analysis.sources.bulletins.names import Names
from analysis.sources.bulletins.words import Mention, Words

#: English adjectives of countries, and names that stand beside "Sino" and "China", to the country.
_ADJECTIVES = {
    "Kyrgyz": "kyrgyzstan", "Kazakh": "kazakhstan", "Uzbek": "uzbekistan", "Tajik": "tajikistan",
    "Turkmen": "turkmenistan", "Mongolian": "mongolia", "Russian": "russia", "Thai": "thailand",
    "Kyrgyzstan": "kyrgyzstan", "Kazakhstan": "kazakhstan", "Uzbekistan": "uzbekistan", "Tajikistan": "tajikistan",
    "Turkmenistan": "turkmenistan", "Mongolia": "mongolia", "Russia": "russia",
}  # fmt: skip
_NAMES = f"({'|'.join(sorted(_ADJECTIVES, key=len, reverse=True))})"
_ADJECTIVE = re.compile(
    rf"{_NAMES}(?= (?:exports|imports|trade|foreign trade|rail(?:ways?)?|coal|carriers|exporters|cargo|freight|ports)"
    r"(?![a-z]))"
)
_PAIR = re.compile(
    rf"(?:{_NAMES}[-–](?:Chinese|China)|(?:Chinese|China|Sino)[-–]{_NAMES})"
    r"(?= (?:trade|turnover|commerce|bilateral|mutual|rail|freight|cargo|border trade))"
)

#: Trade of the United States with one neighbour, which is counted at their border.
_AMERICAN = re.compile(
    r"(?:U\.?S\.?|United States)(?: (?:and|with) |[-–])(Canada|Mexico)(?![a-z])(?! (?:and|or) (?:Canada|Mexico))"
)

#: What a country has in a bulletin; "China's Xinjiang" and "China's largest port" name no owner of a flow.
_OWNED = re.compile(
    r"['’]s?\s+(?:[A-Za-z-]+\s+){0,3}(?:trade|exports?|imports?|turnover|GDP|commerce|rail\w*|cargo|freight|share|"
    r"land ports|coal|copper|border|truck|external|foreign|economy|industr\w+|total|shipments|"
    r"outbound|inbound)(?![a-z])|\s+countries"
)

_LISTED = re.compile(r"(?:、|和|及|与|以及|,| and |, and |等)\s*")
_ENUMERATED = re.compile(r"(?:[^.;]{0,20}\s)?(?:--|—|–|namely,?|including)\s*")
_NEXT = re.compile(r"(?:,| and|, and) ")
_BORDER = re.compile(r"(?:接壤|毗邻|交界|相邻|边境|一侧|境内|隔|山水|共同|方面|海关)")
_OF_CHINA = re.compile(r"铁路|移民|边检|海关|人民|银行|民航|物流|边防|\(|—|-|口岸协会|新闻|外运|交通")
_CHINA_TRADES = re.compile(r"(?:外贸|对外|进出口|对|与|同)")
_SHORT_PAIR = r"(?:中({0})|({0})中)(?=(?:两国|双方)?(?:双边)?(?:贸易|进出口|经贸|外贸))"
_BOTH = re.compile(r"bilateral|two-way|mutual|双边|两国")
_SHORT = r"(?<=[对与])({})(?=(?:方)?(?:贸易|进出口|出口|进口|口岸|\d|[、,和]|增|外贸))"
_OPENS = re.compile(r"(?:\A|[.;]\s+(?:[A-Z][a-z]+ \d{4},? |[^.;,]{0,40}, )?)$")
_ACTS = re.compile(
    r"\s+(?:(?:has|had|have|will|also)\s+)*(?:export|import|plan|aim|expect|shipp?|sold|sen[dt]|receiv|record|produc|deliver|bought|trad)"
)
_ONLY_ON_THE_WAY = re.compile(r"(?:via|through|over|near|into|of|borders?|bordering) $")


def countries(text: str, words: Words, names: Names) -> list[Mention]:
    """Return the countries that a text names.

    Parameters
    ----------
    text
        A text as `text.folded` returns it.
    words
        The tables of its language.
    names
        Names of places: a country inside a longer one (蒙古 in 内蒙古) is none.

    Returns
    -------
    list of Mention
        Of kind `place` (whose flows are told: Kyrgyzstan's exports), `partner` (behind a preposition, or in a list that
        begins so) and `country` (neither is said).
    """
    found = [] if words.language == "zh" else [*_pairs(text, words.partners)]
    taken = [(mention.start, mention.end) for mention in found]
    taken += [(match.start(), match.end()) for match in names.pattern.finditer(text)]
    listed_end, enumerated = -1, False
    for match in _pattern(words).finditer(text):
        if _is_no_country(text, match, words, taken):
            continue
        gap = text[listed_end : match.start()] if listed_end >= 0 else "."
        if _ENUMERATED.fullmatch(gap) or (enumerated and _NEXT.fullmatch(gap)):
            # The members of a group that was named: five Central Asian countries, namely Kazakhstan, ...
            enumerated, listed_end = True, match.end()
            continue
        enumerated = False
        kind = _kind(text, match, words, listed=_LISTED.fullmatch(gap) is not None)
        if kind == "partner":
            listed_end = match.end()
        if kind:
            found.append(Mention(match.start(), match.end(), kind, words.partners[match.group()]))
    return [*found, *_short_names(text, words)]


def two_countries(text: str, words: Words) -> tuple[str, str] | None:
    """Return China's partner and China where a folded text tells of trade between both and names no third country."""
    if not _BOTH.search(text):
        return None
    named = {words.partners[match.group()] for match in _pattern(words).finditer(text)}
    others = named - {"china"}
    return (others.pop(), "china") if "china" in named and len(others) == 1 else None


def _pattern(words: Words) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(words.partners, key=len, reverse=True))
    return re.compile(names if words.language == "zh" else rf"(?<![A-Za-z])(?:{names})(?![A-Za-z])")


def _is_no_country(text: str, match: re.Match[str], words: Words, taken: list[tuple[int, int]]) -> bool:
    """Return whether a name stands in another name, in an adjective, in brackets of its own, or beside a border."""
    start, end = match.start(), match.end()
    if any(first <= start and end <= last and last - first > end - start for first, last in taken):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "(" and after == ")":
        return True
    if words.language == "zh":
        return _BORDER.match(text, end) is not None
    owner_of_place = re.match(r"['’]s\s+[A-Z]", text[end:]) is not None and not _OWNED.match(text, end)
    return "-" in (before, after) or owner_of_place


def _kind(text: str, match: re.Match[str], words: Words, *, listed: bool) -> str:
    """Return the kind of a country by the words around it; empty where it is only on the way."""
    before, end = text[: match.start()], match.end()
    if words.partners[match.group()] == "china" and words.language == "zh" and _OF_CHINA.match(text, end):
        return ""
    if listed or re.search(rf"(?<![a-zA-Z])(?<!ccording ){words.to_partner}$", before, words.flags):
        return "partner"
    if words.language == "zh":
        china = words.partners[match.group()] == "china"
        trades = _CHINA_TRADES.match(text, end) is not None
        return "country" if not china else "place" if trades else ""
    if _OWNED.match(text, end):
        return "partner" if re.match(r"['’]s? share", text[end:]) else "place"
    if re.search(r"(?:^|\s)(?:in|across)\s+$", before) or (_OPENS.search(before) and _ACTS.match(text, end)):
        return "place"
    return "" if _ONLY_ON_THE_WAY.search(before) else "country"


def _short_names(text: str, words: Words) -> Iterator[Mention]:
    """Yield the partners that one character names behind a preposition: 对俄进出口."""
    if words.short_partners:
        for match in re.finditer(_SHORT_PAIR.format("|".join(words.short_partners)), text):
            country = words.short_partners[match.group(1) or match.group(2)]
            yield Mention(match.start(), match.start() + 1, "place", country)
            yield Mention(match.start() + 1, match.end(), "partner", "china")
        for match in re.finditer(_SHORT.format("|".join(words.short_partners)), text):
            yield Mention(match.start(), match.end(), "partner", words.short_partners[match.group(1)])


def _pairs(text: str, partners: dict[str, str]) -> Iterator[Mention]:
    """Yield place and partner of trade between two countries, the place the one that is not China; and adjectives."""
    names = "|".join(re.escape(name) for name in sorted(partners, key=len, reverse=True))
    taken: list[tuple[int, int]] = []
    for match in re.finditer(rf"between (?:the )?({names}) and (?:the )?({names})(?![a-z])", text):
        pair = sorted((1, 2), key=lambda group: partners[match.group(group)] == "china")
        for kind, group in zip(("place", "partner"), pair, strict=True):
            yield Mention(match.start(group), match.end(group), kind, partners[match.group(group)])
            taken.append(match.span(group))
    for match in _AMERICAN.finditer(text):
        yield Mention(match.start(), match.start() + 1, "place", "us_land_borders")
        yield Mention(match.start(1), match.end(), "partner", match.group(1).lower())
        taken.append(match.span())
    for match in _PAIR.finditer(text):
        country = _ADJECTIVES[next(group for group in match.groups() if group)]
        yield Mention(match.start(), match.start() + 3, "place", country)
        yield Mention(match.start() + 3, match.end(), "partner", "china")
        taken.append(match.span())
    for match in _ADJECTIVE.finditer(text):
        if all(match.end() <= start or end <= match.start() for start, end in taken):
            yield Mention(match.start(), match.end(), "place", _ADJECTIVES[match.group(1)])
