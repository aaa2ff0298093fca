"""Arithmetic on published facts: an order, more firms, a border that is shut."""

from analysis.desks.park import ParkOutput
from analysis.desks.park.scenarios import Order, Shut, UnitValue
from analysis.pages.park.tables.words import (
    ids_of,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number, join_cells
from analysis.pages.words.dates import span_words
from analysis.pages.words.names import quoted_name, short_name
from analysis.pages.words.partners import partner_words
from analysis.pages.words.quantities import stated_in_wan
from analysis.pages.words.rounding import (
    WAN,
    as_stated,
    fraction_percent,
    plain,
    tonnes,
    with_relation,
    yuan,
    yuan_of,
)


def scenarios(park: ParkOutput, *, shut_days: int, more_firms: int) -> Table:
    """Return arithmetic on published facts: an order, more firms, a border that is shut."""
    rows = [
        *_order_rows(park),
        *_firm_rows(park, more_firms),
        *(_shut_row(park, one, shut_days) for one in park.scenarios.shut),
    ]
    notes = [Both("No forecast: each row multiplies or divides published figures.", "不是预测：各行只是公布数的乘除。")]
    if park.scenarios.order is not None:
        notes.append(
            Both(
                "A car is not a three-wheeler; the prices of the park's own vehicles were not published.",
                "汽车不同于三轮车；园区车辆的售价没有公布。",
            )
        )
    return Table(
        name=Both("Scenarios", "情景"),
        caption=Both("What published facts come to, by arithmetic alone", "公布事实的简单推算"),
        columns=(Both("If", "假如"), Both("Then", "则"), Both("From", "依据")),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _order_rows(park: ParkOutput) -> list[tuple[Cell, ...]]:
    """Return what an order takes at the published pace, and what it is worth at published prices."""
    order, target = park.scenarios.order, park.attainment.target_cny
    if order is None:
        return []
    ordered = stated_in_wan(order.units, unit=Both("", "")).cite([order.order_id])
    rows = [
        *_pace_rows(park, order, ordered),
        *(_price_row(park, value, order, ordered) for value in park.scenarios.unit_values[:1]),
    ]
    if target:
        each = target / order.units
        rows.append(
            (
                Both("the order alone makes the target", "仅凭该订单实现目标"),
                Both((yuan_of(each), " a vehicle"), ("每辆", yuan_of(each))),
                Both("target ÷ order", "目标÷订单"),
            )
        )
    return rows


def _pace_rows(park: ParkOutput, order: Order, ordered: Number) -> list[tuple[Cell, ...]]:
    """Return how long an order takes at the newest published pace of its firm; nothing where none was published."""
    if not (order.pace and order.days and order.made_start and order.made_end and order.made is not None):
        return []
    firm, span = quoted_name(order.firm, park.attainment.places), span_words(order.made_start, order.made_end)
    made = with_relation(stated_in_wan(order.made, unit=Both("", "")), order.made_relation).cite(ids_of(order.made_id))
    pace, days = (Number(f"{one:.0f}", f"{one:.0f}", (one,)) for one in (order.pace, order.days))
    most = Both("at most ", "最多") if order.made_relation == "gt" else Both("", "")
    counted = (order.made_end - order.made_start).days + 1
    return [
        (
            Both(
                (f"{firm.en} makes the ", ordered, f" vehicles ordered at its pace of {span.en}"),
                (f"{firm.zh}按{span.zh}的速度完成", ordered, "辆订单"),
            ),
            Both((pace, f" a day, so {most.en}", days, " days"), ("日均", pace, f"辆，{most.zh}需", days, "天")),
            Both(
                (made, f" vehicles in {counted} days, the newest sum in the ledger"),
                (f"{counted}天", made, "辆，为台账中最新的累计数"),
            ),
        )
    ]


def _price_row(park: ParkOutput, value: UnitValue, order: Order, ordered: Number) -> tuple[Cell, ...]:
    """Return what an order is worth at a price that trade statistics imply, and at which rate that is yuan."""
    places, target, worth = park.attainment.places, park.attainment.target_cny, value.yuan * order.units
    who, span = short_name(value.place, places), span_words(value.start, value.end)
    imported = value.flow == "imports"
    of = Both(f"{who.en} {'imported' if imported else 'exported'}", f"{who.zh}{'进口' if imported else '出口'}")
    if value.partner:
        other = partner_words(value.partner, places)
        way = Both("from", "自") if imported else Both("to", "向")
        of = Both(f"{of.en} {way.en} {other.en}", f"{who.zh}{way.zh}{other.zh}{'进口' if imported else '出口'}")
    beside = Both("", "")
    if target:
        share = fraction_percent(worth / target)
        beside = Both((", ", share, " of the target"), ("，为目标的", share))
    usd = Number(f"{plain(value.usd)} dollars", f"{plain(value.usd, scale=WAN)}万美元", (value.usd,))
    rate = Number(as_stated(value.rate), as_stated(value.rate), (value.rate,))
    return (
        Both(
            (ordered, f" vehicles at the price of the cars that {of.en}"),
            (ordered, f"辆按{of.zh}汽车的均价"),
        ),
        join_cells(yuan(worth).cite(value.ids), beside),
        Both(
            (yuan_of(value.yuan), f" a car, {span.en} (", usd, " at ", rate,
             f" yuan, the rate of {value.rate_year}, the nearest in the ledger)"),
            (f"{span.zh}每辆", yuan_of(value.yuan), "（", usd, "，按台账中最接近的", f"{value.rate_year}年汇率", rate,
             "元折算）"),
        ),
    )  # fmt: skip


def _firm_rows(park: ParkOutput, more_firms: int) -> list[tuple[Cell, ...]]:
    """Return what more firms of an average size would bring, and how many of them the target takes."""
    firms, target = park.scenarios.firms, park.attainment.target_cny
    if firms is None:
        return []
    name = short_name(firms.of, park.attainment.places)
    own = firms.of == park.attainment.park
    whose = (
        Both("of the park's own average", "按本园区平均")
        if own
        else Both(
            f"of the average of {name.en}, as the park's own was not published", f"按{name.zh}的平均（本园区未公布）"
        )
    )
    made, each = (yuan(size * firms.output_cny).cite(firms.ids) for size in (more_firms, 1))
    rows: list[tuple[Cell, ...]] = [
        (
            Both(f"{more_firms} more firms {whose.en}", f"再有{more_firms}家企业，{whose.zh}"),
            Both((made, " a year"), ("每年", made)),
            Both((each, " a firm and year"), ("每家每年", each)),
        ),
    ]
    if target:
        count = target / firms.output_cny
        rows.append(
            (
                Both("firms of that size make the target", "由同等规模企业实现目标"),
                Both(
                    (Number(f"{count:.0f}", f"{count:.0f}", (count,)), " firms"),
                    (Number(f"{count:.0f}", f"{count:.0f}", (count,)), "家"),
                ),
                Both("target ÷ firm", "目标÷每家"),
            )
        )
    return rows


def _shut_row(park: ParkOutput, shut: Shut, days: int) -> tuple[Cell, ...]:
    """Return what does not pass a port on so many days."""
    port = short_name(shut.port, park.attainment.places)
    total = shut.a_day * days
    size = round(total, -3) if total >= 1e5 else round(total, -2)
    cars = Both("cars", "辆车")
    counted = stated_in_wan(size, unit=cars) if shut.indicator == "auto_units" else tonnes(size)
    number = with_relation(counted, shut.relation)
    span = span_words(shut.start, shut.end)
    return (
        Both(f"{port.en} is shut for {days} days", f"{port.zh}关闭{days}天"),
        Both((number.cite([shut.statement_id]), " do not pass"), (number.cite([shut.statement_id]), "无法通过")),
        Both(f"pace of {span.en}", f"按{span.zh}的日均"),
    )
