"""When a port was open to freight, as far as was published by a date.

Three registers, the earlier before the later: closures (`port_closures.csv`), events about freight
(`port_events.csv`), seasonal calendars (`port_schedules.csv`). A day that none of them names is open.
"""

from analysis.calendar.registers import closures_register, events_register, schedules_register
from analysis.calendar.spans import covers
from analysis.calendar.views import closures, open_share, regimes

__all__ = [
    "closures",
    "closures_register",
    "covers",
    "events_register",
    "open_share",
    "regimes",
    "schedules_register",
]
