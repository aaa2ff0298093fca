"""A place where customers are served: how many at once, how long each takes, and how much that varies."""

import math
from dataclasses import dataclass

from analysis.core.errors import ParameterError


@dataclass(frozen=True, kw_only=True)
class Station:
    """Servers that take one customer each, in the order of arrival.

    Attributes
    ----------
    service_time
        Mean time that one customer takes, in hours; above zero.
    servers
        How many are served at once.
    scatter
        Squared coefficient of variation of the service time: 0 if all take the same, 1 if exponential.

    Raises
    ------
    ParameterError
        If a service takes no time, there is no server, or the scatter is negative.
    """

    service_time: float
    servers: int = 1
    scatter: float = 1.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.service_time) and self.service_time > 0):
            raise ParameterError(f"A service takes {self.service_time} hours. Give a time above zero.")
        if self.servers < 1:
            raise ParameterError(f"A station has {self.servers} servers. Give it at least one.")
        if not (math.isfinite(self.scatter) and self.scatter >= 0):
            raise ParameterError(f"The scatter of the service time is {self.scatter}. Give 0 or more.")

    @property
    def capacity(self) -> float:
        """Customers that the servers finish in an hour while none of them is idle."""
        return self.servers / self.service_time

    def capacity_of_day(self, open_hours: float = 24.0) -> float:
        """Return the customers that the servers finish in a day of so many open hours."""
        return self.capacity * open_hours
