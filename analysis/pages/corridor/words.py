"""Words of ways and legs, in both languages."""

from analysis.desks.corridor import Corridor, Way
from analysis.pages.words.cells import Both

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
    "contradicted": Both("does not fit", "不符"),
    "more_than_all": Both("more than the whole carriage costs", "超过全部运费"),
    "unknown": Both("legs not published", "各段未公布"),
}

KINDS = {"run": Both("runs", "运行"), "transfer": Both("change to trucks", "换装"), "border": Both("borders", "边境")}


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


def way_name(way: Way) -> Both:
    """Return the name of a way for a table: `Horgos (rail)`."""
    words = route_words(way.route)
    name = str(words.en).removeprefix("by ")
    return Both(name[0].upper() + name[1:], words.zh)
