"""The command lines that help shows, each run once by `tests/cli/test_help.py`."""

from analysis.cli.command import find_verbs

#: The example of each command by name.
EXAMPLES = {name: verb.EXAMPLE for name, verb in find_verbs().items()}
