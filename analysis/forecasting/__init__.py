"""Forecasts of complete or gappy monthly panels: mean, median, intervals and draws."""

from analysis.forecasting.engine import forecast
from analysis.forecasting.learning import learn, sample
from analysis.forecasting.learnt import Learnt
from analysis.forecasting.result import Forecast

__all__ = ["Forecast", "Learnt", "forecast", "learn", "sample"]
