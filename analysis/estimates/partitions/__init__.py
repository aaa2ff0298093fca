"""Panels in many Parquet files: forecast file by file, on this machine or on a Dask cluster, with the same numbers."""

from analysis.estimates.partitions.run import Summary, forecast_partitions

__all__ = ["Summary", "forecast_partitions"]
