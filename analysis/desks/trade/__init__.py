"""The trade desk: growth as printed and as implied, who made it, where the year ends, what the neighbours count."""

from analysis.desks.trade.desk import TradeGrowth, trade_growth
from analysis.desks.trade.mirrored import Flow

__all__ = ["Flow", "TradeGrowth", "trade_growth"]
