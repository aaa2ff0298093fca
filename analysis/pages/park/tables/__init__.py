"""The tables of the park desk: published facts, peers, expectations, scale and scenarios."""

from analysis.pages.park.tables.facts import facts
from analysis.pages.park.tables.peers import expectations, peers
from analysis.pages.park.tables.scale import scale, sectors
from analysis.pages.park.tables.scenarios import scenarios

__all__ = ["expectations", "facts", "peers", "scale", "scenarios", "sectors"]
