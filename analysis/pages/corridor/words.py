"""Words of ways and legs, in both languages."""

import re

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

#: Names in the register of ways. Shenzhen keeps its letters: the bundled font lacks a character of its name.
_NAMES = {
    "Lianyungang": "连云港", "Kashgar North": "喀什北", "Kashgar": "喀什", "Irkeshtam": "伊尔克什坦", "Osh": "奥什",
    "Tashkent": "塔什干", "Lanzhou": "兰州", "Langfang": "廊坊", "Wuhan": "武汉", "Vladivostok": "符拉迪沃斯托克",
    "Shenyang": "沈阳", "Xi'an": "西安", "Khorgos": "霍尔果斯", "Horgos": "霍尔果斯",
    "Saryagash": "萨雷阿加什", "Torugart": "吐尔尕特", "Kyrgyzstan": "吉尔吉斯斯坦", "Dushanbe": "杜尚别",
    "Andijan": "安集延", "Galaba": "加拉巴", "Hairatan": "海拉顿", "Samarkand": "撒马尔罕", "Urumqi": "乌鲁木齐",
    "Zarafshan": "扎拉夫尚", "Makmal": "马克马尔", "Jalal-Abad": "贾拉拉巴德", "Tianjin": "天津", "Qingdao": "青岛",
    "Alashankou": "阿拉山口", "Almaty": "阿拉木图", "Hami": "哈密", "China-Europe": "中国至欧洲",
}  # fmt: skip

#: Phrases in the register of ways that are no list of places.
_PHRASES = {
    "against the Horgos route": "较经霍尔果斯", "against Horgos and Alashankou": "较经霍尔果斯、阿拉山口",
    "against other routes": "较其他路线", "against the sea route": "较海运", "each consignment": "每批货",
    "each shipment": "每批货", "each tonne": "每吨货", "to Kashgar North": "到达喀什北站",
    "Kashgar transit outbound": "喀什过境出口", "whole line": "全线", "Kyrgyz section": "吉国段", "base": "基地",
    "plan": "计划", "Uzbek part": "乌国段", "Kashgar customs clearance": "喀什通关",
}  # fmt: skip


def route_words(route: str) -> Both:
    """Return a way as a sentence has it: `by Horgos (rail)`."""
    return ROUTES.get(route, Both(route, route))


def place_words(leg: str) -> Both:
    """Return the leg of a row of the register of ways; what has no Chinese name keeps the register's."""
    if leg in _PHRASES:
        return Both(leg, _PHRASES[leg])
    chinese = leg
    for name in sorted(_NAMES, key=len, reverse=True):
        chinese = chinese.replace(name, _NAMES[name])
    chinese = re.sub(r"^(.*) via (.*)$", r"\1（经\2）", chinese)
    chinese = re.sub(r"^(.*) against .*$", r"\1（较他线）", chinese)
    return Both(leg, chinese.replace("-", "—"))


def leg_names(corridor: Corridor) -> dict[str, Both]:
    """Return the names of all legs of the routes."""
    return {each.leg.leg: Both(each.name_en, each.name_zh) for way in corridor.ways for each in way.legs}


def way_name(way: Way) -> Both:
    """Return the name of a way for a table."""
    words = route_words(way.route)
    return Both(str(words.en)[0].upper() + str(words.en)[1:], words.zh)
