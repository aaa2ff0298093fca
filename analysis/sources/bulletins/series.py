"""Which series a figure belongs to: place, indicator, flow, mode and partner of its topic."""

import re
from dataclasses import replace

from analysis.sources.bulletins.concepts import EXPORTED, TRAFFIC, TRAVELLERS
from analysis.sources.bulletins.context import Reading, Topic
from analysis.sources.bulletins.rows import Fields, Why

#: Words by which a text speaks of what the Kazakh railway counts at its two crossings to China.
_KAZAKH_RAILWAY = re.compile(
    r"KTZ|Temir Zholy|Dostyk|Altynkol|Kazakh(?:stan)?(?:'s)? (?:national )?railway|哈铁|哈萨克斯坦铁路"
)
_SENT_TO_CHINA = re.compile(r"(?:deliver|dispatch|shipment|sent)[^.]{0,40}to China")

#: The two rail crossings between Kazakhstan and China together.
_CROSSINGS = "horgos_alashankou"


def series(topic: Topic, indicator: str, mode: str, reading: Reading) -> Fields | Why:
    """Return place, indicator, flow, mode and partner of a row, or why there is no such row.

    Parameters
    ----------
    topic
        What is spoken of.
    indicator, mode
        What is counted, and the mode that it implies; empty for none.
    reading
        The state of reading.
    """
    if not topic.places:
        return Why.NO_PLACE
    if indicator in ("freight_tonnes", "ce_train_freight_tonnes") and _is_of_kazakh_railway(topic, reading):
        topic, indicator, mode = _at_its_crossing(topic, reading), "ktz_freight_tonnes", "rail"
    names = reading.names
    place = topic.place if len(topic.places) == 1 else names.together(frozenset(topic.places))
    if place is None:
        return Why.SEVERAL_PLACES
    if len(topic.partners) > 1:
        return Why.SEVERAL_PARTNERS
    traffic = topic.subject in TRAFFIC
    if traffic and topic.subject != "trains":
        place = names.ports_of(place, topic.mode)
    said = topic.mode if names.is_port(place) or traffic else ""
    return {
        "place": place,
        "indicator": indicator,
        "flow": _flow(topic),
        "mode": mode or names.only_mode(place) or said or "all",
        "partner": topic.partners[0] if topic.partners and topic.partners[0] != place else "",
    }


def _flow(topic: Topic) -> str:
    """Return the direction in the words of the ledger: goods are imported, travellers come in."""
    if topic.subject in EXPORTED:
        return "export"
    flow = topic.flow or "total"
    return {"import": "inbound", "export": "outbound"}.get(flow, flow) if topic.subject in TRAVELLERS else flow


def _is_of_kazakh_railway(topic: Topic, reading: Reading) -> bool:
    """Return whether tonnes are those that the Kazakh railway counts."""
    bulletin = reading.bulletin
    said = f"{bulletin.publisher} {bulletin.title} {bulletin.text}"
    return (topic.place == "kazakhstan" and topic.partners == ("china",)) or bool(_KAZAKH_RAILWAY.search(said))


def _at_its_crossing(topic: Topic, reading: Reading) -> Topic:
    """Return the topic of tonnes of the Kazakh railway at the port that is named, or at both crossings."""
    place = topic.place if reading.names.is_port(topic.place) else _CROSSINGS
    sent = _SENT_TO_CHINA.search(reading.bulletin.text) is not None
    return replace(topic, places=(place,), partners=(), flow=topic.flow or ("import" if sent else ""))
