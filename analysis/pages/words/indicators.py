"""What a series counts, in the words of both languages."""

from typing import Any

from analysis.core.errors import CoverageError
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES

_INDICATORS = {
    "freight_tonnes": Both("freight", "过货量"),
    "ktz_freight_tonnes": Both("freight as the Kazakh railway counts it", "哈铁口径货运量"),
    "ce_train_freight_tonnes": Both("freight of China-Europe trains", "中欧班列货运量"),
    "vehicles": Both("vehicles", "出入境车辆"),
    "freight_trucks": Both("freight trucks", "货运车辆"),
    "trains": Both("China-Europe trains", "中欧班列"),
    "persons": Both("persons", "出入境人员"),
    "trade_value_cny": Both("trade", "进出口总值"),
    "trade_value_usd": Both("trade", "进出口总值"),
    "gas_tonnes": Both("gas", "天然气"),
    "oil_tonnes": Both("oil", "原油"),
    "output_value_cny": Both("gross output", "总产值"),
    "output_units": Both("output", "产量"),
    "order_units": Both("orders", "订单"),
    "orders_units": Both("orders", "订单"),
    "investment_cny": Both("capital invested", "累计投资"),
    "jobs": Both("jobs", "就业岗位"),
    "firms": Both("firms", "入园企业"),
    "vehicle_sales_units": Both("vehicles sold", "车辆销量"),
    "gdp_cny": Both("gross domestic product", "地区生产总值"),
    "industrial_value_added_cny": Both("industrial value added", "工业增加值"),
}
_FLOWS = {"import": Both("imports", "进口"), "export": Both("exports", "出口"), "transit": Both("transit", "过境")}


def indicator_words(indicator: str) -> Both:
    """Return what an indicator counts; one without words of its own is named as the ledger has it."""
    plain = indicator.replace("_", " ")
    return _INDICATORS.get(indicator, Both(plain, plain))


def series_words(row: dict[str, Any]) -> Both:
    """Return what the series of a statement is: `Horgos, rail freight, imports`; `霍尔果斯铁路过货量（进口）`.

    Parameters
    ----------
    row
        A ledger row: `place`, `indicator`, `flow`, `mode`, `series_id`; a minimal ledger has the last one only.
    """
    if not row.get("place") or not row.get("indicator"):
        return Both(str(row["series_id"]), str(row["series_id"]))
    name, what = _place(str(row["place"])), indicator_words(str(row["indicator"]))
    mode = MODES.get(str(row.get("mode"))) if row.get("mode") != "all" else None
    flow = _FLOWS.get(str(row.get("flow")))
    english = f"{name.en}, {mode.en} {what.en}" if mode else f"{name.en}, {what.en}"
    chinese = f"{name.zh}{mode.zh if mode else ''}{what.zh}"
    return Both(f"{english}, {flow.en}" if flow else english, f"{chinese}（{flow.zh}）" if flow else chinese)


def _place(place: str) -> Both:
    """Return the name of a place; one that no register holds is named as the ledger has it."""
    try:
        return short_name(place)
    except CoverageError:
        return Both(place, place)
