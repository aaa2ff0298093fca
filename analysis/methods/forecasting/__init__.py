"""Forecasts of complete or gappy monthly panels: mean, median, intervals and draws (docs/methods/forecasting.md).

The modules in the order of the algorithm:

1.  What is read. `panel`: a table checked and cut into blocks of series that end in the same month. `openings`: days
    on which a port is open. `kinds`: which series are closed, silent or intermittent. `settings`: how far back is
    read.
2.  What every series gets. `weekdays`: the effect of the weekdays of a month. `seasons`: the panel's season, and
    fillers for gaps. `smoothing` and `repeats`: the candidate forecasts. `weights`: how much each candidate counts.
    `past`: all of these from every recent origin, with the errors that they made. `spread`: widths from these errors.
    `dependence`: the correlation of the months of one path.
3.  What a panel shares. `learnt`: the value that holds it. `learning`: how it is estimated from a sample of series.
4.  What is returned. `applying`: the forecasts of one block (`ahead`). `paths`: draws. `irregular`: closures, silent
    and intermittent series. `engine`: the entry, over all blocks. `result`: a forecast of a whole panel.
    `notes`: what a reader has to know beside it.
"""

from analysis.methods.forecasting.engine import forecast
from analysis.methods.forecasting.learning import learn, sample
from analysis.methods.forecasting.learnt import Learnt
from analysis.methods.forecasting.openings import checked_open_days
from analysis.methods.forecasting.result import Forecast

__all__ = ["Forecast", "Learnt", "checked_open_days", "forecast", "learn", "sample"]
