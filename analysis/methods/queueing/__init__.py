"""Queues at a gate: waiting times by formula, stages, priorities, backlogs and nights (docs/methods/queueing.md)."""

from analysis.methods.queueing.backlog import fluid_queue, hours_to_clear
from analysis.methods.queueing.night import DailyCycle, daily_cycle
from analysis.methods.queueing.station import Station
from analysis.methods.queueing.steady_state import SteadyState, priority_waits, stages, steady_state

__all__ = [
    "DailyCycle",
    "Station",
    "SteadyState",
    "daily_cycle",
    "fluid_queue",
    "hours_to_clear",
    "priority_waits",
    "stages",
    "steady_state",
]
