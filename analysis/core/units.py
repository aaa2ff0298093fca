"""The units that a statement may carry, and which of them fit together."""

from dataclasses import dataclass

from analysis.core.errors import UnitError
from analysis.core.suggestions import suggestion


@dataclass(frozen=True)
class Unit:
    """A unit of a published figure.

    `code` is what stands in a table, `en` and `zh` are what a page prints, `total` is the unit of a sum
    over days: `vehicles` for `vehicles/day`, the unit itself where there is no rate.
    """

    code: str
    en: str
    zh: str
    total: str


def _unit(code: str, en: str, zh: str) -> Unit:
    return Unit(code, en, zh, code.partition("/")[0] if code.endswith(("/day", "/month", "/year")) else code)


_LIST = (
    _unit("1", "", ""),
    _unit("fraction", "fraction", "比例"),
    _unit("ratio", "ratio", "比率"),
    _unit("multiple", "times", "倍"),
    _unit("count", "", "个"),
    _unit("CNY", "yuan", "元"),
    _unit("USD", "US dollars", "美元"),
    _unit("UZS", "sum", "苏姆"),
    _unit("THB", "baht", "泰国本币"),
    _unit("INR", "rupees", "卢比"),
    _unit("CNY/USD", "yuan per US dollar", "元/美元"),
    _unit("UZS/USD", "sum per US dollar", "苏姆/美元"),
    _unit("tonnes", "tonnes", "吨"),
    _unit("tonne/day", "tonnes a day", "吨/日"),
    _unit("tonne/month", "tonnes a month", "吨/月"),
    _unit("tonne/year", "tonnes a year", "吨/年"),
    _unit("tonne-km", "tonne-kilometres", "吨公里"),
    _unit("cubic_metres", "cubic metres", "立方米"),
    _unit("TEU", "TEU", "标箱"),
    _unit("wagons", "wagons", "车皮"),
    _unit("trains", "trains", "列"),
    _unit("trains/day", "trains a day", "列/日"),
    _unit("trains/month", "trains a month", "列/月"),
    _unit("trips/month", "trips a month", "趟/月"),
    _unit("flights", "flights", "架次"),
    _unit("vehicles", "vehicles", "辆次"),
    _unit("vehicles/day", "vehicles a day", "辆次/日"),
    _unit("vehicles/year", "vehicles a year", "辆/年"),
    _unit("vehicles_exported", "exported vehicles", "辆出口车"),
    _unit("vehicles_exported/day", "exported vehicles a day", "辆出口车/日"),
    _unit("vehicles_exported/month", "exported vehicles a month", "辆出口车/月"),
    _unit("units", "units", "台"),
    _unit("unit", "units", "套"),
    _unit("persons", "persons", "人次"),
    _unit("persons/day", "persons a day", "人次/日"),
    _unit("household", "households", "户"),
    _unit("km", "kilometres", "公里"),
    _unit("km2", "square kilometres", "平方公里"),
    _unit("m2", "square metres", "平方米"),
    _unit("seconds", "seconds", "秒"),
    _unit("minutes", "minutes", "分钟"),
    _unit("hours", "hours", "小时"),
    _unit("days", "days", "天"),
    _unit("km/h", "kilometres an hour", "公里/小时"),
    _unit("lanes", "lanes", "条通道"),
    _unit("trips", "trips", "趟"),
    _unit("containers", "containers", "个集装箱"),
    _unit("containers/year", "containers a year", "个集装箱/年"),
    _unit("USD/year", "US dollars a year", "美元/年"),
    _unit("USD/FEU", "US dollars per 40-foot container", "美元/40英尺箱"),
    _unit("previous_year_100", "previous year = 100", "上年=100"),
)

#: Every known unit by its code; `1` is the unit of a minimal ledger whose units nobody declared.
UNITS = {unit.code: unit for unit in _LIST}

#: Units in which growth and shares are written: always a fraction, 0.05 for five percent.
FRACTIONS = ("fraction", "1")


def get(code: str) -> Unit:
    """Return a unit by its code.

    Raises
    ------
    UnitError
        If the unit is unknown; the sentence names the nearest known one.
    """
    if code not in UNITS:
        raise UnitError(f"The unit {code!r} is unknown. {suggestion(code, UNITS)}")
    return UNITS[code]


def unit_of_total(code: str) -> str:
    """Return the unit of a sum of figures: `vehicles` for `vehicles/day`, `tonnes` for `tonne/year`."""
    total = get(code).total
    return "tonnes" if total == "tonne" else total
