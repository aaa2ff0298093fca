"""When a port was open to freight, as far as was published by a date, and when the Spring Festival was.

Three registers, the earlier before the later: closures (`port_closures.csv`), events about freight
(`port_events.csv`), seasonal calendars (`port_schedules.csv`). A day that none of them names is open. A scenario
stands in their place on days to come.
"""

from analysis.sources.calendar.festivals import festival_windows, first_days
from analysis.sources.calendar.registers import (
    closures_register,
    events_register,
    schedules_register,
    spring_festival_register,
)
from analysis.sources.calendar.scenarios import read_scenario, scenario
from analysis.sources.calendar.spans import covers
from analysis.sources.calendar.views import closures, open_share, regimes, region_regimes

__all__ = [
    "closures",
    "closures_register",
    "covers",
    "events_register",
    "festival_windows",
    "first_days",
    "open_share",
    "read_scenario",
    "regimes",
    "region_regimes",
    "scenario",
    "schedules_register",
    "spring_festival_register",
]
