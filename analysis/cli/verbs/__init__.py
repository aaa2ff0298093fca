"""One file a command, found by its name; `analysis.cli.command.Verb` says what such a file holds.

These modules are all imported before the command line is parsed, so each imports what it computes with in `run`.
"""
