"""Run one command: parse, hand over, and turn what a user can act on into one sentence and an exit code."""

import contextlib
import io
from collections.abc import Sequence

from analysis.cli.command import BAD_INPUT, BUSY, INTERRUPTED, parse
from analysis.cli.output import refuse_lost_inputs
from analysis.core.errors import BusyError, SilkportError
from analysis.runtime import console
from analysis.runtime.folders import use_data_folder
from analysis.runtime.signals import treat_termination_as_interruption


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    What a command prints is written when it has ended, so that its exit code is the same on every console: where the
    encoding lacks a character, and where nobody reads to the end.

    Parameters
    ----------
    argv
        The words after `silkport`; those of the process if not given.

    Returns
    -------
    int
        0 done; 1 a report failed, or new contradictions were found; 2 bad input, named in one sentence on standard
        error, or standard output that cannot be written; 3 another run builds the same edition; 130 interrupted or
        terminated. A program error keeps its traceback.
    """
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exit_code = _run(argv)
    finally:
        problem = _print(printed.getvalue())
    return exit_code if problem is None else BAD_INPUT


def _print(text: str) -> OSError | None:
    """Write on standard output, or say why that cannot be done and return the reason."""
    try:
        console.say(text)
    except OSError as problem:
        reason = problem.strerror or problem
        console.complain(f"Standard output cannot be written ({reason}). Send it to a place with room; files stand.")
        return problem
    return None


def _run(argv: Sequence[str] | None) -> int:
    """Run a command and return its exit code."""
    try:
        with treat_termination_as_interruption():
            arguments = parse(argv)
            refuse_lost_inputs(arguments)
            with use_data_folder(arguments.data_folder):
                exit_code: int = arguments.run(arguments)
    except SilkportError as error:
        console.complain(str(error))
        return BUSY if isinstance(error, BusyError) else BAD_INPUT
    except KeyboardInterrupt:
        console.complain("Interrupted; nothing was left half-written.")
        return INTERRUPTED
    return exit_code
