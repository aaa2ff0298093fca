"""What a subject of a sentence counts: the indicator of the ledger by the subject and the unit of the figure."""

from typing import NamedTuple


class Counted(NamedTuple):
    """An indicator of the ledger, the unit of its totals, and the mode of traffic that it implies (empty: none)."""

    indicator: str
    unit: str
    mode: str = ""


#: Subject and unit of the printed figure to what is counted. The first unit of a subject is the one that a bare rate of
#: growth refers to; money comes as yuan and as dollars.
_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("trade", "CNY", "trade_value_cny", "CNY", ""),
    ("trade", "USD", "trade_value_usd", "USD", ""),
    ("trade", "INR", "trade_value_inr", "INR", ""),
    ("freight", "tonnes", "freight_tonnes", "tonnes", ""),
    ("railway freight", "tonnes", "freight_tonnes", "tonnes", "rail"),
    ("cross-border freight", "tonnes", "cross_border_freight_tonnes", "tonnes", ""),
    ("railway cargo of Kazakhstan", "tonnes", "ktz_freight_tonnes", "tonnes", "rail"),
    ("freight by train", "tonnes", "ce_train_freight_tonnes", "tonnes", "rail"),
    ("freight by train", "CNY", "ce_train_trade_value_cny", "CNY", "rail"),
    ("freight by train", "USD", "ce_train_trade_value_usd", "USD", "rail"),
    ("persons", "persons", "persons", "persons", ""),
    ("foreigners", "persons", "persons_foreign", "persons", ""),
    ("citizens", "persons", "persons_chinese", "persons", ""),
    ("visa-free entries", "persons", "visa_free_entries", "persons", ""),
    ("vehicles", "vehicles", "vehicles", "vehicles", "road"),
    ("trucks", "vehicles", "freight_trucks", "vehicles", "road"),
    ("means of transport", "transport", "transport_means", "units", ""),
    ("means of transport", "vehicles", "vehicles", "vehicles", "road"),
    ("cars", "vehicles", "cars", "vehicles", "road"),
    ("passenger vehicles", "vehicles", "passenger_vehicles", "vehicles", "road"),
    ("buses", "vehicles", "buses", "vehicles", "road"),
    ("coaches", "vehicles", "coaches", "vehicles", "road"),
    ("exported cars", "vehicles", "auto_units", "vehicles_exported", ""),
    ("new energy vehicles", "vehicles", "nev_units", "vehicles_exported", ""),
    ("trains", "trains", "trains", "trains", "rail"),
    ("trains", "TEU", "teu", "TEU", "rail"),
    ("trains", "tonnes", "ce_train_freight_tonnes", "tonnes", "rail"),
    ("trains", "CNY", "ce_train_trade_value_cny", "CNY", "rail"),
    ("trains", "USD", "ce_train_trade_value_usd", "USD", "rail"),
    ("containers", "TEU", "teu", "TEU", ""),
    ("wagons", "wagons", "wagons", "wagons", "rail"),
    ("flights", "flights", "flights", "flights", "air"),
    ("ships", "ships", "ships", "count", ""),
    ("coal", "tonnes", "coal_tonnes", "tonnes", ""),
    ("coal", "CNY", "imports_coal_cny", "CNY", ""),
    ("coal", "USD", "imports_coal_usd", "USD", ""),
    ("iron ore", "tonnes", "iron_ore_tonnes", "tonnes", ""),
    ("metal ore", "tonnes", "metal_ore_tonnes", "tonnes", ""),
    ("minerals", "tonnes", "minerals_tonnes", "tonnes", ""),
    ("fruit", "tonnes", "fruit_tonnes", "tonnes", ""),
    ("fruit", "CNY", "imports_fruit_cny", "CNY", ""),
    ("fruit", "USD", "imports_fruit_usd", "USD", ""),
    ("farm products", "CNY", "trade_agri_cny", "CNY", ""),
    ("farm products", "USD", "trade_agri_usd", "USD", ""),
    ("textiles and garments", "CNY", "exports_textiles_garments_cny", "CNY", ""),
    ("labour-intensive goods", "CNY", "exports_labor_intensive_cny", "CNY", ""),
    ("machinery", "CNY", "exports_machinery_electronics_cny", "CNY", ""),
    ("border trade", "CNY", "border_trade_cny", "CNY", ""),
    ("border trade", "USD", "border_trade_usd", "USD", ""),
    ("border trade", "THB", "border_trade_thb", "THB", ""),
    ("processing of border trade", "CNY", "border_trade_processing_cny", "CNY", ""),
    ("general trade", "CNY", "trade_general_cny", "CNY", ""),
    ("processing trade", "CNY", "trade_processing_cny", "CNY", ""),
    ("bonded logistics", "CNY", "trade_bonded_logistics_cny", "CNY", ""),
    ("cross-border e-commerce", "CNY", "cross_border_ecommerce_cny", "CNY", ""),
    ("trade of private firms", "CNY", "trade_private_firms_cny", "CNY", ""),
    ("trade of state firms", "CNY", "trade_state_firms_cny", "CNY", ""),
    ("trade of foreign firms", "CNY", "trade_foreign_firms_cny", "CNY", ""),
    ("customs revenue", "CNY", "customs_revenue_cny", "CNY", ""),
    ("customs revenue", "USD", "customs_revenue_usd", "USD", ""),
    ("gdp", "CNY", "gdp_cny", "CNY", ""),
    ("gdp", "USD", "gdp_usd", "USD", ""),
    ("primary sector", "CNY", "primary_value_added_cny", "CNY", ""),
    ("secondary sector", "CNY", "secondary_value_added_cny", "CNY", ""),
    ("tertiary sector", "CNY", "tertiary_value_added_cny", "CNY", ""),
    ("industry above scale", "CNY", "industrial_value_added_above_scale_cny", "CNY", ""),
    ("industry", "CNY", "industrial_value_added_cny", "CNY", ""),
    ("fixed investment", "CNY", "fixed_asset_investment_cny", "CNY", ""),
    ("industrial investment", "CNY", "fixed_asset_investment_industry_cny", "CNY", ""),
    ("investment attracted", "CNY", "investment_attracted_cny", "CNY", ""),
    ("capital invested", "USD", "investment_usd", "USD", ""),
    ("retail sales", "CNY", "retail_sales_cny", "CNY", ""),
    ("fiscal revenue", "CNY", "fiscal_revenue_cny", "CNY", ""),
    ("tax revenue", "CNY", "tax_revenue_cny", "CNY", ""),
    ("industrial profit", "CNY", "industrial_profit_cny", "CNY", ""),
    ("industrial revenue", "CNY", "industrial_revenue_cny", "CNY", ""),
    ("gross output", "CNY", "output_value_cny", "CNY", ""),
    ("firms", "count", "firms", "count", ""),
    ("firms above scale", "count", "firms_above_scale", "count", ""),
    ("new firms", "count", "firms_new", "count", ""),
    ("trading firms", "count", "trading_firms", "count", ""),
    ("private trading firms", "count", "trading_firms_private", "count", ""),
    ("jobs", "persons", "jobs", "persons", ""),
    ("new jobs", "persons", "jobs_new", "persons", ""),
)

