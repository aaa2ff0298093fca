"""Keep some proposed rows: name them by number, see the ledger with them, append them all or none."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import polars as pl

from analysis.core.errors import ParameterError
from analysis.runtime.addresses import Address
from analysis.runtime.folders import data_folder
from analysis.sources import ledger
from analysis.sources.bulletins.proposals import Proposals

_Rows = list[Mapping[str, ledger.Cell]]


def row_numbers(words: str, proposals: Proposals) -> list[int]:
    """Return the numbers of rows that words such as `1,3-5` name, in their order.

    Raises
    ------
    ParameterError
        If a part is no number, or no row has it.
    """
    chosen: list[int] = []
    for part in filter(None, (each.strip() for each in words.split(","))):
        first, dash, last = (each.strip() for each in part.partition("-"))
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise ParameterError(f"The rows to keep, {words!r}, have {part!r}. Write numbers of rows, such as 1,3-5.")
        chosen += range(int(first), int(last or first) + 1)
    known = proposals.table["row"].to_list()
    strange = [number for number in chosen if number not in known]
    if strange:
        raise ParameterError(f"There is no row {strange[0]}. The rows are 1 to {len(known)}.")
    return chosen


def append_kept(
    proposals: Proposals, keep: str, path: str | Path | Address = "", *, encoding: str | None = None
) -> list[str]:
    """Append the rows that words name to a ledger, all or none, and return the ids of the new statements.

    Parameters
    ----------
    proposals
        What was read.
    keep
        Numbers of rows, such as `1,3-5`; nothing is written where it is empty.
    path
        The ledger; that of the data folder if empty.
    encoding
        The encoding of the ledger; found from its content if not given.

    Raises
    ------
    ParameterError, LedgerError
        If a number names no row; if a row cannot be a statement of the ledger.
    """
    numbers = row_numbers(keep, proposals)
    rows = cast(_Rows, proposals.statements(numbers)) if numbers else []
    return ledger.append_all(ledger_path(path), rows, encoding=encoding) if rows else []


def ledger_with(proposals: Proposals, path: str | Path | Address = "", *, encoding: str | None = None) -> pl.DataFrame:
    """Return a ledger as it would be with all new rows and reprints; nothing is written.

    Raises
    ------
    LedgerError
        If a row cannot be a statement of the ledger.
    """
    return ledger.grown(ledger_path(path), cast(_Rows, proposals.statements()), encoding=encoding)


def ledger_path(path: str | Path | Address | None) -> Path | Address:
    """Return the path or address of a ledger, the path of that of the data folder where none is given."""
    if isinstance(path, Address):
        return path
    return Path(path) if path else data_folder() / ledger.FILE
