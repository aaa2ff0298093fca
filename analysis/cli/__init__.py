"""The command line: `silkport report | reconstruct | forecast | backtest | attain | news | check | add`."""

from analysis.cli.entry import main

__all__ = ["main"]
