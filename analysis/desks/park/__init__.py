"""The park desk: a year's output against its target, from published facts or from firms' own returns."""

from analysis.desks.park.desk import Attainment, attainment
from analysis.desks.park.progress import Progress, chance_of_rest, only_real, progress

__all__ = ["Attainment", "Progress", "attainment", "chance_of_rest", "only_real", "progress"]
