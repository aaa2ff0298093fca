"""Charts of a port: they draw and label what its desk computed, and compute nothing."""

from analysis.pages.port.charts.adjusted import adjusted
from analysis.pages.port.charts.contributions import contributions
from analysis.pages.port.charts.cumulative import cumulative
from analysis.pages.port.charts.growth import growth
from analysis.pages.port.charts.path import path
from analysis.pages.port.charts.spark import spark

__all__ = ["adjusted", "contributions", "cumulative", "growth", "path", "spark"]
