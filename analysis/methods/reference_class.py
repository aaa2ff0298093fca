"""What similar cases did: ratios of a few cases, pooled over kinds, and what a new case may do.

The model stands in docs/methods/reference_class.md.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy.stats import t as student

from analysis.core.errors import EvidenceError

#: Fewer cases than this have no spread worth the name.
LEAST = 3

#: A class of fewer cases than this says so before anything else.
SMALL = 5


@dataclass(frozen=True, eq=False)
class ReferenceClass:
    """Ratios of similar cases on the log scale.

    Attributes
    ----------
    cases
        One row a case: `case`, `kind`, `ratio` (above zero).
    mean
        Mean of the log ratios over kinds.
    mean_variance
        Its sampling variance.
    within, between
        Variance of log ratios inside a kind, and of the means of kinds; the second is 0 where the kinds differ by no
        more than their cases do.
    degrees
        Degrees of freedom of Student's t.
    """

    cases: pl.DataFrame
    mean: float
    mean_variance: float
    within: float
    between: float
    degrees: int

    def __len__(self) -> int:
        return self.cases.height

    @property
    def is_small(self) -> bool:
        """Whether the class holds fewer than five cases."""
        return len(self) < SMALL

    def interval(self, level: float, *, kind: str | None = None) -> tuple[float, float, float]:
        """Return lower end, median and upper end of a new case's ratio.

        Parameters
        ----------
        level
            Nominal coverage in percent.
        kind
            Kind of the new case; one that the class does not hold is a new kind.
        """
        centre, spread = self._prediction(kind)
        reach = float(student.ppf(0.5 + level / 200, self.degrees)) * spread
        return float(np.exp(centre - reach)), float(np.exp(centre)), float(np.exp(centre + reach))

    def chance(self, ratio: float, *, kind: str | None = None) -> float:
        """Return the probability that a new case's ratio is at least this one (above zero)."""
        centre, spread = self._prediction(kind)
        return float(student.sf((np.log(ratio) - centre) / spread, self.degrees))

    def _prediction(self, kind: str | None) -> tuple[float, float]:
        """Return centre and spread of a new case's log ratio.

        A kind of n cases is drawn to the mean of all kinds by `between / (between + within / n)`.
        """
        n, own_mean = self._kinds.get(kind or "", (0, self.mean))
        if n == 0 or self.between == 0:
            return self.mean, float(np.sqrt(self.within + self.between + self.mean_variance))
        weight = self.between / (self.between + self.within / n)
        variance = self.within + self.between * (1 - weight) + (1 - weight) ** 2 * self.mean_variance
        return self.mean + weight * (own_mean - self.mean), float(np.sqrt(variance))

    @cached_property
    def _kinds(self) -> dict[str, tuple[int, float]]:
        """Number and mean log ratio of the cases of each kind."""
        kinds = self.cases.group_by("kind").agg(pl.len(), pl.col("ratio").log().mean().alias("mean"))
        return {kind: (count, mean) for kind, count, mean in kinds.iter_rows()}


def reference_class(cases: pl.DataFrame) -> ReferenceClass:
    """Return the class of some cases: log ratios, pooled over kinds as far as their cases tell them apart.

    One-way analysis of variance with random kinds: `between = max(0, (MS between - MS within) / n0)`. Where it is 0,
    or no kind has two cases, all cases are one sample.

    Parameters
    ----------
    cases
        `case`, `kind`, `ratio` (above zero); one row a case.

    Raises
    ------
    EvidenceError
        If fewer than three cases are given, a ratio is not above zero, or all ratios are the same.
    """
    table = cases.select("case", "kind", "ratio")
    if table.height < LEAST:
        raise EvidenceError(f"The class holds {table.height} cases, too few for a spread. Give at least {LEAST}.")
    if not (table["ratio"] > 0).all():
        raise EvidenceError("A ratio of the class is not above zero. Leave out the case, or correct it.")
    logs = table["ratio"].log().to_numpy()
    if np.ptp(logs) == 0:
        raise EvidenceError("All ratios of the class are the same, so that it has no spread. Give other cases.")
    within, between, degrees = _variances(table)
    counts = table.group_by("kind").agg(pl.len(), pl.col("ratio").log().mean().alias("mean"))
    n, means = counts["len"].to_numpy(), counts["mean"].to_numpy()
    if between == 0:
        return ReferenceClass(table, float(logs.mean()), within / len(logs), within, 0.0, degrees)
    weights = 1 / (between + within / n)
    mean = float((weights * means).sum() / weights.sum())
    return ReferenceClass(table, mean, float(1 / weights.sum()), within, between, degrees)


def leave_one_out(cases: pl.DataFrame, *, level: float = 80) -> pl.DataFrame:
    """Return what the others of a class say of each case.

    Parameters
    ----------
    cases
        As `reference_class` takes them; at least four.
    level
        Nominal coverage in percent.

    Returns
    -------
    DataFrame
        `case`, `kind`, `ratio`, `lower`, `median`, `upper` (from the other cases), `inside`.
    """
    rows = []
    for case, kind, ratio in cases.select("case", "kind", "ratio").iter_rows():
        lower, median, upper = reference_class(cases.filter(pl.col("case") != case)).interval(level, kind=kind)
        rows.append((case, kind, ratio, lower, median, upper, lower <= ratio <= upper))
    return pl.DataFrame(rows, schema=["case", "kind", "ratio", "lower", "median", "upper", "inside"], orient="row")


def _variances(table: pl.DataFrame) -> tuple[float, float, int]:
    """Return the variance within and between kinds, and the degrees of freedom of the first."""
    logs = table.select("kind", pl.col("ratio").log().alias("log"))
    total, count = float(logs["log"].var(ddof=1)), logs.height  # type: ignore[arg-type]
    kinds = logs.group_by("kind").agg(pl.len(), pl.col("log").mean().alias("mean"), pl.col("log").var(ddof=0))
    n, means = kinds["len"].to_numpy(), kinds["mean"].to_numpy()
    inside = float((n * kinds["log"].to_numpy()).sum())
    if len(n) == 1 or len(n) == count or inside == 0:
        return total, 0.0, count - 1
    mean_square_within = inside / (count - len(n))
    mean_square_between = float((n * (means - (n * means).sum() / count) ** 2).sum()) / (len(n) - 1)
    typical = (count - (n**2).sum() / count) / (len(n) - 1)
    between = (mean_square_between - mean_square_within) / typical
    return (total, 0.0, count - 1) if between <= 0 else (mean_square_within, float(between), count - len(n))
