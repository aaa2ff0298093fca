"""When ports were open to freight, as far as was published by a day, and when the Spring Festival was.

A scenario stands in the place of the calendar on days to come.
"""

from analysis.sources.calendar.festivals import SpringFestival
from analysis.sources.calendar.port_calendars import PortCalendars
from analysis.sources.calendar.scenarios import read_scenario, scenario
from analysis.sources.calendar.spans import PortSpans

__all__ = ["PortCalendars", "PortSpans", "SpringFestival", "read_scenario", "scenario"]
