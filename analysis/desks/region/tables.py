"""The columns of the region desk's tables, and quantiles of draws as their cells."""

from typing import Any

import numpy as np
import polars as pl

from analysis.core.path_table import significant

_ENDS: dict[str, Any] = {"median": pl.Float64, "lower": pl.Float64, "upper": pl.Float64}

LINES: dict[str, Any] = {"year": pl.Int64, "line": pl.String, "share": pl.Float64} | _ENDS

CONTRIBUTIONS: dict[str, Any] = {"place": pl.String, "mode": pl.String} | _ENDS

PORTS: dict[str, Any] = (
    {"place": pl.String, "mode": pl.String}
    | _ENDS
    | {"thin": pl.Boolean, "chance": pl.Float64}
    | dict.fromkeys(("to_date", "to_date_lower", "to_date_upper"), pl.Float64)
    | dict.fromkeys(("share", "share_lower", "share_upper", "growth", "growth_lower", "growth_upper"), pl.Float64)
    | {"rank_best": pl.Int64, "rank_worst": pl.Int64, "first": pl.Float64, "recovered": pl.Float64}
    | {"recovered_on": pl.Date, "newest_id": pl.String, "newest_end": pl.Date}
)


def ends(draws: np.ndarray, name: str = "") -> dict[str, float]:
    """Return median and 80% interval of draws: `median, lower, upper`, or `NAME, NAME_lower, NAME_upper`.

    They are cut to the digits of a path, so that a total at a tie is printed alike on a port's page and here.
    """
    lower, median, upper = (float(end) for end in significant(np.quantile(draws, [0.1, 0.5, 0.9])))
    prefix = f"{name}_" if name else ""
    return {name or "median": median, f"{prefix}lower": lower, f"{prefix}upper": upper}
