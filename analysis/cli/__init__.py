"""The command line `silkport`: each file of `analysis/cli/verbs` is a command."""

from analysis.cli.entry import main

__all__ = ["main"]
