"""Forecasts of complete or gappy monthly panels: mean, median, intervals and draws."""

from analysis.forecasting.engine import forecast
from analysis.forecasting.learning import learn, sample
from analysis.forecasting.learnt import Learnt
from analysis.forecasting.openings import checked_open_days
from analysis.forecasting.result import Forecast

__all__ = ["Forecast", "Learnt", "checked_open_days", "forecast", "learn", "sample"]
