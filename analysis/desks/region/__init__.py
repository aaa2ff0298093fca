"""The region desk: what all ports handled together, which carry it, who drives growth, who is back at 2019."""

from analysis.desks.region.desk import RegionOverview, region_overview

__all__ = ["RegionOverview", "region_overview"]
