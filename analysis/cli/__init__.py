"""The command line: `silkport report | reconstruct | attain | news | check | add`."""

from analysis.cli.entry import main

__all__ = ["main"]
