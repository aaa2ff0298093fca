"""Forecasts of complete or gappy monthly panels: mean, median, intervals and draws."""

from analysis.methods.forecasting.engine import forecast
from analysis.methods.forecasting.learning import learn, sample
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.openings import checked_open_days
from analysis.methods.forecasting.result import Forecast

__all__ = ["Forecast", "Learnt", "checked_open_days", "forecast", "learn", "sample"]
