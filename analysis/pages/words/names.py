"""Places as readers call them, in English and Chinese."""

import re

from analysis.pages.words.cells import Both, text
from analysis.pages.words.phrases import MODES
from analysis.sources.places import Places

#: Other spellings of a name stand in brackets at its end.
_OTHER_SPELLINGS = re.compile(r" \([^()]*\)$")


def short_name(place: str, places: Places) -> Both:
    """Return both names without their other spellings: `Irkeshtam` of `Irkeshtam (Erkeshtam, ...)`.

    A place without a Chinese name is called by its English one.
    """
    english, chinese = (_OTHER_SPELLINGS.sub("", name) for name in places.names(place))
    return Both(english, chinese or english)


def quoted_name(place: str, places: Places) -> Both:
    """Return both names; where no Chinese one was found in print, the English one in quotation marks, and that."""
    name = short_name(place, places)
    return name if places.names(place)[1] else Both(name.en, f"“{name.en}”（未见公布的中文名）")


def port_name(place: str, places: Places) -> Both:
    """Return the names of a port as a sentence has them: `Irkeshtam`, `伊尔克什坦口岸`."""
    name = short_name(place, places)
    return Both(name.en, name.zh if str(name.zh).endswith("口岸") else f"{name.zh}口岸")


def series_name(series_id: str, places: Places) -> Both:
    """Return the place and the mode of a series of freight: `Horgos, rail`, `霍尔果斯铁路`."""
    place, _, _, mode = series_id.split(".")[:4]
    name, how = short_name(place, places), MODES.get(mode, Both(mode, mode))
    return Both(f"{name.en}, {how.en}", f"{name.zh}{how.zh}")


def publisher_words(publisher: str | None) -> str | Both:
    """Return who published a statement, as the ledger writes it, or that nobody wrote it down."""
    return publisher or Both("publisher not written down", "发布者未记录")


def publisher_and_day(publisher: str | None, day: Both) -> Both:
    """Return who published a statement and when: `Xinhua, 10 June 2025`."""
    who = publisher_words(publisher)
    return Both(f"{text(who)}, {text(day)}", f"{text(who, 'zh')}，{text(day, 'zh')}")
