"""The chosen series with their groups and their sum: forecasts whose parts add up in every draw."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.monthly_tables.source import Source
from analysis.methods import reconciliation

#: The id of the sum of all chosen series, and what the ids of the sums of groups begin with.
ALL, GROUP = "all", "group: "


def sums_of(source: Source) -> pl.DataFrame | Reason:
    """Return which series make which sums: `series_id, part_id`; or why there are none.

    Groups are those that the names of the series give (`part_of`); a group of one series, or of all, is none.
    """
    if source.paths:
        return Reason("reconstructed")
    if len(source.series) < 2:
        return Reason("one_series")
    if source.names["unit"].n_unique() > 1:
        return Reason("units_differ")
    if len({source.last(name) for name in source.series}) > 1:
        return Reason("ends_differ")
    named = source.names.drop_nulls("part_of").filter(pl.len().over("part_of").is_between(2, len(source.series) - 1))
    grouped = named.select(series_id=GROUP + pl.col("part_of"), part_id="series_id")
    parts = [name for name in source.series if name not in set(grouped["part_id"])]
    whole = [*grouped["series_id"].unique(maintain_order=True), *parts]
    return pl.concat([pl.DataFrame({"series_id": [ALL] * len(whole), "part_id": whole}), grouped])


def with_sums(panel: pl.DataFrame, sums: pl.DataFrame) -> pl.DataFrame:
    """Return series together with the sums of the months in which all their parts have figures.

    Parameters
    ----------
    panel
        `series_id, time_period, obs_value`: the parts.
    sums
        As `sums_of` returns it.
    """
    tree = reconciliation.hierarchy(sums)
    wide = panel.pivot("series_id", index="time_period", values="obs_value").select("time_period", *tree.parts)
    whole = wide.drop_nulls().sort("time_period")
    totals = tree.S[: len(tree.series) - len(tree.parts)] @ whole.select(tree.parts).to_numpy().T
    tables = [
        whole.select(series_id=pl.lit(name), time_period="time_period", obs_value=pl.Series(np.asarray(values)))
        for name, values in zip(tree.series, totals, strict=False)
    ]
    return pl.concat([*tables, panel.select("series_id", "time_period", "obs_value")])


def order(source: Source, sums: pl.DataFrame | Reason) -> list[str]:
    """Return the ids in the order of a table: the sum, each group with its parts, then the other series."""
    if isinstance(sums, Reason):
        return list(source.series)
    parts = {name: group["part_id"].to_list() for (name,), group in sums.group_by("series_id", maintain_order=True)}
    return _below(ALL, parts)


def _below(name: str, parts: dict[object, list[str]]) -> list[str]:
    """Return a series and all that it is a sum of."""
    return [name, *(each for part in parts.get(name, []) for each in _below(part, parts))]


def draws_by_month(draws: pl.DataFrame, ids: Sequence[str]) -> dict[str, np.ndarray]:
    """Return draws by months ahead of each series, from the long table of a reconciliation."""
    months = draws["time_period"].n_unique()
    ordered = draws.sort("series_id", "draw", "time_period")
    return {
        name: ordered.filter(pl.col("series_id") == name)["obs_value"].to_numpy().reshape(-1, months) for name in ids
    }
