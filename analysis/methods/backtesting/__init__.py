"""The rolling-origin record of a panel: forecasts from past origins beside outcomes and the seasonal naive method."""

from analysis.methods.backtesting.record import Backtest, backtest

__all__ = ["Backtest", "backtest"]
