"""Errors that a user of Silkport can act on: each names the thing, the fact and the remedy."""

from analysis.core.reasons import Reason


class SilkportError(Exception):
    """Base of all errors raised on purpose; the command line ends with exit code 2."""


class InputError(SilkportError):
    """A file cannot be read as the table that it should be."""


class LedgerError(InputError):
    """A row of a ledger cannot be a statement."""


class RegisterError(InputError):
    """A row of a register of ports, parks, events or closures breaks its schema."""


class PeriodError(SilkportError):
    """A date, month, year or edition is written or ordered wrongly."""


class UnitError(SilkportError):
    """A unit is unknown, or two units do not fit together."""


class CoverageError(SilkportError):
    """A series, place or period asked for is not in the table."""


class EvidenceError(SilkportError):
    """The statements at hand do not support what was asked for: raised with a sentence, or with a `Reason`."""

    @property
    def reason(self) -> Reason | None:
        """The reason, where the error was raised with one."""
        return next((each for each in self.args if isinstance(each, Reason)), None)


class ExtraError(SilkportError):
    """A package is needed that is not installed; the error names the extra that brings it."""


class ParameterError(SilkportError):
    """A parameter of a report is unknown or has the wrong type."""


class NotebookError(ParameterError):
    """A notebook is damaged, or does not declare its parameters: its report fails, the others are built."""


class ReportError(SilkportError):
    """An output cannot be written, or a report of an edition cannot be built."""


class BusyError(SilkportError):
    """Another run is building the same edition; the command line ends with exit code 3."""
