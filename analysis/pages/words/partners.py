"""Partners of trade and of aid, countries, provinces and groups of them, in the words of both languages."""

from analysis.core.errors import CoverageError
from analysis.pages.words.cells import Both
from analysis.sources.places import Places

#: Partners that no register of places holds.
_PARTNERS = {
    "belt_and_road": Both("Belt and Road countries", "“一带一路”沿线国家"),
    "central_asia5": Both("the five of Central Asia", "中亚五国"),
    "central_eastern_europe": Both("Central and Eastern Europe", "中东欧国家"),
    "asean": Both("ASEAN", "东盟"),
    "rcep": Both("RCEP members", "RCEP成员国"),
    "eu": Both("the European Union", "欧盟"),
    "eaeu": Both("the Eurasian Economic Union", "欧亚经济联盟"),
    "kazakhstan": Both("Kazakhstan", "哈萨克斯坦"),
    "kyrgyzstan": Both("Kyrgyzstan", "吉尔吉斯斯坦"),
    "tajikistan": Both("Tajikistan", "塔吉克斯坦"),
    "uzbekistan": Both("Uzbekistan", "乌兹别克斯坦"),
    "turkmenistan": Both("Turkmenistan", "土库曼斯坦"),
    "russia": Both("Russia", "俄罗斯"),
    "mongolia": Both("Mongolia", "蒙古国"),
    "pakistan": Both("Pakistan", "巴基斯坦"),
    "iran": Both("Iran", "伊朗"),
    "egypt": Both("Egypt", "埃及"),
    "turkey": Both("Turkey", "土耳其"),
    "china": Both("China", "中国"),
    "united_kingdom": Both("the United Kingdom", "英国"),
    "south_korea": Both("South Korea", "韩国"),
    "jiangsu": Both("Jiangsu", "江苏"),
    "changzhou": Both("Changzhou", "常州"),
    "kunshan": Both("Kunshan", "昆山"),
    "wuxi": Both("Wuxi", "无锡"),
    "nanjing": Both("Nanjing", "南京"),
    "anhui": Both("Anhui", "安徽"),
    "zhejiang": Both("Zhejiang", "浙江"),
    "ningbo": Both("Ningbo", "宁波"),
    "jiangxi": Both("Jiangxi", "江西"),
    "shandong": Both("Shandong", "山东"),
    "shanghai": Both("Shanghai", "上海"),
    "beijing": Both("Beijing", "北京"),
    "guangdong": Both("Guangdong", "广东"),
    "hunan": Both("Hunan", "湖南"),
    "aiding_provinces": Both("the aiding provinces", "援疆省市"),
    "central_enterprises": Both("central enterprises", "中央企业"),
}


def partner_words(partner: str, places: Places) -> Both:
    """Return what a partner is called; one that no list and no register holds is named as the ledger has it."""
    if partner in _PARTNERS:
        return _PARTNERS[partner]
    try:
        english, chinese = places.names(partner)
    except CoverageError:
        return Both(partner, partner)
    return Both(english, chinese or english)
