"""What one report may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds from the start of a report to its end, and megabytes of memory."""

    seconds: float = 900.0
    megabytes: float = 2500.0
