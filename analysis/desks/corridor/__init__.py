"""The corridor desk: ways from Jiangsu to Tashkent, by leg, with their hours, dollars and how sure they are."""

from analysis.desks.corridor.claims import Pilot, Saving, pilot_run
from analysis.desks.corridor.desk import Corridor, Way, corridor
from analysis.desks.corridor.legs import KnownLeg, known_legs

__all__ = ["Corridor", "KnownLeg", "Pilot", "Saving", "Way", "corridor", "known_legs", "pilot_run"]
