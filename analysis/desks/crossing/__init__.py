"""The crossing desk: what a gate clears, how long trucks wait, and when its traffic outgrows it."""

from analysis.desks.crossing.claims import CAPACITIES, PROMISES
from analysis.desks.crossing.desk import Crossing, crossing
from analysis.desks.crossing.gate import Figure, Gate
from analysis.desks.crossing.traffic import Traffic
from analysis.desks.crossing.waiting import Wait, WhatIf

__all__ = ["CAPACITIES", "PROMISES", "Crossing", "Figure", "Gate", "Traffic", "Wait", "WhatIf", "crossing"]
