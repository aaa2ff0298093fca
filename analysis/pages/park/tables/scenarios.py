"""Arithmetic on published facts: an order, more firms, a border that is shut."""

from analysis.desks.park import ParkOutput
from analysis.desks.park.scenarios import Shut
from analysis.pages.park.tables.words import (
    ids_of,
)
from analysis.pages.parts.table import Table
from analysis.pages.words.cells import Both, Cell, Number, join_cells
from analysis.pages.words.dates import span_words
from analysis.pages.words.names import short_name
from analysis.pages.words.rounding import (
    fraction_percent,
    plain,
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
        columns=(Both("If", "假如"), Both("#Then", "#则"), Both("From", "依据")),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _order_rows(park: ParkOutput) -> list[tuple[Cell, ...]]:
    """Return what an order takes at the pace so far, and what it is worth at published prices."""
    order, places, target = park.scenarios.order, park.attainment.places, park.attainment.target_cny
    if order is None:
        return []
    firm = short_name(order.firm, places)
    ordered = Number(f"{plain(order.units)}", f"{plain(order.units).replace(',', '')}", (order.units,)).cite(
        [order.order_id]
    )
    rows: list[tuple[Cell, ...]] = []
    if order.pace and order.days and order.made_start and order.made_end and order.made is not None:
        made = with_relation(
            Number(plain(order.made), plain(order.made).replace(",", ""), (order.made,)), order.made_relation
        )
        pace, days = (Number(f"{one:.0f}", f"{one:.0f}", (one,)) for one in (order.pace, order.days))
        span = span_words(order.made_start, order.made_end)
        rows.append(
            (
                Both(
                    (f"{firm.en} makes the ", ordered, " vehicles ordered at its pace so far"),
                    (f"{firm.zh}按目前速度完成", ordered, "辆订单"),
                ),
                Both((pace, " a day, so at most ", days, " days"), ("日均", pace, "辆，最多需", days, "天")),
                Both(
                    (made.cite(ids_of(order.made_id)), f" vehicles, {span.en}"),
                    (f"{span.zh}", made.cite(ids_of(order.made_id)), "辆"),
                ),
            )
        )
    for value in park.scenarios.unit_values[:1]:
        worth = value.yuan * order.units
        who, span = short_name(value.place, places), span_words(value.start, value.end)
        beside = Both("", "")
        if target:
            beside = Both(
                (", ", fraction_percent(worth / target), " of the target"),
                ("，为目标的", fraction_percent(worth / target)),
            )
        rows.append(
            (
                Both(
                    (ordered, " vehicles at the price of the cars that ", f"{who.en} imported"),
                    (ordered, f"辆按{who.zh}进口汽车的均价"),
                ),
                join_cells(yuan(worth).cite(value.ids), beside),
                Both((yuan_of(value.yuan), f" a car, {span.en}"), (f"{span.zh}每辆", yuan_of(value.yuan))),
            )
        )
    if target:
        each = target / order.units
        rows.append(
            (
                Both(("the order alone makes the target"), ("仅凭该订单实现目标")),
                Both((yuan_of(each), " a vehicle"), ("每辆", yuan_of(each))),
                Both("target ÷ order", "目标÷订单"),
            )
        )
    return rows


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
    cars = shut.indicator == "auto_units"
    size = plain(round(total, -3) if total >= 1e5 else round(total, -2))
    unit = Both(" cars", "辆车") if cars else Both(" tonnes", "吨")
    number = with_relation(Number(f"{size}{unit.en}", f"{size.replace(',', '')}{unit.zh}", (total,)), shut.relation)
    span = span_words(shut.start, shut.end)
    return (
        Both(f"{port.en} is shut for {days} days", f"{port.zh}关闭{days}天"),
        Both((number.cite([shut.statement_id]), " do not pass"), (number.cite([shut.statement_id]), "无法通过")),
        Both(f"pace of {span.en}", f"按{span.zh}的日均"),
    )
