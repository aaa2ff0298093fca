"""Run one command: parse, hand over, and turn what a user can act on into one sentence and an exit code."""

import sys
from collections.abc import Sequence

from analysis.cli.command import BAD_INPUT, BUSY, INTERRUPTED, parse
from analysis.core.errors import BusyError, SilkportError
from analysis.runtime.signals import treat_termination_as_interruption


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    argv
        The words after `silkport`; those of the process if not given.

    Returns
    -------
    int
        0 done; 1 a report failed, or new contradictions were found; 2 bad input, named in one sentence on standard
        error; 3 another run builds the same edition; 130 interrupted or terminated. A program error keeps its
        traceback.
    """
    try:
        with treat_termination_as_interruption():
            arguments = parse(argv)
            exit_code: int = arguments.run(arguments)
    except SilkportError as error:
        print(error, file=sys.stderr)
        return BUSY if isinstance(error, BusyError) else BAD_INPUT
    except KeyboardInterrupt:
        print("Interrupted; nothing was left half-written.", file=sys.stderr)
        return INTERRUPTED
    return exit_code
