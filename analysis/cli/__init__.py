"""The command line: `silkport report | reconstruct | attain | check | add`."""

from analysis.cli.entry import main

__all__ = ["main"]
