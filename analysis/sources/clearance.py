"""Published figures about how ports clear traffic, for ports and checkpoints that have a name."""

from collections.abc import Mapping

import polars as pl

from analysis.core.errors import RegisterError
from analysis.sources.places import Places
from analysis.sources.registers import CLEARANCE, PLACES, PORTS


def clearance(tables: Mapping[str, pl.DataFrame], places: Places) -> pl.DataFrame:
    """Return the register of clearance of a folder.

    Parameters
    ----------
    tables
        The registers of a folder by name.
    places
        The places of the same folder.

    Returns
    -------
    DataFrame
        Key `statement_id`. `port` (a place that has a name), `parameter` (what is stated, such as
        `inspection_minutes`), `value` in `unit`, `value_as_published`, the days `period_start` and `period_end` for
        which it holds (null where open or unknown), `publisher, url, published_on`, `status` (valid or doubtful),
        `note`.

    Raises
    ------
    RegisterError
        If a port stands in no register of places.
    """
    table = tables[CLEARANCE.name]
    for port in table["port"].unique(maintain_order=True):
        if port not in places:
            raise RegisterError(
                f"{CLEARANCE.file} speaks of {port!r}, which no register holds. Add a row to {PORTS.file} or "
                f"{PLACES.file}."
            )
    return table
