"""The park desk: what is known of a park, what such parks did, and what its target would take."""

from analysis.desks.park.desk import Attainment, ParkOutput, attainment, park_output

__all__ = ["Attainment", "ParkOutput", "attainment", "park_output"]
