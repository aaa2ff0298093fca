"""Yearly figures of statistical yearbooks: employment, output, value added by industry, prices.

They are statements like those of the ledger, kept apart from it: whole economies by year, which bear on no port and no
month. A series of one yearbook can differ from that of another in scope and vintage; the note says in what.
"""

from collections.abc import Mapping

import polars as pl

from analysis.core.errors import RegisterError
from analysis.sources.ledger.rounding import half_width
from analysis.sources.registers import YEARBOOK

#: What the words of a series name, in their order; a partner is named where there is one.
_WORDS = ("place", "indicator", "flow", "mode", "partner")


def yearbook(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the yearbook figures of a folder, with the words of their series and their rounding.

    Parameters
    ----------
    tables
        The registers of a folder by name.

    Returns
    -------
    DataFrame
        The register `registers.YEARBOOK` with `place, indicator, flow, mode, partner` (null where there is none), and
        `half_width`, the rounding half-width in the unit of `value`. Yearly; `level` is a flow of the year or a
        stock at its end, as the note says; growth is a fraction; an index of the previous year counts it as 100.

    Raises
    ------
    RegisterError
        If a series is not written place.indicator.flow.mode or place.indicator.flow.mode.partner.
    """
    table = tables[YEARBOOK.name]
    words = table["series_id"].str.split(".")
    strange = table.filter(~words.list.len().is_between(len(_WORDS) - 1, len(_WORDS)))["series_id"]
    if len(strange):
        raise RegisterError(
            f"{YEARBOOK.file} has the series {strange[0]!r}. Write it as place.indicator.flow.mode, with a partner "
            "after it where there is one."
        )
    widths = [half_width(*figure).half_width for figure in table.select("value", "value_as_published").iter_rows()]
    return table.with_columns(
        *(words.list.get(position, null_on_oob=True).alias(name) for position, name in enumerate(_WORDS)),
        half_width=pl.Series(widths, dtype=pl.Float64),
    )