COUNTED = {(subject, unit): Counted(indicator, total, mode) for subject, unit, indicator, total, mode in _ROWS}

#: Growth of these is at constant prices and has an indicator of its own.
REAL_GROWTH = {
    "gdp": "gdp_real_growth",
    "primary sector": "primary_value_added_growth",
    "secondary sector": "secondary_value_added_growth",
    "tertiary sector": "tertiary_value_added_growth",
}

#: What holds at one moment: its figures are stocks on a day.
STOCKS = frozenset({"firms", "firms above scale", "jobs"})

#: Goods: a figure without a subject of its own goes on about them as long as it goes the same way.
GOODS = frozenset({
    "coal", "iron ore", "metal ore", "minerals", "fruit", "farm products", "textiles and garments",
    "exported cars", "new energy vehicles", "labour-intensive goods", "machinery",
})  # fmt: skip

#: Goods that bulletins name only as exports, whatever the words beside them.
EXPORTED = frozenset({"exported cars", "new energy vehicles"})


#: Subjects whose figures are all trade of a place.
ALL_TRADE = "trade"

#: Goods whose value has an indicator of its own.
GOODS_WITH_VALUES = frozenset({"coal", "fruit", "farm products"})

#: Currencies of the ledger.
MONEY = ("CNY", "USD", "THB", "INR")

#: Units that a figure has whatever is spoken of, and the subject that it then counts.
USUAL_SUBJECTS = {
    "tonnes": "freight", "persons": "persons", "vehicles": "vehicles", "trains": "trains", "TEU": "containers",
    "transport": "means of transport", "flights": "flights", "wagons": "wagons",
}  # fmt: skip

#: People who cross a border: they come in and go out, and are not imported.
TRAVELLERS = frozenset({"persons", "foreigners", "citizens", "visa-free entries"})

#: What crosses a border one by one: "crossings" and "trips" without more are theirs.
CROSSING = TRAVELLERS | {"trucks", "vehicles", "cars", "passenger vehicles", "buses", "coaches", "trains"}

#: What is counted at ports, and so belongs to the ports of a region that is named.
TRAFFIC = TRAVELLERS | {*USUAL_SUBJECTS.values(), "trucks", "coal"}

#: Subjects that a figure with a direction alone goes on about.
_LASTING = frozenset({
    "trade", "freight", "freight by train", "railway freight", "trade of private firms", "trade of state firms",
    "trade of foreign firms", "border trade", "general trade",
})  # fmt: skip


def goes_on(subject: str, flow: str, direction: str) -> bool:
    """Return whether a figure with a direction but no subject goes on about what was spoken of.

    Parameters
    ----------
    subject, flow
        What was spoken of, and its direction.
    direction
        The new one.
    """
    return subject in _LASTING or (subject in GOODS - EXPORTED and direction in (flow, ""))


def is_counted(subject: str) -> bool:
    """Return whether there is an indicator of a subject."""
    return any(other == subject for other, _ in COUNTED)


def counted(subject: str, unit: str) -> Counted | None:
    """Return what a figure of a subject counts, None where the subject is not counted in such a unit."""
    return COUNTED.get((subject, unit))


def units_of(subject: str) -> list[str]:
    """Return the units in which a subject is counted, the usual one first."""
    return [unit for other, unit in COUNTED if other == subject]
