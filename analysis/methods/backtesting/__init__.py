"""Rolling-origin record of a panel: what would have been forecast, and what came, always beside seasonal naive."""

from analysis.methods.backtesting.record import Backtest, backtest

__all__ = ["Backtest", "backtest"]
