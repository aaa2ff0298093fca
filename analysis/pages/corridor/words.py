"""Words of ways and legs, in both languages."""

import re

from analysis.desks.corridor import Corridor, Saving, Way
from analysis.pages.words.cells import Both, Number
from analysis.pages.words.rounding import as_stated, significant, without_commas

ROUTES = {
    "irkeshtam": Both("by Irkeshtam (rail and road)", "经伊尔克什坦（公铁联运）"),
    "torugart": Both("by Torugart (rail and road)", "经吐尔尕特（公铁联运）"),
    "horgos": Both("by Horgos (rail)", "经霍尔果斯（铁路）"),
    "alashankou": Both("by Alashankou (rail)", "经阿拉山口（铁路）"),
    "own": Both("your own way", "自拟路线"),
}

VERDICTS = {
    "likely": Both("likely", "可能性较大"),
    "possible": Both("possible", "有可能"),
    "unlikely": Both("unlikely", "可能性较小"),
    "fits": Both("fits", "相符"),
    "not_excluded": Both("not excluded", "不能排除"),
    "dearer": Both("not excluded, but by the legs this way is dearer", "不能排除，但按各段相加本线更贵"),
    "contradicted": Both("does not fit", "不符"),
    "more_than_all": Both("more than the whole carriage costs", "超过全部运费"),
    "unknown": Both("legs not published", "各段未公布"),
}

KINDS = {"run": Both("runs", "运行"), "transfer": Both("change to trucks", "换装"), "border": Both("borders", "边境")}


#: What a printed saving says beside its number, the first that is found.
_RELATIONS = (
    (re.compile(r"至少|at least"), Both("at least ", "至少")),
    (re.compile(r"up to|最多|至多"), Both("up to ", "至多")),
    (re.compile(r"近|nearly"), Both("nearly ", "近")),
    (re.compile(r"超|over|more than"), Both("over ", "超过")),
    (re.compile(r"约|左右|about|around"), Both("about ", "约")),
)

#: A printed range: both of its ends are numbers.
_IS_RANGE = re.compile(r"\d\s*(?:到|至|to|[-–—~～]+)\s*\$?\d")

#: What a saving counts: its unit in hours, parts or dollars, and its words.
_UNITS = {
    "time_saved_hours": (24.0, Both(" days", "天")),
    "distance_saved_km": (1.0, Both(" km", "公里")),
    "cost_saved_share": (0.01, Both("%", "%")),
    "cost_saved_usd": (1.0, Both(" dollars a shipment", "美元（每批货）")),
    "cost_saved_usd_per_tonne": (1.0, Both(" dollars a tonne", "美元（每吨）")),
}


def saving_words(saving: Saving) -> Number:
    """Return a published saving in the language of the reader: `3 to 5 days`, `nearly 500 km`; `3至5天`."""
    size, unit = _UNITS[saving.measure]
    relation = next((words for pattern, words in _RELATIONS if pattern.search(saving.printed)), Both("", ""))
    ends = (saving.low, saving.high) if _IS_RANGE.search(saving.printed) else (saving.value,)
    numbers = [as_stated(significant(end / size)) for end in ends]
    english = f"{relation.en}{' to '.join(numbers)}{unit.en}"
    chinese = f"{relation.zh}{'至'.join(map(without_commas, numbers))}{unit.zh}"
    return Number(english, chinese, tuple(end / size for end in ends), trace=(saving.statement_id,))


def route_words(route: str) -> Both:
    """Return a way as a sentence has it: `by Horgos (rail)`."""
    return ROUTES.get(route, Both(route, route))


def leg_names(corridor: Corridor) -> dict[str, Both]:
    """Return the names of all legs of the routes."""
    return {each.leg.leg: Both(each.name_en, each.name_zh) for way in corridor.ways for each in way.legs}


def way_subject(route: str) -> Both:
    """Return a way as the subject of a sentence: `The way by Horgos (rail)`."""
    words = route_words(route)
    english = str(words.en)
    return Both(f"The way {english}" if english.startswith("by ") else english.capitalize(), words.zh)


def way_short(way: Way) -> Both:
    """Return the name of a way without its modes, for a column of a table with many: `Horgos`."""
    name = way_name(way)
    return Both(str(name.en).partition(" (")[0], str(name.zh).partition("（")[0])


def way_name(way: Way) -> Both:
    """Return the name of a way for a table: `Horgos (rail)`."""
    words = route_words(way.route)
    name = str(words.en).removeprefix("by ")
    return Both(name[0].upper() + name[1:], words.zh)
