"""Value by tonne where both were printed of one port for the same days, and growth split into volume and price."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.desks.trade.figures import SPAN, by_span, growth_rates, levels, range_of
from analysis.methods.growth import Range, ratio

TONNES, MONEY = "freight_tonnes", ("trade_value_cny", "trade_value_usd")


@dataclass(frozen=True)
class UnitValue:
    """Value by tonne of one port over some days.

    Attributes
    ----------
    place, flow, mode, unit
        The port, its flow and mode, `CNY` or `USD`.
    start, end
        The days.
    value, tonnes, by_tonne
        Value, tonnes, and value by tonne in `unit`.
    value_growth, volume_growth, price_growth
        Growth on the same days of the year before, fractions; None where a rate was not printed.
        `1 + value = (1 + volume)(1 + price)`.
    ids
        The statements behind it.
    """

    place: str
    flow: str
    mode: str
    unit: str
    start: dt.date
    end: dt.date
    value: Range
    tonnes: Range
    by_tonne: Range
    value_growth: Range | None
    volume_growth: Range | None
    price_growth: Range | None
    ids: tuple[str, ...]


def unit_values(stated: pl.DataFrame) -> list[UnitValue]:
    """Return value by tonne wherever both were printed for one place, flow, mode and span, by place and last day.

    Parameters
    ----------
    stated
        Facts, as `figures.stated_facts` returns them.
    """
    all_partners = pl.col("partner").is_null() | (pl.col("partner") == "")
    money = levels(stated.filter(pl.col("indicator").is_in(MONEY) & all_partners))
    tonnes = levels(stated.filter((pl.col("indicator") == TONNES) & all_partners))
    keys = ["place", "flow", "mode", *SPAN]
    volume = tonnes.select(*keys, tonnes_id="series_id")
    rates, by_level = by_span(growth_rates(stated)), by_span(tonnes)
    found = []
    for row in money.join(volume, on=keys, how="inner", validate="m:1", maintain_order="left").iter_rows(named=True):
        span = (row["period_start"], row["period_end"])
        weight = by_level[(row["tonnes_id"], *span)]
        grown = [rates.get((series, *span)) for series in (row["series_id"], row["tonnes_id"])]
        value_growth, volume_growth = (range_of(rate) if rate else None for rate in grown)
        found.append(
            UnitValue(
                place=row["place"],
                flow=row["flow"],
                mode=row["mode"],
                unit=row["unit"],
                start=span[0],
                end=span[1],
                value=range_of(row),
                tonnes=range_of(weight),
                by_tonne=ratio(range_of(row), range_of(weight)),
                value_growth=value_growth,
                volume_growth=volume_growth,
                price_growth=_price(value_growth, volume_growth),
                ids=tuple(each["statement_id"] for each in (row, weight, *grown) if each),
            )
        )
    return sorted(found, key=lambda each: (each.place, each.end, each.start, each.flow, each.unit))


def _price(value: Range | None, volume: Range | None) -> Range | None:
    """Return the growth of value by tonne."""
    if value is None or volume is None:
        return None
    over = ratio(Range(*(1 + end for end in value)), Range(*(1 + end for end in volume)))
    return Range(*(end - 1 for end in over))
