"""The hierarchy: which series are sums of which, parts or other sums, any number over the same parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, InputError


@dataclass(frozen=True)
class Hierarchy:
    """Series and the parts that they are sums of.

    Attributes
    ----------
    series
        All series ids in order: sums as they were first named, then the parts.
    parts
        The series that are no sums.
    S
        One row a series, one column a part: 1 where the part belongs to the series.
    """

    series: tuple[str, ...]
    parts: tuple[str, ...]
    S: np.ndarray

    def check(self, present: Sequence[str], *, what: str) -> None:
        """Refuse a table that lacks one of the series.

        Raises
        ------
        CoverageError
            With the series that are absent.
        """
        absent = [name for name in self.series if name not in set(present)]
        if absent:
            raise CoverageError(
                f"{what} lack {', '.join(absent[:3])}, which the sums name. Add them, or leave them out of the sums."
            )


def hierarchy(sums: pl.DataFrame) -> Hierarchy:
    """Return the hierarchy that a table of sums describes.

    Parameters
    ----------
    sums
        `series_id`, `part_id`: one row for each part of each sum. A part may be a sum itself; a part may belong to
        several sums (a port's road freight to the port and to all road freight).

    Raises
    ------
    InputError
        If the table is empty, a row stands twice, a sum contains itself, or holds a part twice on different ways.
    """
    if sums.is_empty():
        raise InputError("The table of sums is empty. Give a row of series_id and part_id for each part of each sum.")
    twice = sums.filter(pl.struct("series_id", "part_id").is_duplicated())
    if len(twice):
        raise InputError(f"The part {twice['part_id'][0]} stands twice in {twice['series_id'][0]}. Keep one row.")
    children = {
        str(name): group["part_id"].to_list() for (name,), group in sums.group_by("series_id", maintain_order=True)
    }
    parts = tuple(dict.fromkeys(part for part in sums["part_id"] if part not in children))
    place = {part: column for column, part in enumerate(parts)}
    S = np.zeros((len(children) + len(parts), len(parts)))
    for row, name in enumerate(children):
        for part in _leaves(name, children, ()):
            S[row, place[part]] += 1
    S[len(children) :] = np.eye(len(parts))
    if S.max() > 1:
        row, column = np.argwhere(S > 1)[0]
        raise InputError(
            f"The sum {list(children)[row]} holds {parts[column]} twice, through different sums. Name its parts once."
        )
    return Hierarchy((*children, *parts), parts, S)


def _leaves(name: str, children: Mapping[str, Sequence[str]], above: tuple[str, ...]) -> list[str]:
    """Return the parts below a series, sums among them resolved."""
    if name in above:
        raise InputError(f"The sum {name} contains itself, by way of {' and '.join(above)}. Remove one of these rows.")
    if name not in children:
        return [name]
    return [leaf for child in children[name] for leaf in _leaves(child, children, (*above, name))]
