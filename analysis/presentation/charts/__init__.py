"""Charts of tables: they draw and label what a desk computed, and compute nothing."""

from analysis.presentation.charts.adjusted import adjusted
from analysis.presentation.charts.contributions import growth_contributions
from analysis.presentation.charts.cumulative import cumulative
from analysis.presentation.charts.explained import explained
from analysis.presentation.charts.freight import path
from analysis.presentation.charts.growth import growth
from analysis.presentation.charts.park import contributions, plan_path, target
from analysis.presentation.charts.record import calibration, editions, horizons
from analysis.presentation.charts.spark import spark
from analysis.presentation.charts.year_end import year_end

__all__ = [
    "adjusted",
    "calibration",
    "contributions",
    "cumulative",
    "editions",
    "explained",
    "growth",
    "growth_contributions",
    "horizons",
    "path",
    "plan_path",
    "spark",
    "target",
    "year_end",
]
