"""Routes as sums of legs: distributions through printed ends, reliability, ranking (docs/methods/routes.md)."""

from analysis.methods.routes.legs import Leg, read_legs, with_shared_spread
from analysis.methods.routes.log_normal import LogNormal
from analysis.methods.routes.ranking import Ranking, deciding_legs, rank
from analysis.methods.routes.reliability import Reliability, reliability
from analysis.methods.routes.route import Journey, journey

__all__ = [
    "Journey",
    "Leg",
    "LogNormal",
    "Ranking",
    "Reliability",
    "deciding_legs",
    "journey",
    "rank",
    "read_legs",
    "reliability",
    "with_shared_spread",
]
